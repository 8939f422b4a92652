"""Small looks into plain values that the plan's templates need."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import calendar_words, rules
from madoguchi.ui.templatetags.face import UNKNOWN, marked
from madoguchi.ui.words import LocalText, active_register

register = template.Library()


@register.filter
def at(values: Mapping[str, Any], key: str) -> Any:
    """The value under a key; the key itself when nothing is there."""
    return values.get(key, key)


@register.filter
def got(values: Mapping[str, Any], key: str) -> Any:
    """The value under a key; None when nothing is there."""
    return values.get(key)


@register.filter
def names(keys: Iterable[str], table: Mapping[str, LocalText]) -> SafeString:
    """The names of keys, in a row; each marked with its language."""
    return format_html_join(_("、"), "{}", ((marked(table.get(key, key)),) for key in keys))


@register.filter
def under(cells: Iterable[Any], head: Iterable[str]) -> list[tuple[str, Any]]:
    """Every cell of a row with the name of its column."""
    return list(zip(head, cells, strict=True))


@register.filter
def goal_letter(key: str) -> str:
    """S, I, E: the letters of the three goals."""
    return key[:1].upper()


@register.filter
def absolute(value: int) -> int:
    """Without its sign."""
    return abs(value)


@register.filter
def share_of(value: float, whole: float) -> float:
    """Percent of the whole, to one decimal."""
    return rules.percent(value, whole)


@register.filter
def percent(value: float | None) -> str:
    """76.0％, on other pages than standard Japanese 76.0%."""
    if value is None:
        return UNKNOWN
    return f"{value:.1f}{'％' if active_register() == 'ja' else '%'}"


@register.filter
def grouped(number: int | None) -> str:
    """403891 → 403,891."""
    return UNKNOWN if number is None else f"{number:,}"


@register.filter
def signed(number: int | None) -> str:
    """A difference: +1,200, −300, ±0."""
    if number is None:
        return UNKNOWN
    return f"{'−' if number < 0 else '+' if number else '±'}{abs(number):,}"


@register.filter
def fiscal_year(year: int) -> str:
    """令和2年度, FY2020."""
    return calendar_words.fiscal_year(year)


@register.filter
def half_label(text: str) -> str:
    """2023H1 → 令和5年度上半期; staff pages speak Japanese."""
    return HalfYear.parse(text).label


@register.filter
def month(text: str) -> str:
    """2021-07 → 令和3年7月."""
    return calendar_words.month(text)


@register.filter
def api_address(name: str) -> str:
    """Where the registry mounts this service's answers."""
    return f"/api/v1/plan/{name}"


@register.simple_tag
def frame_of(chart: str, title: str, height: int) -> SafeString:
    """The line of HTML that shows a chart of ours on another site, to be read and copied."""
    line = format_html(
        '<iframe src="{}{}" title="{}" width="100%" height="{}" loading="lazy" style="border:0"></iframe>',
        settings.SITE_URL,
        chart,
        title,
        height,
    )
    return escape(line)


@register.filter
def months_ahead(band: int) -> str:
    """12 → 1年以内, 6 → 6か月以内; staff pages speak Japanese."""
    return f"{band // 12}年以内" if band % 12 == 0 else f"{band}か月以内"
