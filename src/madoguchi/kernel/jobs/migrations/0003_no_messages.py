"""Errors of before: only their class stays, for a message may quote what somebody wrote."""

from typing import Any

from django.db import migrations


def forget_messages(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    apps.get_model("django_tasks_database", "DBTaskResult").objects.exclude(traceback="").update(traceback="")


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_slot")]
    operations = [migrations.RunPython(forget_messages, migrations.RunPython.noop)]
