"""What the plan's pages and data show: one module a noun, gathered here."""

from madoguchi.services.plan.queries.background import PeerRow, peers, peers_digest
from madoguchi.services.plan.queries.measures import (
    FieldGroup,
    all_measures,
    by_field,
    fiscal_period,
    half_years,
    live_figures,
    measured_keys,
    measures,
    outline,
    plan_of,
    plan_of_half,
    plans,
    section_names,
)
from madoguchi.services.plan.queries.surveys import RankedItem, demand, demand_for, surveys
from madoguchi.services.plan.queries.systems import (
    SystemRow,
    sections_with_systems,
    system_checks,
    systems,
    systems_digest,
    systems_of,
)

__all__ = [
    "FieldGroup",
    "PeerRow",
    "RankedItem",
    "SystemRow",
    "all_measures",
    "by_field",
    "demand",
    "demand_for",
    "fiscal_period",
    "half_years",
    "live_figures",
    "measured_keys",
    "measures",
    "outline",
    "peers",
    "peers_digest",
    "plan_of",
    "plan_of_half",
    "plans",
    "section_names",
    "sections_with_systems",
    "surveys",
    "system_checks",
    "systems",
    "systems_digest",
    "systems_of",
]
