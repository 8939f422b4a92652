"""Excel coming back: kept until its differences were seen, then taken whole or not at all."""

from datetime import datetime

from django.db import transaction

from madoguchi.kernel.accounts.public import Person, require
from madoguchi.kernel.audit.public import record
from madoguchi.services.plan.access import Seat
from madoguchi.services.plan.actions import reports
from madoguchi.services.plan.errors import NothingChanges, TableMovedOn
from madoguchi.services.plan.models import Intake, Period
from madoguchi.services.plan.rules.reports import token


@transaction.atomic
def keep(
    period: Period, section_key: str, edits: dict[str, list[reports.Edit]], *, actor: Person, now: datetime
) -> Intake:
    """Put the edits of a workbook aside until they are confirmed. Raises: NotAllowed."""
    require(actor, "plan.report.write", Seat(section_key))
    body = {key: [[edit.step_key, edit.field, edit.text, edit.seen] for edit in found] for key, found in edits.items()}
    return Intake.objects.create(period=period, section_key=section_key, sender=actor, edits=body, sent_at=now)


@transaction.atomic
def take(intake_id: int, *, actor: Person, now: datetime) -> list[str]:
    """Take every edit, or none. Returns the fields that met a newer text of somebody else; both texts are kept.

    Raises: NotAllowed, NotPossibleNow, NothingChanges (taken already), TableMovedOn.
    """
    intake = Intake.objects.select_for_update(of=("self",)).select_related("period").get(pk=intake_id, sender=actor)
    require(actor, "plan.report.write", Seat(intake.section_key))
    if intake.taken_at:
        raise NothingChanges
    met: list[str] = []
    rows = {report.measure_key: report for report in intake.period.reports.filter(measure_key__in=intake.edits)}
    for key, found in intake.edits.items():
        edits = [reports.Edit(*parts) for parts in found]
        saved = reports.save(rows[key].pk, _changed(edits), actor=actor, now=now)
        if saved.refused:
            raise TableMovedOn
        met += saved.met
    intake.taken_at = now
    intake.save(update_fields=["taken_at"])
    record("plan.report.imported", actor=actor, target=intake, detail={"measures": sorted(intake.edits)})
    return met


def _changed(edits: list[reports.Edit]) -> list[reports.Edit]:
    """Only what the writer of the workbook changed."""
    return [edit for edit in edits if token(edit.text) != edit.seen]
