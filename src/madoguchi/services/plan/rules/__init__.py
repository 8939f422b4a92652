"""What is computed from the plan and its reports: one module a noun, pure functions."""

from madoguchi.lib.shares import percent
from madoguchi.services.plan.rules.bars import Mark, Places, marks, places
from madoguchi.services.plan.rules.surveys import answered, bands, ranked, weighted_mean
from madoguchi.services.plan.rules.systems import extension_months, fiscal_year_of, lead_months, month_number
from madoguchi.services.plan.rules.totals import field_totals, goal_totals

__all__ = [
    "Mark",
    "Places",
    "answered",
    "bands",
    "extension_months",
    "field_totals",
    "fiscal_year_of",
    "goal_totals",
    "lead_months",
    "marks",
    "month_number",
    "percent",
    "places",
    "ranked",
    "weighted_mean",
]
