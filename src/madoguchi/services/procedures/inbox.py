"""Open cases in the inbox of the desk."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from madoguchi.kernel.accounts.public import Person, may
from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.desk.public import Matter, Rows
from madoguchi.lib.receipt_number import NotAReceiptNumber, parse
from madoguchi.services.procedures import queries
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.rules import OPEN_STATES


def queues(person: Person, *, today: date) -> list[Rows]:  # noqa: ARG001 - the same shape for every service
    """None for people without the permission."""
    if not may(person, "procedures.case.view"):
        return []
    return [
        Rows(
            key="procedures.case",
            kind="申請",
            rows=queries.visible_to(person).filter(state__in=OPEN_STATES),
            load=_matters,
            find=_find,
            since="submitted_at",
            due="due_on",
            section="section_key",
            holder="holder",
        )
    ]


def _find(text: str) -> Q:
    """A receipt number as people type it, or a word in the name of a procedure."""
    try:
        return Q(receipt_number=parse(text))
    except NotAReceiptNumber:
        return Q(procedure_key__in=[key for key, name in _names().items() if text in name])


def _names() -> dict[str, str]:
    return {procedure.key: procedure.name.ja for procedure in records("procedure")}


def _matters(keys: Sequence[int]) -> Iterable[Matter]:
    """Without the answers, and without names: nobody has looked at a case yet."""
    names = _names()
    columns = (
        "uid",
        "receipt_number",
        "procedure_key",
        "section_key",
        "state",
        "submitted_at",
        "due_on",
        "holder__name",
    )
    for case in Case.objects.filter(pk__in=keys).select_related("holder").only(*columns):
        yield Matter(
            key=case.pk,
            title=f"{names.get(case.procedure_key, case.procedure_key)}　{case.receipt_number}",
            state=str(case.get_state_display()),
            url=reverse("procedures:desk_case", args=[case.uid]),
            section_key=case.section_key,
            since=case.submitted_at,
            due_on=case.due_on,
            holder_id=case.holder_id,
            holder=case.holder.name if case.holder else "",
        )
