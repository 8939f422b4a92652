"""One answer in several boxes: a person's name with its reading, an address in Japan."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madoguchi.lib import kana
from madoguchi.lib.prefectures import PREFECTURES
from madoguchi.ui.characters import usable

POSTAL_CODE = re.compile(r"(\d{3})-?(\d{4})")
HYPHENS = re.compile("[‐‑–—―−ーｰ]")  # what keyboards give for the hyphen of a postal code


MOST_CHARACTERS = 200  # in one box
_not_long = MaxLengthValidator(
    MOST_CHARACTERS, gettext_lazy("%(limit_value)d文字までで書いてください。いまは%(show_value)d文字です")
)


@dataclass(frozen=True, kw_only=True)
class Box:
    """One box: the part of the answer it holds, its label, what the browser may fill in, its width."""

    part: str
    label: Any
    autocomplete: str
    size: str = ""
    inputmode: str = ""
    choices: Sequence[str] = ()
    optional: bool = False


class BoxesWidget(forms.Widget):
    """Several labelled boxes, read as one tuple of texts."""

    template_name = "ui/forms/boxes.html"
    use_fieldset = True
    boxes: Sequence[Box] = ()
    value_class: Any

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002
        return self.value_class(*((data.get(f"{name}_{box.part}") or "").strip() for box in self.boxes))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002
        return not any(f"{name}_{box.part}" in data for box in self.boxes)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{self.boxes[0].part}" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = value or self.value_class(*("" for _box in self.boxes))
        context["widget"] |= {
            "boxes": [(box, getattr(given, box.part)) for box in self.boxes],
            "invalid": "aria-invalid" in context["widget"]["attrs"],
        }
        return context


class BoxesField(forms.Field):
    """A field of several boxes. Raises: ValidationError naming the boxes that are still empty."""

    widget: Any

    def to_python(self, value: Any) -> Any:
        if not value or not any(value):
            return None
        value = type(value)(*(unicodedata.normalize("NFC", text) for text in value))
        for text in value:
            usable(text)
            _not_long(text)
        boxes = self.widget.boxes
        missing = [str(box.label) for box in boxes if not box.optional and not getattr(value, box.part)]
        if missing:
            raise ValidationError(_("%(parts)sも入力してください") % {"parts": _("と").join(missing)})
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or None) != (data if data and any(data) else None)


class PersonName(NamedTuple):
    """氏名とフリガナ; the reading in full-width katakana."""

    family: str
    given: str
    family_kana: str
    given_kana: str


class PersonNameWidget(BoxesWidget):
    value_class = PersonName
    boxes = (
        Box(part="family", label=gettext_lazy("姓"), autocomplete="family-name", size="half"),
        Box(part="given", label=gettext_lazy("名"), autocomplete="given-name", size="half"),
        Box(part="family_kana", label=gettext_lazy("姓のフリガナ"), autocomplete="off", size="half"),
        Box(part="given_kana", label=gettext_lazy("名のフリガナ"), autocomplete="off", size="half"),
    )


class PersonNameField(BoxesField):
    """A name and its reading. Hiragana and half-width kana are taken and written as full-width katakana."""

    widget = PersonNameWidget

    def to_python(self, value: Any) -> PersonName | None:
        name = super().to_python(value)
        if name is None:
            return None
        family_kana, given_kana = kana.katakana(name.family_kana), kana.katakana(name.given_kana)
        if not (kana.is_katakana_name(family_kana) and kana.is_katakana_name(given_kana)):
            raise ValidationError(_("フリガナは、かなで入力してください。例：ミホン ハナコ"))
        return PersonName(name.family, name.given, family_kana, given_kana)


class Address(NamedTuple):
    """住所: the postal code as 000-0000, then from the large to the small."""

    postal_code: str
    prefecture: str
    city: str
    street: str
    building: str


class AddressWidget(BoxesWidget):
    value_class = Address
    boxes = (
        Box(
            part="postal_code",
            label=gettext_lazy("郵便番号"),
            autocomplete="postal-code",
            size="8",
            inputmode="numeric",
        ),
        Box(
            part="prefecture",
            label=gettext_lazy("都道府県"),
            autocomplete="address-level1",
            size="8",
            choices=PREFECTURES,
        ),
        Box(part="city", label=gettext_lazy("市区町村"), autocomplete="address-level2", size="12"),
        Box(part="street", label=gettext_lazy("町名と番地"), autocomplete="address-line1"),
        Box(
            part="building",
            label=gettext_lazy("建物の名前と部屋番号（あるとき）"),
            autocomplete="address-line2",
            optional=True,
        ),
    )


class AddressField(BoxesField):
    """An address in Japan. The postal code may be written with or without a hyphen, in digits of any width."""

    widget = AddressWidget

    def to_python(self, value: Any) -> Address | None:
        address = super().to_python(value)
        if address is None:
            return None
        code = HYPHENS.sub("-", unicodedata.normalize("NFKC", address.postal_code))
        found = POSTAL_CODE.fullmatch(code)
        if not found:
            raise ValidationError(_("郵便番号は7けたの数字で入力してください。例：100-0001"))
        if address.prefecture not in PREFECTURES:
            raise ValidationError(_("都道府県を選んでください"))
        return address._replace(postal_code=f"{found[1]}-{found[2]}")
