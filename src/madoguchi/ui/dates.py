"""A date in three boxes and an era: what people write on paper, without script."""

import unicodedata
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madoguchi.lib import wareki
from madoguchi.ui.templatetags import face
from madoguchi.ui.words import active_register, era_name

WESTERN = "ad"
MOST_DIGITS = 4
FIRST_WESTERN_YEAR = wareki.FIRST_DAY.year


class Parts(NamedTuple):
    """What stands in the boxes, as it was typed."""

    era: str
    year: str
    month: str
    day: str


class WarekiDateWidget(forms.Widget):
    """Era, year, month and day; `birthday=True` lets the browser offer the person's own."""

    template_name = "ui/forms/dates.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, birthday: bool = False) -> None:
        super().__init__(attrs)
        self.birthday = birthday

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Parts:  # noqa: ARG002
        return Parts(*(_plain(data.get(f"{name}_{part}")) for part in Parts._fields))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002
        return not any(f"{name}_{part}" in data for part in Parts._fields)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_year" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        parts = value if isinstance(value, Parts) else _parts(value)
        context["widget"] |= {
            "era": parts.era,
            "eras": [(WESTERN, _("西暦"))] + [(era.name, era_name(era)) for era in wareki.ERAS],
            "boxes": [
                ("year", _("年"), parts.year, "bday-year"),
                ("month", _("月"), parts.month, "bday-month"),
                ("day", _("日"), parts.day, "bday-day"),
            ],
            "birthday": self.birthday,
            "invalid": "aria-invalid" in context["widget"]["attrs"],
        }
        return context


class WarekiDateField(forms.Field):
    """A date given in an era or in 西暦.

    `not_before` and `not_after` are the first and the last day that may be given.
    Raises: ValidationError with one sentence that says what to correct.
    """

    widget = WarekiDateWidget
    default_error_messages = {"required": gettext_lazy("日付を入力してください")}

    def __init__(self, *, not_before: date | None = None, not_after: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("例：昭和60年4月1日。西暦でも入力できます。"))
        super().__init__(**kwargs)
        self.not_before = not_before
        self.not_after = not_after

    def to_python(self, value: Parts | date | None) -> date | None:
        if value is None or isinstance(value, date):
            return value
        if not (value.year or value.month or value.day):
            return None
        _require_all(value)
        year, month, day = (_number(text, unit) for text, unit in _boxes(value))
        return _day_of(value.era, year, month, day)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.not_before and value < self.not_before:
            raise ValidationError(_("%(day)s以後の日付を入力してください") % {"day": face.wareki(self.not_before)})
        if self.not_after and value > self.not_after:
            raise ValidationError(_("%(day)s以前の日付を入力してください") % {"day": face.wareki(self.not_after)})

    def has_changed(self, initial: date | None, data: Parts | date | None) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


def _boxes(parts: Parts) -> list[tuple[str, str]]:
    return [(parts.year, _("年")), (parts.month, _("月")), (parts.day, _("日"))]


def _require_all(parts: Parts) -> None:
    missing = [unit for text, unit in _boxes(parts) if not text]
    if missing:
        raise ValidationError(_("%(parts)sも入力してください") % {"parts": _("と").join(missing)})


def _number(text: str, unit: str) -> int:
    if text == "元":
        return 1
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise ValidationError(_("%(part)sは数字で入力してください") % {"part": unit})
    return int(text)


def _day_of(era: str, year: int, month: int, day: int) -> date:
    """The day, once it is in the calendar and belongs to the era that was chosen."""
    if era not in {WESTERN, *(era.name for era in wareki.ERAS)}:
        raise ValidationError(_("年号を選んでください"))
    if not 1 <= month <= 12:
        raise ValidationError(_("月は1から12までの数字で入力してください"))
    if era == WESTERN and year < FIRST_WESTERN_YEAR:
        raise ValidationError(_("西暦は4けたで入力してください。和暦のときは年号を選んでください"))
    try:
        return date(year, month, day) if era == WESTERN else wareki.parse(era, year, month, day)
    except wareki.WrongEra as error:
        raise ValidationError(
            _("%(given)sは、%(right)sにあたります。年号を確かめてください")
            % {
                "given": _written(_era(era), year, month, day),
                "right": _written(*_in_era(error.day), month, day),
            }
        ) from error
    except ValueError as error:
        raise ValidationError(
            _("%(month)d月%(day)d日は、その年にありません。日付を確かめてください") % {"month": month, "day": day}
        ) from error


def _era(name: str) -> wareki.Era:
    return next(era for era in wareki.ERAS if era.name == name)


def _in_era(day: date) -> tuple[wareki.Era, int]:
    era = wareki.era_of(day)
    return era, day.year - era.offset


def _written(era: wareki.Era, year: int, month: int, day: int) -> str:
    return _("%(era)s%(year)s年%(month)d月%(day)d日") % {
        "era": era_name(era),
        "year": _("元") if year == 1 else year,
        "month": month,
        "day": day,
    }


def _plain(text: str | None) -> str:
    return unicodedata.normalize("NFKC", text or "").strip()


def _parts(value: date | None) -> Parts:
    """A date as it appears in the boxes: in its era, but for readers of English and やさしい日本語 in 西暦."""
    if value is None:
        return Parts(WESTERN, "", "", "")
    if active_register() != "ja":
        return Parts(WESTERN, str(value.year), str(value.month), str(value.day))
    era, year = _in_era(value)
    return Parts(era.name, str(year), str(value.month), str(value.day))
