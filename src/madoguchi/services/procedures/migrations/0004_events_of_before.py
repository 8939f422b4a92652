"""What happened before events were kept: the figures count it by its events from now on, so it becomes events, too."""

from collections import Counter
from itertools import islice
from zoneinfo import ZoneInfo

from django.db import migrations

TOKYO = ZoneInfo("Asia/Tokyo")
BATCH = 2000


def tell_of_before(apps, schema_editor):  # noqa: ARG001
    cases, decisions = (apps.get_model("procedures", name).objects for name in ("Case", "Decision"))
    submitted = cases.exclude(submitted_at=None).values_list("pk", "submitted_at")
    decided = decisions.values_list("case_id", "decided_at")
    _keep(apps, "procedures.case.submitted", submitted)
    _keep(apps, "procedures.case.decided", decided)


def _keep(apps, name, rows):
    event, tally = apps.get_model("events", "Event"), apps.get_model("evidence", "Tally")
    days, waiting = Counter(), rows.iterator(chunk_size=BATCH)
    while batch := list(islice(waiting, BATCH)):
        days.update(at.astimezone(TOKYO).date() for _, at in batch)
        event.objects.bulk_create(
            event(name=name, subject=f"procedures.case_id:{pk}", ids={"case_id": pk}, at=at) for pk, at in batch
        )
    tally.objects.bulk_create(tally(event=name, day=day, count=count) for day, count in sorted(days.items()))


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0003_case_mandate"),
        ("events", "0001_initial"),
        ("evidence", "0003_tally"),
    ]
    operations = [migrations.RunPython(tell_of_before, migrations.RunPython.noop)]
