"""The shape of a city's ICT plan in the pack: one module a noun, gathered here."""

from madoguchi.kernel.citydata.public import Collection
from madoguchi.services.plan.pack.background import Peer, PreviousMeasure
from madoguchi.services.plan.pack.costs import Cost
from madoguchi.services.plan.pack.measures import Bar, Measure, Outline, PlanField, Task
from madoguchi.services.plan.pack.reporting import CHANGE_VARIABLES, Indicator, Rulebook
from madoguchi.services.plan.pack.skills import Course, Skills
from madoguchi.services.plan.pack.surveys import (
    DemandCounts,
    DemandItem,
    FreeText,
    Response,
    Survey,
    SurveyQuestion,
)
from madoguchi.services.plan.pack.systems import RenewalRule, System

__all__ = [
    "CHANGE_VARIABLES",
    "COLLECTIONS",
    "Bar",
    "Cost",
    "Course",
    "DemandCounts",
    "DemandItem",
    "FreeText",
    "Indicator",
    "Measure",
    "Outline",
    "Peer",
    "PlanField",
    "PreviousMeasure",
    "RenewalRule",
    "Response",
    "Rulebook",
    "Skills",
    "Survey",
    "SurveyQuestion",
    "System",
    "Task",
]

COLLECTIONS = (
    Collection("plan.outline", "plan/plan*.yaml", Outline),
    Collection("plan.measure", "plan/measures/*.yaml", Measure),
    Collection("plan.rulebook", "plan/rulebook.yaml", Rulebook, many="rulebooks"),
    Collection("plan.indicator", "plan/indicators.yaml", Indicator, many="indicators"),
    Collection("plan.system", "plan/systems.csv", System),
    Collection("plan.renewal_rule", "plan/renewal.yaml", RenewalRule, many="rules"),
    Collection("plan.survey", "plan/survey.yaml", Survey),
    Collection("plan.cost", "plan/costs.csv", Cost),
    Collection("plan.previous", "plan/previous.csv", PreviousMeasure),
    Collection("plan.peer", "plan/peers.csv", Peer),
    Collection("plan.skills", "plan/skills.yaml", Skills),
    Collection("plan.course", "plan/courses.yaml", Course, many="courses"),
)
