"""What the surveys' tables say: weighted means, ranks, age bands."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from madoguchi.services.surveys.public import ranks
from madoguchi.services.surveys.public import weighted_mean as mean_of_points

if TYPE_CHECKING:
    from madoguchi.services.plan.pack import DemandCounts, DemandItem, Response, Survey


def answered(counts: "DemandCounts") -> int:
    """How many gave one of the four answers."""
    return counts.strongly + counts.rather + counts.rather_other + counts.other


def weighted_mean(counts: "DemandCounts") -> float:
    """加重平均 of 4, 3, 2, 1 points, to four decimals; no-answers are left out (表5 of the plan)."""
    by_points: dict[float, float] = {4: counts.strongly, 3: counts.rather, 2: counts.rather_other, 1: counts.other}
    return round(mean_of_points(by_points), 4)


def ranked(items: Iterable["DemandItem"]) -> list["DemandItem"]:
    """Highest weighted mean first."""
    by_key = {item.key: item for item in items}
    found = ranks({key: weighted_mean(item.counts) for key, item in by_key.items()})
    return [by_key[key] for key in sorted(found, key=found.__getitem__)]


def bands(survey: "Survey") -> list["Response"]:
    """The rows of the response table that are an age band: neither the total nor the unknown."""
    return [row for row in survey.response if row.percent is not None and row.sent != survey.sent]
