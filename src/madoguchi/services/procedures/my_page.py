"""A person's cases on their own page."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from madoguchi.kernel.mandates.public import Acting
from madoguchi.kernel.registry.public import MyItem
from madoguchi.services.procedures import queries
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
STAGES = {State.DRAFT: "running", State.SUBMITTED: "running", State.CORRECTING: "todo"}
MOST_SHOWN = 100


def items(acting: Acting, *, today: date) -> list[MyItem]:  # noqa: ARG001 - the same shape for every service
    """The newest hundred cases, corrections first to do. Three queries."""
    cases = Case.objects.filter(**queries.of(acting)).select_related("revision__record").order_by("-saved_at")
    open_corrections = {
        correction.case_id: correction
        for correction in Correction.objects.filter(case__applicant=acting.person, answered_at=None)
    }
    return [_item(case, open_corrections.get(case.pk)) for case in cases[:MOST_SHOWN]]


def _item(case: Case, correction: Correction | None) -> MyItem:
    title = str(case.procedure.name)
    if correction:
        url = reverse("procedures:correct", args=[case.uid])
        due_on = correction.answer_by
        question = case.procedure.question(correction.question_key).label
        note = _("「%(question)s」をもう一度お答えください。") % {"question": question}
    else:
        url = reverse("procedures:case", args=[case.uid])
        due_on = case.due_on
        number = case.receipt_number
        note = (
            _("受付番号 %(number)s") % {"number": number}
            if number
            else _("まだ送られていません。つづきから入力できます。")
        )
    return MyItem(
        stage=STAGES.get(State(case.state), "done"),
        title=title,
        url=url,
        state=str(case.get_state_display()),
        state_kind=KINDS[State(case.state)],
        at=case.closed_at or case.saved_at,
        note=note,
        due_on=due_on,
    )
