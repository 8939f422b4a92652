"""What the plan office keeps: one module a noun, gathered here."""

from madoguchi.services.plan.models.costs import CostLine, Replaced
from madoguchi.services.plan.models.council import AgendaItem, Decision, FollowUp, Meeting
from madoguchi.services.plan.models.drafts import Draft, DraftMeasure, DraftRemark
from madoguchi.services.plan.models.evaluations import Evaluation, Verdict
from madoguchi.services.plan.models.evidence import Reading
from madoguchi.services.plan.models.promises import Baseline, Change, Snapshot
from madoguchi.services.plan.models.reports import Aside, Intake, Line, Period, Remark, Report, Step
from madoguchi.services.plan.models.skills import SelfAssessment

__all__ = [
    "AgendaItem",
    "Aside",
    "Baseline",
    "Change",
    "CostLine",
    "Decision",
    "Draft",
    "DraftMeasure",
    "DraftRemark",
    "Evaluation",
    "FollowUp",
    "Intake",
    "Line",
    "Meeting",
    "Period",
    "Reading",
    "Remark",
    "Replaced",
    "Report",
    "SelfAssessment",
    "Snapshot",
    "Step",
    "Verdict",
]
