"""Forms of the survey desk; staff pages speak Japanese."""

import secrets
from typing import Any

import yaml
from django import forms
from django.core.exceptions import ValidationError
from pydantic import ValidationError as SchemaError

from madoguchi.kernel.accounts.public import Person, sections_with
from madoguchi.kernel.citydata.public import records
from madoguchi.lib import clock
from madoguchi.services.surveys import queries, sampling
from madoguchi.services.surveys.models import Survey
from madoguchi.services.surveys.pack import Questionnaire
from madoguchi.ui.forms import FaceForm, WarekiDateField

NARROW = {"class": "in--4", "inputmode": "numeric"}
REGISTERS = [("ja", "日本語"), ("ja-easy", "やさしい日本語"), ("en", "英語")]
MOST_BYTES = 20 * 1024 * 1024


class NewSurveyForm(FaceForm):
    """A survey begins from a form of the pack or from an earlier survey."""

    key = forms.SlugField(
        label="調査の記号", help_text="アドレスに使います。半角の小文字と数字。例：ict2026", max_length=40
    )
    section = forms.ChoiceField(label="担当の課")
    opens_on = WarekiDateField(label="回答の初日")
    closes_on = WarekiDateField(label="回答の最終日")
    start_from = forms.ChoiceField(label="もとにする調査票", widget=forms.RadioSelect)

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data)
        allowed = sections_with(person, "surveys.survey.manage")
        self.fields["section"].choices = [  # type: ignore[attr-defined]
            (section.key, section.name_ja)
            for section in records("section")
            if allowed is None or section.key in allowed
        ]
        self.forms = {f"pack:{found.key}": found for found in records("surveys.questionnaire")}
        self.earlier = {f"survey:{found.key}": found for found in queries.visible_to(person, "surveys.survey.manage")}
        self.fields["start_from"].choices = [  # type: ignore[attr-defined]
            *((key, f"{found.title.ja}（ひな形）") for key, found in self.forms.items()),
            *((key, f"{found.questionnaire.title.ja}（{found.key}）") for key, found in self.earlier.items()),
        ]

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].lower()
        if key in {"desk", "enter"} or Survey.objects.filter(key=key).exists():
            raise ValidationError("この記号は使われています。別の記号にしてください")
        return key

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("opens_on") and found.get("closes_on") and found["opens_on"] > found["closes_on"]:
            self.add_error("closes_on", "最終日は、初日より後の日にしてください")
        return found

    @property
    def questionnaire(self) -> Questionnaire:
        chosen = self.cleaned_data["start_from"]
        return self.forms[chosen] if chosen in self.forms else self.earlier[chosen].questionnaire

    @property
    def previous(self) -> Survey | None:
        return self.earlier.get(self.cleaned_data["start_from"])


class _TextFile(forms.FileField):
    """An uploaded text, UTF-8 or the Shift_JIS of office software."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload is None or isinstance(upload, str):
            return upload
        if upload.size > MOST_BYTES:
            raise ValidationError("20MBまでのファイルを選んでください")
        content = upload.read()
        for encoding in ("utf-8-sig", "cp932"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise ValidationError("文字コードはUTF-8かShift_JISにしてください")


class PopulationForm(FaceForm):
    """The population by stratum, with its source and date."""

    table = _TextFile(
        label="人口の表（CSV）",
        help_text="列：age_from, age_to（空は「以上」）, sex, district, population, expected_percent（前回の回収率）",
    )
    source = forms.CharField(label="出典", help_text="例：住民基本台帳 年齢別人口", max_length=200)
    on = WarekiDateField(label="基準日")


class LettersForm(FaceForm):
    """How many letters, or how many answers are wanted."""

    letters = forms.IntegerField(label="配布数", required=False, min_value=1, widget=forms.TextInput(NARROW))
    answers = forms.IntegerField(
        label="ほしい回答数",
        help_text="配布数の代わりに書くと、回収率から配布数を計算します",
        required=False,
        min_value=1,
        widget=forms.TextInput(NARROW),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if bool(found.get("letters")) == bool(found.get("answers")) and not self.errors:
            raise ValidationError("配布数か、ほしい回答数の、どちらか一方を入力してください")
        return found

    def letters_for(self, survey: Survey) -> int:
        if self.cleaned_data["letters"]:
            return int(self.cleaned_data["letters"])
        layers = [sampling.Layer(found.population, found.expected_percent) for found in survey.strata.all()]
        return sampling.letters_for(layers, self.cleaned_data["answers"])


class DrawForm(FaceForm):
    """The list to draw from; it is used and not kept."""

    frame = _TextFile(
        label="抽出名簿（CSV）",
        help_text="列：id, age と、層に要れば sex, district。ほかの列は発送名簿にそのまま出ます。名簿は保存しません。",
    )
    seed = forms.CharField(
        label="シード",
        help_text="記録され、同じ名簿から同じ抽出を再現できます",
        max_length=40,
        initial=secrets.token_hex,
    )

    def __init__(self, survey: Survey, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seed"].initial = survey.seed or f"{clock.today():%Y%m%d}-{secrets.token_hex(4)}"


class QuestionnaireFileForm(FaceForm):
    """A questionnaire as YAML."""

    file = _TextFile(label="調査票（YAML）")

    def clean_file(self) -> Questionnaire:
        try:
            return Questionnaire.model_validate(yaml.safe_load(self.cleaned_data["file"]))
        except yaml.YAMLError as error:
            raise ValidationError(f"YAMLとして読めません：{error}") from error
        except SchemaError as error:
            raise ValidationError([in_words(problem) for problem in error.errors()]) from error


def in_words(problem: Any) -> str:
    """A problem of the schema: where, and what is wrong."""
    place = " › ".join(str(part) for part in problem["loc"])
    return f"{place}：{problem['msg']}" if place else str(problem["msg"])


class SerialForm(FaceForm):
    """The number of a letter."""

    serial = forms.IntegerField(label="整理番号", min_value=1, widget=forms.TextInput(NARROW))


class BundleForm(FaceForm):
    """Letters from one number to another, in one register."""

    first = forms.IntegerField(label="整理番号（はじめ）", min_value=1, widget=forms.TextInput(NARROW))
    last = forms.IntegerField(label="整理番号（おわり）", min_value=1, widget=forms.TextInput(NARROW))
    register = forms.ChoiceField(label="ことば", choices=REGISTERS)
