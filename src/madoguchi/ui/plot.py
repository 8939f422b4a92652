"""Geometry of charts with axes: bars and lines over named places, in percent and pixels, ready for SVG attributes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import ceil, floor, log10
from typing import Any

TOP_PX, BASE_PX = 24, 204  # where the highest tick and the zero line lie
MOST_SERIES = 3  # more cannot be told apart without colour
MOST_LABELS_ON_A_PHONE = 6
# where numbers stand above their bars, and how wide the plot is there: on a phone of 320 pixels, from 768, from 1200
NUMBERED = (("all", 232), ("wide", 600), ("widest", 850))
DIGIT_PX, NUMBER_PX, GAP_PX = 8, 14, 6  # a digit across, a number upright, and the air below it
GROUP_SHARE = 0.7  # of its place a group of bars takes; the rest is air
MOST_WIDTH = 12  # percent, of one bar
MARKERS = ("dot", "box", "peak")


@dataclass(frozen=True)
class Bar:
    """One bar, or one point of a line: place and width in percent, height in pixels; `point` is the label's middle."""

    x: float
    middle: float
    width: float
    point: float
    y: float
    height: float
    number: str


@dataclass(frozen=True)
class Series:
    """One series: its name, its bars (none where there is no figure), and the runs of its line."""

    name: Any
    marker: str
    bars: list[Bar]
    runs: list[str]


@dataclass(frozen=True)
class Plot:
    """A drawn chart: ticks of the upright axis (pixel, number), labels (percent, text, on a phone) and series."""

    ticks: list[tuple[float, str]]
    labels: list[tuple[float, Any, bool]]
    series: list[Series]
    numbered: str  # "all", "wide", "widest" (from that width on) or nothing


def plot(labels: Sequence[Any], series: Sequence[Mapping[str, Any]], *, kind: str = "bars") -> Plot:
    """`series` are mappings of `name` and `values`, one a label; None is a missing figure and is drawn as a gap.

    Numbers are shown where each has its own room; elsewhere they are only in the table. `kind` is "bars" or "line".

    Raises: ValueError for more than three series, or values that do not match the labels.
    """
    if len(series) > MOST_SERIES:
        raise ValueError(f"a chart shows at most {MOST_SERIES} series; draw several charts")
    for one in series:
        if len(one["values"]) != len(labels):
            raise ValueError(f"{one['name']}: {len(one['values'])} values for {len(labels)} labels")
    known = [value for one in series for value in one["values"] if value is not None]
    low, high, step = _axis(min([0, *known]), max([0, *known]))

    def y(value: float) -> float:
        return round(BASE_PX - (value - low) / (high - low) * (BASE_PX - TOP_PX), 1)

    every = ceil(len(labels) / MOST_LABELS_ON_A_PHONE) if labels else 1
    room = 100 / len(labels) if labels else 100
    drawn = [_series(place, one, len(series), room, y) for place, one in enumerate(series)]
    bars = [bar for one in drawn for bar in one.bars]
    return Plot(
        ticks=[(y(tick), _written(tick)) for tick in _steps(low, high, step)],
        labels=[(round((place + 0.5) * room, 2), label, place % every == 0) for place, label in enumerate(labels)],
        series=drawn,
        numbered=next((name for name, width_px in NUMBERED if _apart(bars, kind, width_px)), ""),
    )


Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels


def number_box(bar: Bar, kind: str, width_px: float) -> Box:
    """Where the number of a bar, or of a point of a line, stands on a plot of this width."""
    middle = (bar.point if kind == "line" else bar.middle) * width_px / 100
    half, bottom = len(bar.number) * DIGIT_PX / 2, bar.y - GAP_PX
    return middle - half, bottom - NUMBER_PX, middle + half, bottom


def _apart(bars: Sequence[Bar], kind: str, width_px: float) -> bool:
    """Whether no number touches another, a bar or the numbers of the axis."""
    numbers = [number_box(bar, kind, width_px) for bar in bars]
    drawn = [] if kind == "line" else [_bar_box(bar, width_px) for bar in bars]
    pairs = [*combinations(numbers, 2), *product(numbers, drawn)]
    return all(left >= -DIGIT_PX for left, *_rest in numbers) and not any(_touch(*pair) for pair in pairs)


def _bar_box(bar: Bar, width_px: float) -> Box:
    left, right = bar.x * width_px / 100, (bar.x + bar.width) * width_px / 100
    return left, bar.y, right, bar.y + bar.height


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _series(place: int, one: Mapping[str, Any], count: int, room: float, y: Any) -> Series:
    width = min(room * GROUP_SHARE / count, MOST_WIDTH)
    bars, runs, run = [], [], []
    for number, value in enumerate(one["values"]):
        if value is None:
            runs.append(run)
            run = []
            continue
        middle = round((number + 0.5) * room, 2)
        x = middle - count * width / 2 + place * width
        top, bottom = min(y(value), y(0)), max(y(value), y(0))
        places = (round(part, 2) for part in (x, x + width / 2, width))
        bars.append(Bar(*places, middle, top, round(bottom - top, 1), _written(value)))
        run.append(f"{middle:g},{y(value):g}")
    return Series(one["name"], MARKERS[place], bars, [" ".join(part) for part in [*runs, run] if len(part) > 1])


def _written(number: float) -> str:
    return f"{number:,.10g}"


def _steps(low: float, high: float, step: float) -> list[float]:
    return [low + step * number for number in range(round((high - low) / step) + 1)]


def _axis(low: float, high: float) -> tuple[float, float, float]:
    """The axis around `low` and `high`, and its step: 1, 2 or 5 times a power of ten, four to six ticks."""
    if high == low:
        return 0, 1, 1
    rough = (high - low) / 4
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return floor(low / step) * step, ceil(high / step) * step, step
