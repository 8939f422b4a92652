"""What was fixed stays: the database refuses to change or drop it."""

from django.db import migrations

from madoguchi.kernel.audit.public import append_only


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_frozen")]
    operations = [append_only("evidence_frozen")]
