"""Survey statistics: pure functions of counts. No ORM, no clock, no array library.

Everything here works on tables of counts (a few dozen cells), however many people answered, so the standard library is
fast enough and each formula stands beside its source.
"""

from madoguchi.services.surveys.statistics.agreement import kappa
from madoguchi.services.surveys.statistics.disclosure import hidden_cells
from madoguchi.services.surveys.statistics.precision import (
    Interval,
    effective_size,
    margin_percent,
    mean_interval,
    needed_answers,
    share_interval,
)
from madoguchi.services.surveys.statistics.significance import Independence, independence
from madoguchi.services.surveys.statistics.summary import ranks, weighted_mean
from madoguchi.services.surveys.statistics.weighting import Raking, rake

__all__ = [
    "Independence",
    "Interval",
    "Raking",
    "effective_size",
    "hidden_cells",
    "independence",
    "kappa",
    "margin_percent",
    "mean_interval",
    "needed_answers",
    "rake",
    "ranks",
    "share_interval",
    "weighted_mean",
]
