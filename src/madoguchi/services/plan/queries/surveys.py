"""What residents said."""

from dataclasses import dataclass

from madoguchi.kernel.citydata.public import records
from madoguchi.services.plan import rules
from madoguchi.services.plan.pack import DemandItem, Measure, Survey


@dataclass(frozen=True)
class RankedItem:
    """An asked item with its recomputed mean, its rank by it, and how many answered."""

    item: DemandItem
    weighted_mean: float
    rank: int
    answered: int
    of: int


def demand(survey: Survey) -> list[RankedItem]:
    """The asked items of a survey, most wanted first."""
    return [
        RankedItem(item, rules.weighted_mean(item.counts), rank, rules.answered(item.counts), len(survey.demand))
        for rank, item in enumerate(rules.ranked(survey.demand), 1)
    ]


def surveys() -> list[Survey]:
    return list(records("plan.survey"))


def demand_for(measure: Measure) -> list[RankedItem]:
    """What residents said about this measure, in every survey."""
    return [found for survey in surveys() for found in demand(survey) if found.item.key in measure.survey_items]
