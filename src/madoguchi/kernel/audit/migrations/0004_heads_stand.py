"""The database refuses to change or drop lines, tiles, heads and stamps."""

from django.db import migrations

from madoguchi.kernel.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_heads")]
    operations = [append_only("audit_line", "audit_tile", "audit_head", "audit_stamp")]
