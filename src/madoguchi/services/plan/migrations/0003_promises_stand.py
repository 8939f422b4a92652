"""What was promised, changed and fixed stays: the database refuses to change or drop it."""

from django.db import migrations

from madoguchi.kernel.audit.public import append_only


class Migration(migrations.Migration):
    dependencies = [("plan", "0002_promises_council_evaluation")]
    operations = [append_only(table) for table in ("plan_baseline", "plan_change", "plan_snapshot")]
