"""Writing a 進捗管理表: several people at once, submitting, checking, commenting."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from madoguchi.kernel.accounts.public import Person, require, staff_with
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.notify.public import send
from madoguchi.lib import clock
from madoguchi.services.plan import access
from madoguchi.services.plan.actions.periods import fix
from madoguchi.services.plan.actions.promises import lock
from madoguchi.services.plan.actions.texts import needed
from madoguchi.services.plan.errors import Incomplete, NotPossibleNow
from madoguchi.services.plan.models import Aside, Line, Remark, Report
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.rules import cells
from madoguchi.services.plan.rules import reports as rules


@dataclass(frozen=True)
class Edit:
    """One field as somebody wrote it; `seen` is the token of what they saw. `step_key` empty: a field of the report."""

    step_key: str
    field: str
    text: str
    seen: str

    @property
    def name(self) -> str:
        """The name of its control on the page."""
        return f"{self.step_key}.{self.field}"


@dataclass
class Saved:
    """What became of a set of edits: new tokens, refused cells, and texts that met another's."""

    tokens: dict[str, str] = field(default_factory=dict)
    refused: dict[str, cells.Refused] = field(default_factory=dict)
    met: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)


def text_of(row: Line | Report, name: str) -> str:
    """A field as text, the way it is written and compared."""
    value = getattr(row, name)
    return value.isoformat() if isinstance(value, date) else value or ""


def locked(report_id: int) -> Report:
    return Report.objects.select_for_update(of=("self",)).select_related("period").get(pk=report_id)


def move(report: Report, act: str) -> None:
    """Raises: NotPossibleNow."""
    target = rules.next_state(act, report.state)
    if target is None:
        raise NotPossibleNow(report.get_state_display())
    report.state = target


@transaction.atomic
def save(report_id: int, edits: Sequence[Edit], *, actor: Person, now: datetime) -> Saved:
    """Keep what was written. A text that met a newer one of somebody else is put aside, never lost.

    Raises: NotAllowed, NotPossibleNow.
    """
    report = locked(report_id)
    access.require(access.may_write, actor, queries.measure(report.measure_key))
    if report.state not in rules.WRITABLE:
        raise NotPossibleNow(report.get_state_display())
    lines = {line.step.key: line for line in report.lines.select_related("step")}
    saved = Saved()
    for edit in edits:
        row: Line | Report | None = lines.get(edit.step_key) if edit.step_key else report
        names = cells.LINE_FIELDS if edit.step_key else cells.REPORT_FIELDS
        if row is not None and edit.field in names:
            _take(row, edit, saved, report=report, actor=actor, now=now)
    _fit(lines.values(), saved)
    _write([report, *lines.values()], saved)
    _tell_tokens(edits, saved, report, lines, today=clock.day_of(now))
    if saved.taken:
        record("plan.report.written", actor=actor, target=report, detail={"fields": sorted(saved.taken)})
    return saved


def _tell_tokens(
    edits: Sequence[Edit], saved: Saved, report: Report, lines: Mapping[str, Line], *, today: date
) -> None:
    """A writer's next text is compared with what stands, but only where that is what the writer has before them."""
    for edit in edits:
        row: Line | Report | None = lines.get(edit.step_key) if edit.step_key else report
        if row is None or edit.name in saved.refused or edit.field not in cells.LABELS:
            continue
        current = text_of(row, edit.field)
        if cells.read(edit.field, edit.text, today=today) == current:
            saved.tokens[edit.name] = rules.token(current)


def _take(row: Line | Report, edit: Edit, saved: Saved, *, report: Report, actor: Person, now: datetime) -> None:
    try:
        text = cells.read(edit.field, edit.text, today=clock.day_of(now))
    except cells.Refused as refused:
        saved.refused[edit.name] = refused
        return
    match rules.meet(current=text_of(row, edit.field), seen=edit.seen, new=text):
        case "take":
            _put(row, edit.field, text)
            saved.taken.append(edit.name)
        case "conflict":
            line = row if isinstance(row, Line) else None
            waiting = Aside.objects.filter(report=report, line=line, field=edit.field, author=actor, resolved_at=None)
            if not waiting.update(text=text, written_at=now):
                Aside.objects.create(
                    report=report, line=line, field=edit.field, text=text, author=actor, written_at=now
                )
            saved.met.append(edit.name)


def _put(row: Line | Report, name: str, text: str) -> None:
    value: Any = (date.fromisoformat(text) if text else None) if name in cells.DATES else text
    setattr(row, name, value)


def _fit(lines: Iterable[Line], saved: Saved) -> None:
    """Refuse fields that do not fit together within a line; the others of the line stand."""
    for line in lines:
        while problem := cells.problem_of({name: text_of(line, name) for name in cells.LINE_FIELDS}):
            name, refused = problem
            key = f"{line.step.key}.{name}"
            saved.refused[key] = refused
            before = Line.objects.values_list(name, flat=True).get(pk=line.pk)
            if getattr(line, name) == before:  # the other half of the pair is at fault
                other = {"finished_on": "started_on", "forecast_last": "forecast_first"}[name]
                before, name = Line.objects.values_list(other, flat=True).get(pk=line.pk), other
            setattr(line, name, before)
            saved.taken = [taken for taken in saved.taken if taken != f"{line.step.key}.{name}"]


def _write(rows: Sequence[Line | Report], saved: Saved) -> None:
    for row in rows:
        key = row.step.key if isinstance(row, Line) else ""
        changed = [name.partition(".")[2] for name in saved.taken if name.partition(".")[0] == key]
        if changed:
            row.save(update_fields=changed)


@transaction.atomic
def settle(aside_id: int, text: str, *, actor: Person, now: datetime) -> Aside:
    """行き違い: a person read both texts and wrote the one that stands. Raises: NotAllowed, NotPossibleNow, Refused."""
    aside = Aside.objects.select_related("line__step").get(pk=aside_id)
    report = locked(aside.report_id)
    access.require(access.may_write, actor, queries.measure(report.measure_key))
    if report.state not in rules.WRITABLE or aside.resolved_at:
        raise NotPossibleNow(report.get_state_display())
    row: Line | Report = aside.line or report
    _put(row, aside.field, cells.read(aside.field, text, today=clock.day_of(now)))
    row.save(update_fields=[aside.field])
    aside.resolved_at = now
    aside.save(update_fields=["resolved_at"])
    record("plan.report.settled", actor=actor, target=report, detail={"field": aside.field})
    return aside


@transaction.atomic
def submit(report_id: int, *, actor: Person, now: datetime) -> Report:
    """Hand the table in. The first one that says work began locks the baseline.

    Raises: NotAllowed, NotPossibleNow, Incomplete.
    """
    report = locked(report_id)
    measure = queries.measure(report.measure_key)
    access.require(access.may_write, actor, measure)
    move(report, "submit")
    lines = list(report.lines.select_related("step").order_by("step__position"))
    if gaps := _gaps(report, lines):
        raise Incomplete(gaps)
    report.submitted_at, report.submitted_by = now, actor
    report.save(update_fields=["state", "submitted_at", "submitted_by"])
    record("plan.report.submitted", actor=actor, target=report, detail={"measure": measure.key})
    if any(line.started_on for line in lines):
        lock(measure, actor=actor, now=now)
    return report


def _gaps(report: Report, lines: list[Line]) -> list[str]:
    """What is owed before a table can be handed in."""
    gaps = [
        f"「{line.step.title}」は計画と時期が違います。理由を書いてください。"
        for line in lines
        if not line.reason
        and line.step.withdrawn_on is None
        and rules.differs(queries.facts(line, {}), forecast_last=line.forecast_last)
    ]
    gaps += [
        f"「{line.step.title}」は遅れています。見込みの終わりを書いてください。"
        for line in lines
        if not line.forecast_last and rules.step_state(queries.facts(line, {}), report.period.half_year.last) == "late"
    ]
    if report.asides.filter(resolved_at=None).exists():
        gaps.append("行き違いになった文があります。どちらを残すか選んでください。")
    return gaps


@transaction.atomic
def send_back(report_id: int, question: str, *, actor: Person, now: datetime) -> Report:
    """差戻し: the plan office asks; the table is open again.

    Raises: NotAllowed, NotPossibleNow, TextMissing, TextTooLong.
    """
    report = locked(report_id)
    require(actor, "plan.report.check", report)
    told = needed(question, "質問")
    move(report, "send_back")
    report.checked_at, report.checked_by = now, actor
    report.save(update_fields=["state", "checked_at", "checked_by"])
    remark = Remark.objects.create(report=report, kind=Remark.Kind.QUESTION, text=told, author=actor, written_at=now)
    record("plan.report.sent_back", actor=actor, target=report, detail={"remark": remark.pk})
    for person in staff_with("plan.report.write", section_key=report.section_key, on=clock.day_of(now)):
        send(
            "plan.report_returned",
            to=person,
            context={
                "half": report.period.half_year.label,
                "measure": queries.measure(report.measure_key).name.ja,
                "path": f"/plan/reports/{report.period.half}/{report.measure_key}/",
            },
            dedup=f"plan.report_returned:{remark.pk}:{person.pk}",
        )
    return report


@transaction.atomic
def confirm(report_id: int, *, actor: Person, now: datetime) -> Report:
    """確認: the plan office accepts the table; one that comes after the period was closed is fixed at once."""
    report = locked(report_id)
    require(actor, "plan.report.check", report)
    move(report, "confirm")
    report.checked_at, report.checked_by = now, actor
    report.save(update_fields=["state", "checked_at", "checked_by"])
    record("plan.report.confirmed", actor=actor, target=report)
    if report.period.closed_at:
        fix(report, report.period, actor=actor, now=now)
    return report


@transaction.atomic
def remark(report_id: int, text: str, *, actor: Person, now: datetime) -> Remark:
    """意見 of a lead or related section; from a lead section after a question it is the answer.

    Raises: NotAllowed, TextMissing, TextTooLong.
    """
    report = locked(report_id)
    measure = queries.measure(report.measure_key)
    access.require(access.may_comment, actor, measure)
    told = needed(text, "意見")
    last = report.remarks.last()
    is_answer = last is not None and last.kind == Remark.Kind.QUESTION and access.may_write(actor, measure)
    found = Remark.objects.create(
        report=report,
        kind=Remark.Kind.ANSWER if is_answer else Remark.Kind.COMMENT,
        text=told,
        author=actor,
        section_key=access.seat_of(actor, measure),
        written_at=now,
    )
    record("plan.report.remarked", actor=actor, target=report, detail={"remark": found.pk})
    return found
