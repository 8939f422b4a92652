"""The council: a meeting is called, its agenda collected, decisions recorded and followed up."""

from datetime import date, datetime

from django.db import transaction

from madoguchi.kernel.accounts.public import Person, require
from madoguchi.kernel.audit.public import record
from madoguchi.services.plan import access
from madoguchi.services.plan.actions.texts import fitting, needed
from madoguchi.services.plan.models import AgendaItem, Decision, Evaluation, FollowUp, Meeting, Period, Report
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import measures
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.rules.reports import WRITABLE

Kind = AgendaItem.Kind


@transaction.atomic
def call(*, title: str, held_on: date, period: Period | None, actor: Person, now: datetime) -> Meeting:
    """A meeting of the council, with what waits for it and what the half-year brings. Once a day."""
    require(actor, "plan.council.keep")
    named = needed(title, "会議の名前", most=120)
    meeting, created = Meeting.objects.get_or_create(held_on=held_on, defaults={"title": named, "period": period})
    if created:
        record("plan.meeting.called", actor=actor, target=meeting, detail={"held_on": str(held_on)})
    return collect(meeting.pk, actor=actor, now=now)


@transaction.atomic
def collect(meeting_id: int, *, actor: Person, now: datetime) -> Meeting:
    """議題: overview, waiting major changes, finished evaluations, missing reports, open decisions. Safe to repeat."""
    require(actor, "plan.council.keep")
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("period").get(pk=meeting_id)
    AgendaItem.objects.filter(meeting=None).update(meeting=meeting)
    names = {measure.key: measure for measure in measures()}
    if meeting.period:
        _put(meeting, Kind.OVERVIEW, "", f"{meeting.period.half_year.label}の進捗の概要", now=now)
        for key in _missing(meeting.period, meeting.held_on):
            _put(meeting, Kind.OVERDUE, key, _title(names, key, "報告の遅れ"), now=now)
    confirmed = Evaluation.objects.exclude(confirmed_at=None)
    for key in confirmed.values_list("measure_key", flat=True):
        if not AgendaItem.objects.filter(kind=Kind.EVALUATION, measure_key=key).exists():
            _put(meeting, Kind.EVALUATION, key, _title(names, key, "評価"), now=now)
    earlier = Decision.objects.filter(done_on=None, meeting__held_on__lt=meeting.held_on)
    for key in sorted(set(earlier.values_list("measure_key", flat=True))):
        _put(meeting, Kind.FOLLOW_UP, key, _title(names, key, "決定の経過"), now=now)
    record("plan.agenda.collected", actor=actor, target=meeting, detail={"items": meeting.items.count()})
    return meeting


def _missing(period: Period, on: date) -> list[str]:
    if on <= period.due_on:
        return []
    found = Report.objects.filter(period=period, state__in=WRITABLE)
    return sorted(found.values_list("measure_key", flat=True))


def _title(names: dict[str, Measure], key: str, what: str) -> str:
    measure = names.get(key)
    return f"施策{measure.number} {measure.name.ja}：{what}" if measure else what


def _put(meeting: Meeting, kind: str, key: str, title: str, *, now: datetime) -> None:
    AgendaItem.objects.get_or_create(
        meeting=meeting, kind=kind, measure_key=key, defaults={"title": title[:200], "raised_at": now}
    )


@transaction.atomic
def add_item(meeting_id: int, *, title: str, text: str, actor: Person, now: datetime) -> AgendaItem:
    """An item the secretary adds by hand."""
    require(actor, "plan.council.keep")
    item = AgendaItem.objects.create(
        meeting_id=meeting_id,
        kind=Kind.OTHER,
        title=needed(title, "議題の名前", most=200),
        text=fitting(text, "議題の説明"),
        raised_at=now,
    )
    record("plan.agenda.added", actor=actor, target=item)
    return item


@transaction.atomic
def decide(
    meeting_id: int, measure: Measure, *, text: str, due_on: date | None, actor: Person, now: datetime
) -> Decision:
    """決定: for a measure, followed up by its first lead section."""
    require(actor, "plan.council.keep")
    decision = Decision.objects.create(
        meeting_id=meeting_id,
        measure_key=measure.key,
        section_key=measure.leads[0],
        text=needed(text, "決定の内容"),
        due_on=due_on,
        recorded_by=actor,
        recorded_at=now,
    )
    record("plan.decision.recorded", actor=actor, target=decision, detail={"measure": measure.key})
    return decision


@transaction.atomic
def follow_up(decision_id: int, *, text: str, is_done: bool, actor: Person, today: date, now: datetime) -> FollowUp:
    """経過: by the lead section of the measure; `is_done` closes the decision.

    Raises: NotAllowed, TextMissing, TextTooLong.
    """
    decision = Decision.objects.select_for_update().get(pk=decision_id)
    access.require(access.may_write, actor, queries.measure(decision.measure_key))
    told = needed(text, "経過")
    found = FollowUp.objects.create(decision=decision, text=told, is_done=is_done, author=actor, written_at=now)
    if is_done and decision.done_on is None:
        decision.done_on = today
        decision.save(update_fields=["done_on"])
    record("plan.decision.followed_up", actor=actor, target=decision, detail={"done": is_done})
    return found
