"""評価: opened when a measure is done, judged by its owner and the plan office, confirmed with the rule's figures."""

from datetime import datetime

from django.db import transaction

from madoguchi.kernel.accounts.public import Person, require
from madoguchi.kernel.audit.public import record
from madoguchi.services.plan import access
from madoguchi.services.plan.actions.texts import fitting, needed
from madoguchi.services.plan.errors import CountedFromLines, NotCompleted, ReasonOwed, TextMissing
from madoguchi.services.plan.models import Evaluation, Verdict
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import costs
from madoguchi.services.plan.queries import evaluations as queries
from madoguchi.services.plan.rules.changes import digest_of
from madoguchi.services.plan.rules.evaluation import AXES


@transaction.atomic
def start(measure: Measure, *, actor: Person, now: datetime) -> Evaluation:
    """A draft from the evidence. Raises: NotAllowed, NotCompleted before every step is done."""
    access.require(access.may_write, actor, measure)
    if not queries.is_completed(measure.key):
        raise NotCompleted
    found, created = Evaluation.objects.get_or_create(
        measure_key=measure.key, defaults={"section_key": measure.leads[0], "opened_at": now}
    )
    if created:
        record("plan.evaluation.opened", actor=actor, target=found, detail={"measure": measure.key})
    return found


def _open(measure: Measure) -> Evaluation:
    found = Evaluation.objects.select_for_update().filter(measure_key=measure.key, confirmed_at=None).first()
    if found is None:
        raise NotCompleted
    return found


@transaction.atomic
def enter_cost(measure: Measure, thousand_yen: int, source: str, *, actor: Person) -> Evaluation:
    """実績額 with its source, for a measure without cost lines.

    Raises: NotAllowed, NotCompleted, TextMissing, TextTooLong, CountedFromLines.
    """
    access.require(access.may_write, actor, measure)
    told = needed(source, "実績額の出典", most=200)
    if costs.lines(measure.key):
        raise CountedFromLines
    evaluation = _open(measure)
    evaluation.actual_thousand_yen, evaluation.actual_source = thousand_yen, told
    evaluation.save(update_fields=["actual_thousand_yen", "actual_source"])
    record("plan.evaluation.cost_entered", actor=actor, target=evaluation, detail={"thousand_yen": thousand_yen})
    return evaluation


@transaction.atomic
def judge(measure: Measure, side: str, grades: dict[str, str], reason: str, *, actor: Person, now: datetime) -> Verdict:
    """One side's grades. Where one differs from the rule's, the reason is compulsory.

    Raises: NotAllowed, NotCompleted, ReasonOwed, TextTooLong.
    """
    evaluation = _open(measure)
    if side == Verdict.Side.OWNER:
        access.require(access.may_write, actor, measure)
    else:
        require(actor, "plan.report.check", evaluation)
    known = {axis: grades.get(axis, "") for axis in AXES}
    told = fitting(reason, "理由")
    rule = {axis: found.grade for axis, found in queries.by_rule(measure, evaluation).items()}
    if not told and known != rule:
        raise ReasonOwed
    verdict = Verdict.objects.create(
        evaluation=evaluation, side=side, reason=told, given_at=now, given_by=actor, **known
    )
    record("plan.evaluation.judged", actor=actor, target=evaluation, detail={"side": side, **known})
    return verdict


@transaction.atomic
def confirm(measure: Measure, *, actor: Person, now: datetime) -> Evaluation:
    """確定: both sides have judged; the figures are frozen, a disagreement stays visible.

    Raises: NotAllowed, NotCompleted, TextMissing.
    """
    evaluation = _open(measure)
    require(actor, "plan.report.check", evaluation)
    sides = set(evaluation.verdicts.values_list("side", flat=True))
    if sides != set(Verdict.Side.values):
        raise TextMissing("主管課と計画の担当課の両方の判定")
    evaluation.frozen = queries.frozen(measure, evaluation)
    evaluation.digest, evaluation.confirmed_at = digest_of(evaluation.frozen), now
    evaluation.save(update_fields=["frozen", "digest", "confirmed_at"])
    record("plan.evaluation.confirmed", actor=actor, target=evaluation, detail={"digest": evaluation.digest})
    return evaluation
