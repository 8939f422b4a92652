"""A person's cases on their own page: what they must do, what the city does next, what is over."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from madoguchi.kernel.mandates.public import Acting
from madoguchi.kernel.registry.public import MyItem
from madoguchi.lib import clock
from madoguchi.services.procedures import queries, rules
from madoguchi.services.procedures.models import Case, Correction

State = Case.State
KINDS = {
    State.DRAFT: "wait",
    State.SUBMITTED: "info",
    State.CORRECTING: "wait",
    State.APPROVED: "ok",
    State.REFUSED: "err",
    State.WITHDRAWN: "info",
}
STAGES = {State.DRAFT: "todo", State.SUBMITTED: "running", State.CORRECTING: "todo"}
MOST_SHOWN = 100


def items(acting: Acting, *, today: date) -> list[MyItem]:
    """The newest hundred cases. Four queries, however many there are."""
    draft_days = queries.draft_days(today)
    cases = Case.objects.filter(**queries.of(acting)).select_related("revision__record").order_by("-saved_at")
    open_corrections = {
        correction.case_id: correction
        for correction in Correction.objects.filter(case__applicant=acting.person, answered_at=None)
    }
    return [_item(case, open_corrections.get(case.pk), today, draft_days) for case in cases[:MOST_SHOWN]]


def _item(case: Case, correction: Correction | None, today: date, draft_days: int | None) -> MyItem:
    note, due_on = _to_do(case, correction, today, draft_days)
    next_step = _next_step(case, today)
    return MyItem(
        stage=STAGES.get(State(case.state), "done"),
        title=str(case.procedure.name),
        url=reverse("procedures:correct" if correction else "procedures:case", args=[case.uid]),
        state=str(case.get_state_display()),
        state_kind=KINDS[State(case.state)],
        at=case.closed_at or case.saved_at,
        note=note,
        due_on=due_on,
        next_step=next_step,
        next_by=case.due_on if next_step and case.due_on and case.due_on >= today else None,
    )


def _to_do(case: Case, correction: Correction | None, today: date, draft_days: int | None) -> tuple[str, date | None]:
    """What there is to do, or the number to ask with; and by when."""
    if correction:
        question = case.procedure.question(correction.question_key).label
        return _("「%(question)s」をもう一度お答えください。") % {"question": question}, correction.answer_by
    if case.state == State.DRAFT:
        return _draft(case, today, draft_days)
    return _("受付番号 %(number)s") % {"number": case.receipt_number}, None


def _draft(case: Case, today: date, days: int | None) -> tuple[str, date | None]:
    """Until when to hand it in, or until when it is kept, whichever comes first."""
    limit = rules.deadline(case.procedure, case.answers, today)
    kept = clock.day_of(case.saved_at) + timedelta(days=days) if days is not None else None
    if limit and limit.in_time and limit.last_day <= (kept or date.max):
        return _("まだ送られていません。つづきを入力して、この日までに送ってください。"), limit.last_day
    if kept:
        return _("まだ送られていません。この日を過ぎると、入力したものは消えます。"), kept
    return _("まだ送られていません。つづきから入力できます。"), None


def _next_step(case: Case, today: date) -> str:
    """What the city does next, while the applicant waits."""
    if case.state != State.SUBMITTED:
        return ""
    if case.due_on and case.due_on < today:
        return _("予定の日を過ぎています。お待たせしています。くわしくは担当の課にお問い合わせください。")
    return _("担当の課が内容を確かめ、決定をお知らせします。")
