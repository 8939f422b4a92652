"""The record of who handled a personal number refuses change; the database sees to it."""

from django.db import migrations

from madoguchi.kernel.audit.public import append_only


class Migration(migrations.Migration):
    dependencies = [("numbers", "0001_initial")]
    operations = [append_only("numbers_handling")]
