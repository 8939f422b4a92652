"""Tags and filters of the face: icons, status tags, dates, times, money, numbers of people."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.paginator import Page
from django.forms import BaseForm
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madoguchi.lib import money
from madoguchi.lib import wareki as eras
from madoguchi.ui.words import LocalText, active_register, era_name, html_lang

register = template.Library()

UNKNOWN = "—"
SOON = timedelta(days=3)
WEEKDAY_READINGS = ["げつ", "か", "すい", "もく", "きん", "ど", "にち"]
STATUS_ICONS = {
    "ok": "ok",
    "info": "info",
    "warn": "warn",
    "wait": "pen",
    "err": "error",
    "plain": "paper",
}
MESSAGE_STATUS = {"success": "ok", "warning": "warn", "error": "err", "debug": "info"}


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """The drawing `name` of icons.svg; `size` is "" or "s". A word always stands beside it."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f"i i--{size}" if size else "i",
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def tag(status: str, word: Any, icon_name: str = "") -> SafeString:
    """A status: ground, icon and word. `status` is ok, info, warn, wait, err or plain."""
    return format_html(
        '<span class="{}">{}<span>{}</span></span>',
        "tag" if status == "plain" else f"tag is-{status}",
        icon(icon_name or STATUS_ICONS[status]),
        word,
    )


@register.filter
def status_kind(level: str) -> str:
    """A status of the face for a level of Django's messages: success is ok, error is err."""
    return MESSAGE_STATUS.get(level, level)


@register.simple_tag
def status_icon(status: str) -> SafeString:
    """The icon that belongs to a status."""
    return icon(STATUS_ICONS[status])


register.filter(html_lang)


@register.filter
def marked(text: LocalText | str) -> str | SafeString:
    """`text`, marked with its language where that is not the language of the page."""
    if not isinstance(text, LocalText) or text.lang == html_lang(active_register()):
        return str(text)
    return format_html('<span lang="{}">{}</span>', text.lang, text)


@register.filter(expects_localtime=True)
def wareki(value: date | datetime | None) -> str:
    """令和8年11月23日（月）, in English 23 November 2026 (Reiwa 8).

    やさしい日本語 counts in western years (出入国在留管理庁・文化庁 在留支援のためのやさしい日本語ガイドライン).
    """
    if not value:
        return UNKNOWN
    day = _day(value)
    match active_register():
        case "ja":
            return eras.long(day)
        case "en":
            era = eras.era_of(day)
            return f"{_english(day, '%B')} ({era_name(era)} {day.year - era.offset})"
        case "ja-easy":
            weekday = f"{eras.WEEKDAYS[day.weekday()]}曜日({WEEKDAY_READINGS[day.weekday()]}ようび)"
            return f"{day.year}年(ねん){day.month}月(がつ){day.day}日(にち) {weekday}"
        case _:
            return date_format(day)


@register.filter(expects_localtime=True)
def wareki_short(value: date | datetime | None) -> str:
    """R8.11.23, in English 23 Nov 2026, for narrow places."""
    if not value:
        return UNKNOWN
    day = _day(value)
    match active_register():
        case "ja":
            return eras.short(day)
        case "en":
            return _english(day, "%b")
        case "ja-easy":
            return f"{day.year}年{day.month}月{day.day}日"
        case _:
            return date_format(day, "SHORT_DATE_FORMAT")


@register.filter(expects_localtime=True)
def clocktime(value: datetime | time | None) -> str:
    """10時40分, in やさしい日本語 and English 10:40. Aware times are shown on the city's clock."""
    if value is None:
        return UNKNOWN
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if active_register() == "ja":
        return f"{value.hour}時{value.minute:02}分"
    return f"{value.hour}:{value.minute:02}"


@register.filter
def due_in(day: date, today: date) -> str:
    """あと3日: how long until a due date."""
    days = (day - today).days
    if days < 0:
        return ngettext("%(days)d日過ぎました", "%(days)d日過ぎました", -days) % {"days": -days}
    if days <= 1:
        return _("あすまで") if days else _("きょうまで")
    return ngettext("あと%(days)d日", "あと%(days)d日", days) % {"days": days}


@register.filter
def urgency(day: date, today: date) -> str:
    """The class of a due date: late, soon or none."""
    return "late" if day < today else "soon" if day - today <= SOON else ""


@register.filter
def yen(amount: int | None) -> str:
    """410円, in English ¥410."""
    if amount is None:
        return UNKNOWN
    match active_register():
        case "ja":
            return money.yen(amount)
        case "ja-easy":
            return f"{money.yen(amount)}(えん)"
        case _:
            return f"¥{amount:,}"


@register.filter
def people(count: int | None) -> str:
    """4人, in English 4 people."""
    if count is None:
        return UNKNOWN
    return ngettext("%(count)s人", "%(count)s人", count) % {"count": f"{count:,}"}


@register.inclusion_tag("ui/components/table.html", takes_context=True)
def table(
    context: template.Context,
    columns: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    *,
    caption: Any,
    kind: str = "stack",
    numbers: str = "",
    empty: Any = "",
    sticky: bool = False,
) -> dict[str, Any]:
    """A table of plain cells; the first cell heads its row.

    `columns` are labels, or mappings of `label`, `number` (set to the right) and `sort` (the value of `?sort=`
    that sorts by it; `-value` is the other direction). A cell is a plain value, or a mapping of `text` with `url`,
    or with `status` for a tag; None is drawn as unknown. `kind` is "stack" (one block a row on a phone) or "scroll"
    (a region of its own). `numbers` names the columns set to the right, counted from 0: "2,3".
    """
    request = context.get("request")
    now = request.GET.get("sort", "") if request else ""
    return {
        **table_context(columns, rows, numbers=numbers, now=now),
        "caption": caption,
        "kind": kind,
        "empty": empty or _("ここに並ぶものは、まだありません。"),
        "sticky": sticky,
        "request": request,
    }


def table_context(columns: Sequence[Any], rows: Iterable[Sequence[Any]], *, numbers: str = "", now: str = "") -> Any:
    """Heads and rows as the template of a table reads them."""
    places = {int(place) for place in numbers.split(",") if place}
    heads = [_head(column, is_number=place in places, now=now) for place, column in enumerate(columns)]
    lines = [[_cell(cell) for cell in row] for row in rows]
    return {"columns": heads, "rows": [(line[0], list(zip(heads[1:], line[1:], strict=True))) for line in lines]}


def _head(column: Any, *, is_number: bool, now: str) -> dict[str, Any]:
    if not isinstance(column, Mapping):
        return {"label": column, "is_number": is_number}
    key = column.get("sort", "")
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "none") if key else ""
    return {
        "label": column["label"],
        "is_number": is_number or bool(column.get("number")),
        "order": order,
        "sort": f"-{key}" if order == "ascending" else key,
    }


def _cell(cell: Any) -> Any:
    if isinstance(cell, Mapping):
        return cell
    return {"text": UNKNOWN if cell is None else cell}


@register.inclusion_tag("ui/components/grid.html", takes_context=True)
def grid(
    context: template.Context,
    columns: Sequence[Any],
    rows: Iterable[Mapping[str, Any]],
    *,
    caption: Any,
    name: str,
    empty: Any = "",
) -> dict[str, Any]:
    """A dense table of the staff with a box before each row; `name` is that of the boxes, `bulk.html` their actions.

    `rows` are mappings: `key` (value of the box), `cells` (the first heads the row), `chosen`, `fixed` (cannot be
    chosen). Cells and columns are those of `table`; a cell may have `kind` "soon" or "late".
    """
    request = context.get("request")
    heads = [_head(column, is_number=False, now=request.GET.get("sort", "") if request else "") for column in columns]
    lines = []
    for row in rows:
        first, *rest = (_cell(cell) for cell in row["cells"])
        lines.append({**row, "head": first, "cells": list(zip(heads[1:], rest, strict=True))})
    return {
        "columns": heads,
        "rows": lines,
        "caption": caption,
        "name": name,
        "empty": empty or _("ここに並ぶものは、まだありません。"),
        "request": request,
    }


@register.filter
def page_numbers(page: Page[Any]) -> Iterable[int | str]:
    """The numbers to offer around the page: first, last, neighbours, and … between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def error_count(form: BaseForm) -> int:
    """How many sentences the error summary of `form` holds."""
    return sum(len(errors) for errors in form.errors.values())


@register.simple_tag
def sheets() -> SafeString:
    """The styles every page needs."""
    links = ((static(name),) for name in staticfiles_storage.sheets)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag
def theme() -> SafeString | str:
    """The city pack's stylesheet of roles, where it brings one."""
    if finders.find("theme/tokens.css") is None:
        return ""
    return format_html('<link rel="stylesheet" href="{}">', static("theme/tokens.css"))


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def _english(day: date, month: str) -> str:
    return f"{day.day} {day.strftime(month)} {day.year}"
