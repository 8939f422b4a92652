"""Heads, tiles and stamps, and what auditors search by."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_refuse_changes")]

    operations = [
        migrations.CreateModel(
            name="Tile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.BigIntegerField(unique=True)),
                ("root", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                ("taken_at", models.DateTimeField()),
                ("size", models.BigIntegerField()),
                ("root", models.CharField(max_length=64)),
            ],
            options={"ordering": ["day"]},
        ),
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("response", models.BinaryField()),
                ("stamped_at", models.DateTimeField()),
                (
                    "head",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stamp", to="audit.head"
                    ),
                ),
            ],
        ),
        migrations.AddIndex("line", models.Index(fields=["actor", "number"], name="audit_actor")),
        migrations.AddIndex("line", models.Index(fields=["verb", "number"], name="audit_verb")),
        migrations.AddIndex("line", models.Index(fields=["at"], name="audit_at")),
    ]
