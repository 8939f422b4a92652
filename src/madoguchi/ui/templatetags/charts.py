"""Charts that are numbers first: gauges, bars in cells, sparklines, half-year bars and marks.

Every drawing is SVG with attributes only, so a strict content security policy holds; the words beside it say the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import segno
from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from madoguchi.ui import gantt as gantts
from madoguchi.ui.places import draw
from madoguchi.ui.plot import plot
from madoguchi.ui.templatetags.face import table_context

register = template.Library()

SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 120, 40, 4
MARKS = {
    "done": '<rect class="x" x="{}" y="1" width="14" height="14"/>',
    "late": '<path class="w" d="M{} 1l7.5 14h-15z"/>',
    "none": '<rect class="y" x="{}" y="2" width="12" height="12"/>',
    "unknown": '<rect class="v" x="{}" y="2" width="12" height="12"/>',
}
MARK_OFFSETS = {"done": 1, "late": 8, "none": 2, "unknown": 2}
MARK_STEP = 18


@dataclass(frozen=True, kw_only=True)
class Span:
    """Half-years `first` to `last`, counted from 0; `last` None means the plan names no end."""

    first: int
    last: int | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the half-year bars: plan above, result below, and both in words."""

    label: Any
    spoken: Any
    note: Any = ""
    planned: Sequence[Span] = ()
    done: Span | None = None


@register.simple_tag
def gauge(percent: float, soft_percent: float = 0) -> SafeString:
    """A bar of 100 %: `percent` strong, up to `soft_percent` pale. Words beside it say the same."""
    return format_html(
        '<svg class="gauge" aria-hidden="true"><rect class="g0" width="100%" height="100%"/>'
        '<rect class="g3" width="{}%" height="100%"/><rect class="g1" width="{}%" height="100%"/></svg>',
        _percent(soft_percent),
        _percent(percent),
    )


@register.simple_tag
def bar(percent: float) -> SafeString:
    """The bar of a table cell; the number stands in the cell before it."""
    return format_html(
        '<svg aria-hidden="true"><rect class="b0" width="100%" height="100%"/>'
        '<rect class="b1" width="{}%" height="100%"/></svg>',
        _percent(percent),
    )


@register.simple_tag
def spark(values: Sequence[float], target: float | None = None) -> SafeString | str:
    """A line through `values`, oldest first; `target` is the dotted line. Fewer than two values draw nothing."""
    if len(values) < 2:
        return ""
    if target == "":  # how a template hands over a variable it does not have
        target = None
    low, high = min([*values, *_given(target)]), max([*values, *_given(target)])
    room = SPARK_HEIGHT - 2 * SPARK_MARGIN

    def y(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(SPARK_HEIGHT - SPARK_MARGIN - share * room, 1)

    step = SPARK_WIDTH / (len(values) - 1)
    path = " ".join(f"{round(number * step, 1):g} {y(value):g}" for number, value in enumerate(values))
    dotted = (
        format_html('<line x1="0" y1="{0}" x2="{1}" y2="{0}"/>', y(target), SPARK_WIDTH) if target is not None else ""
    )
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}<path d="M{}"/></svg>',
        SPARK_WIDTH,
        SPARK_HEIGHT,
        dotted,
        path,
    )


@register.simple_tag
def dots(marks: Sequence[str], spoken: str) -> SafeString:
    """Marks of half-years: done, late, none or unknown; `spoken` says them in words."""
    drawn = format_html_join(
        "",
        "{}",
        ((format_html(MARKS[mark], MARK_OFFSETS[mark] + MARK_STEP * place),) for place, mark in enumerate(marks)),
    )
    return format_html(
        '<span class="dots"><svg viewBox="0 0 {} 16" aria-hidden="true">{}</svg><span class="vh">{}</span></span>',
        MARK_STEP * len(marks),
        drawn,
        spoken,
    )


@register.inclusion_tag("ui/components/halves.html")
def halves(years: Sequence[tuple[Any, Sequence[Any]]], lines: Sequence[Line], now: int | None = None) -> dict[str, Any]:
    """Half-year bars. `years` is (label, labels of its halves); `now` is the half-year being written, from 0."""
    count = sum(len(labels) for _, labels in years)
    numbered = iter(range(count))
    return {
        "years": [(label, len(labels)) for label, labels in years],
        "columns": [(label, next(numbered) == now) for _, labels in years for label in labels],
        "count": count,
        "lines": [
            {
                "label": line.label,
                "note": line.note,
                "spoken": line.spoken,
                "planned": [_extent(span, count) for span in line.planned],
                "open": [end for span in line.planned if (end := _open_end(span, count))],
                "done": _extent(line.done, count),
            }
            for line in lines
        ],
    }


@register.inclusion_tag("ui/components/gantt.html")
def gantt(
    rows: Iterable[Mapping[str, Any]], *, caption: Any, today: date, head: Any = "", empty: Any = ""
) -> dict[str, Any]:
    """Lines with three marks: as first planned (hollow), as revised (pale), as it was (solid).

    `rows` are mappings: `label`, and where known `baseline`, `revised`, `actual` as (first day, last day), `note`,
    `url`, `status` and `word`. A last day of None is an open end: dashed in a plan, running in the work done.
    """
    return {
        "chart": gantts.chart(rows, today=today),
        "caption": caption,
        "today": today,
        "head": head or _("取組"),
        "empty": empty or _("予定はまだありません。"),
    }


@register.inclusion_tag("ui/components/chart.html")
def chart(
    labels: Sequence[Any],
    series: Sequence[Mapping[str, Any]],
    *,
    caption: Any,
    kind: str = "bars",
    unit: Any = "",
    text: Any = "",
    source: Any = "",
) -> dict[str, Any]:
    """Bars or lines over `labels` with the same figures as a table below; at most three series of `name` and `values`.

    `kind` is "bars" or "line"; None among the values is a gap; `text` is the finding in one sentence.
    """
    known = any(value is not None for one in series for value in one["values"])
    rows = [[label, *(one["values"][place] for one in series)] for place, label in enumerate(labels)]
    columns = ["", *({"label": one["name"], "number": True} for one in series)]
    return {
        "plot": plot(labels, series, kind=kind),
        "kind": kind,
        "caption": caption,
        "text": text,
        "unit": unit,
        "source": source,
        "empty": "" if known else _("この期間の数値はまだありません。"),
        "table": table_context(columns, rows),
    }


@register.inclusion_tag("ui/components/places.html")
def places(items: Sequence[Mapping[str, Any]], *, caption: Any, empty: Any = "") -> dict[str, Any]:
    """A numbered list of places and a drawing of where they lie; the list works alone.

    `items` are mappings: `label`, and where known `lon` and `lat` (EPSG:4326), `url`, `note`, `status` and `word`.
    """
    return {"items": items, "drawing": draw(items), "caption": caption, "empty": empty or _("場所はまだありません。")}


@register.simple_tag
def qr(content: str, label: Any) -> SafeString:
    """A QR code (ISO/IEC 18004, error correction M), black on white in every mode; `label` says where it leads."""
    code = segno.make(content, error="m", micro=False)
    drawing = code.svg_inline(scale=4, light="white", svgclass="qr__code", lineclass=None, omitsize=True)
    return format_html(
        '<figure class="qr"><div role="img" aria-label="{}">{}</div><figcaption>{}</figcaption></figure>',
        _("QRコード：%(label)s") % {"label": label},
        mark_safe(drawing),  # noqa: S308 drawn from the modules of the code, holds no text
        label,
    )


def _extent(span: Span | None, count: int) -> tuple[float, float] | None:
    """Left edge and width in percent; a span without an end is drawn for its first half-year."""
    if span is None:
        return None
    last = span.first if span.last is None else span.last
    return _share(span.first, count), _share(last - span.first + 1, count)


def _open_end(span: Span | None, count: int) -> tuple[float, float] | None:
    if span is None or span.last is not None:
        return None
    return _share(span.first + 1, count), _share(count - span.first - 1, count)


def _share(part: int, count: int) -> float:
    return round(100 * part / count, 2)


def _percent(value: float) -> str:
    return f"{min(max(value, 0), 100):.4g}"


def _given(target: float | None) -> list[float]:
    return [] if target is None else [target]
