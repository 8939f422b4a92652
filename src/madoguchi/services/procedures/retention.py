"""How long drafts and cases are kept, and how one goes with everything that belongs to it."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from madoguchi.kernel.files.public import discard
from madoguchi.kernel.numbers.public import erase as erase_numbers
from madoguchi.lib import clock, keeping
from madoguchi.lib.keeping import Due, Rule
from madoguchi.lib.receipt_number import NotAReceiptNumber, parse
from madoguchi.services.procedures import queries
from madoguchi.services.procedures.models import Case

State = Case.State


def _due(case: Case, on: date) -> Due:
    return Due(case.pk, on, (f"procedures.case:{case.pk}", f"accounts.person:{case.applicant_id}"))


def _old_drafts(today: date) -> QuerySet[Case]:
    days = queries.draft_days(today)
    if days is None:
        return Case.objects.none()
    return Case.objects.filter(state=State.DRAFT, saved_at__lt=clock.start_of(today - timedelta(days=days)))


def drafts_due(today: date) -> Iterator[Due]:
    """Drafts nobody came back to, by the city's days; without a value none."""
    days = queries.draft_days(today) or 0
    for case in _old_drafts(today).only("applicant", "saved_at").order_by("pk").iterator(chunk_size=2000):
        yield _due(case, clock.day_of(case.saved_at) + timedelta(days=days + 1))


def cases_due(today: date) -> Iterator[Due]:
    """Closed cases past the years that the revision of their procedure says."""
    revisions = Case.objects.exclude(closed_at=None).order_by().values_list("revision", flat=True).distinct()
    for revision in revisions:
        years = _years(revision)
        before = clock.start_of(keeping.ended_before(today, years))
        found = Case.objects.filter(revision=revision, closed_at__lt=before).only("applicant", "closed_at")
        for case in found.order_by("pk").iterator(chunk_size=2000):
            yield _due(case, keeping.due_on(clock.day_of(case.closed_at), years))


def _years(revision: int) -> int:
    one = Case.objects.filter(revision=revision).select_related("revision__record").only("revision").first()
    return int(one.procedure.retention_years) if one else 0


def erase_draft(pk: int, now: datetime) -> list[str]:
    """Raises: DoesNotExist for a draft somebody came back to, or handed in."""
    _old_drafts(clock.day_of(now)).select_for_update(of=("self",)).get(pk=pk)
    return _erase(pk, now)


def erase_case(pk: int, now: datetime) -> list[str]:
    """Raises: DoesNotExist."""
    Case.objects.select_for_update(of=("self",)).exclude(closed_at=None).get(pk=pk)
    return _erase(pk, now)


def _erase(pk: int, now: datetime) -> list[str]:
    case = Case.objects.get(pk=pk)
    keys = [case.seal_key, *(attachment.file.seal_key for attachment in case.attachments.select_related("file"))]
    erase_numbers(case, actor=None, purpose="retention.end", legal_basis="番号法 第20条", now=now)
    for attachment in case.attachments.select_related("file"):
        attachment.delete()
        discard(attachment.file, actor=None)
    case.corrections.all().delete()
    if hasattr(case, "decision"):
        case.decision.delete()
    case.delete()
    return [hashlib.sha256(key.encode()).hexdigest() for key in keys if key]


def find(typed: str) -> str | None:
    """The case with that receipt number, however it is typed."""
    try:
        case = Case.objects.filter(receipt_number=parse(typed)).first()
    except NotAReceiptNumber:
        return None
    return f"procedures.case:{case.pk}" if case else None


RULES = [
    Rule(
        key="procedures.draft",
        name="出されなかった手続の下書き",
        period="最後に保存した日から、市のデータが定める日数（入力の画面で約束した日）",
        due="madoguchi.services.procedures.retention.drafts_due",
        erase="madoguchi.services.procedures.retention.erase_draft",
        needs_decision=False,
    ),
    Rule(
        key="procedures.case",
        name="終わった申請",
        period="終わった年度の翌年度の4月1日から、手続ごとに市のデータが定める年数",
        due="madoguchi.services.procedures.retention.cases_due",
        erase="madoguchi.services.procedures.retention.erase_case",
        find="madoguchi.services.procedures.retention.find",
    ),
]
