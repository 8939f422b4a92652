"""Forms of the gallery: one for each kind of field. Their words exist in every register, nothing is sent anywhere."""

from django import forms

from madoguchi.ui.forms import (
    AddressField,
    Described,
    FaceForm,
    PersonNameField,
    UploadInput,
    WarekiDateField,
    WarekiDateWidget,
)
from madoguchi.ui.words import LocalText


class Text(FaceForm):
    """Boxes for a line, a number and several lines."""

    phone = forms.CharField(
        label=LocalText(ja="電話番号", easy="電話番号(でんわばんごう)", en="Phone number"),
        help_text=LocalText(
            ja="確認のときだけお電話します。",
            easy="聞(き)きたい ときだけ 電話(でんわ)します。",
            en="Only to check.",
        ),
        widget=forms.TextInput(attrs={"class": "in--12", "type": "tel", "autocomplete": "tel"}),
    )
    copies = forms.IntegerField(
        label=LocalText(ja="通数", easy="何枚(なんまい)", en="Copies"),
        min_value=1,
        widget=forms.TextInput(attrs={"class": "in--4", "inputmode": "numeric"}),
    )
    note = forms.CharField(
        label=LocalText(ja="ご連絡", easy="言(い)いたい こと", en="Message"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Select(FaceForm):
    """One of many from a list."""

    branch = forms.ChoiceField(
        label=LocalText(ja="受け取る場所", easy="もらう 場所(ばしょ)", en="Where to pick up"),
        choices=[
            ("", Described(LocalText(ja="選んでください", easy="選(えら)んで ください", en="Choose"))),
            ("hall", Described(LocalText(ja="市役所", easy="市役所(しやくしょ)", en="City hall"))),
            (
                "west",
                Described(LocalText(ja="西市政センター", easy="西市政(にししせい)センター", en="West office")),
            ),
        ],
    )


class Radios(FaceForm):
    """One of a few."""

    who = forms.ChoiceField(
        label=LocalText(ja="だれの分か", easy="だれの 分(ぶん)か", en="Whose record"),
        widget=forms.RadioSelect,
        choices=[
            (
                "all",
                Described(
                    LocalText(ja="世帯全員", easy="家族(かぞく) みんな", en="Everyone in the household"),
                    LocalText(ja="3人", easy="3人(にん)", en="3 people"),
                ),
            ),
            ("me", Described(LocalText(ja="わたし", easy="わたし", en="Me"))),
        ],
    )


class Checkboxes(FaceForm):
    """Any number of a few, and one box to agree."""

    items = forms.MultipleChoiceField(
        label=LocalText(ja="載せる項目", easy="書(か)いて ほしい こと", en="Items to show"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[
            (
                "head",
                Described(
                    LocalText(ja="世帯主と続柄", easy="世帯主(せたいぬし)", en="Head of household"),
                    LocalText(
                        ja="家族手当の手続でよく使います",
                        easy="家族(かぞく)の お金(かね)の ときに 使(つか)います",
                        en="Often needed for family allowance",
                    ),
                ),
            ),
            ("origin", Described(LocalText(ja="本籍", easy="本籍(ほんせき)", en="Registered domicile"))),
        ],
    )
    sure = forms.BooleanField(
        label=LocalText(ja="内容を確かめました", easy="たしかめました", en="I have checked these answers")
    )


class Birthday(FaceForm):
    """A date in an era or in 西暦."""

    born = WarekiDateField(
        label=LocalText(ja="生年月日", easy="生(う)まれた 日(ひ)", en="Date of birth"),
        widget=WarekiDateWidget(birthday=True),
    )


class Name(FaceForm):
    """A name with its reading."""

    name = PersonNameField(label=LocalText(ja="氏名", easy="名前(なまえ)", en="Name"))


class Home(FaceForm):
    """An address."""

    home = AddressField(label=LocalText(ja="新しい住所", easy="新(あたら)しい 住所(じゅうしょ)", en="New address"))


class Upload(FaceForm):
    """A file."""

    proof = forms.FileField(
        label=LocalText(ja="本人確認書類", easy="あなたを たしかめる 紙(かみ)", en="Proof of identity"),
        help_text=LocalText(
            ja="PDF、JPEG、PNG。10MBまで。",
            easy="PDF、JPEG、PNG。10MBまで。",
            en="PDF, JPEG or PNG, up to 10 MB.",
        ),
        widget=UploadInput(most_mb=10, accept=".pdf,.jpg,.jpeg,.png"),
    )


class Child(FaceForm):
    """One of several rows."""

    child = forms.CharField(label=LocalText(ja="お子さんの氏名", easy="子(こ)どもの 名前(なまえ)", en="Child"))


class Narrow(FaceForm):
    """Filters of a list."""

    procedure = forms.ChoiceField(
        label=LocalText(ja="手続", easy="手続(てつづ)き", en="Procedure"),
        required=False,
        choices=[
            ("", Described(LocalText(ja="すべて", easy="ぜんぶ", en="All"))),
            ("copy", Described(LocalText(ja="住民票の写し", easy="住民票(じゅうみんひょう)", en="Resident record"))),
        ],
    )
    q = forms.CharField(
        label=LocalText(ja="受付番号", easy="うけつけの 番号(ばんごう)", en="Receipt number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
