"""What the pack said last beside what stands here, so that applying it anew tells an edit of staff from an old pack."""

from typing import Any

from django.db import migrations, models


def remember(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    """Until now applying a pack overwrote everything, so the last revision no member of staff made was the pack's."""
    line, record = apps.get_model("audit", "Line"), apps.get_model("citydata", "Record")
    edits = set()
    for detail in line.objects.filter(verb="citydata.record.revised").values_list("detail", flat=True).iterator():
        edits.add((detail["kind"], detail["key"], detail["number"]))
    for found in record.objects.filter(retired_at=None).iterator():
        said = [one for one in found.revisions.all() if (found.kind, found.key, one.number) not in edits]
        if said:
            found.pack_digest = max(said, key=lambda one: one.number).digest
            found.save(update_fields=["pack_digest"])


class Migration(migrations.Migration):
    dependencies = [("citydata", "0001_initial"), ("audit", "0001_initial")]

    operations = [
        migrations.AddField("record", "pack_digest", models.CharField(blank=True, default="", max_length=64)),
        migrations.AddField("revision", "reason", models.CharField(blank=True, default="", max_length=400)),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
