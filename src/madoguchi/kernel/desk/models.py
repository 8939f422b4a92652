"""What a person keeps at hand: filters of a list, views with names, what they closed, what they can take back."""

import uuid

from django.db import models
from django.db.models import Q

from madoguchi.kernel.vault.public import EncryptedTextField


class LastFilters(models.Model):
    """前の絞り込み: how a person last narrowed a list. Personal data: what they looked for (sealed); goes with them."""

    PERSONAL_DATA = "what a member of staff looked for (sealed)"
    RETENTION_YEARS = 5

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    page = models.CharField(max_length=40)  # the list, as `desk`
    query = EncryptedTextField(blank=True, row=["person_id", "page"])  # of its address

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="desk_last_filters_once")]


class SavedView(models.Model):
    """保存した表示: filters of a list under a name. Personal data: what they look for (sealed); goes with them."""

    PERSONAL_DATA = "what a member of staff looks for, and its name (sealed)"
    RETENTION_YEARS = 5

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    page = models.CharField(max_length=40)
    name = EncryptedTextField(row=["uid"])
    query = EncryptedTextField(blank=True, row=["uid"])
    is_default = models.BooleanField(default=False)  # the list opens with it

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "page"], condition=Q(is_default=True), name="desk_one_default_view"
            )
        ]


class Closed(models.Model):
    """閉じたもの: first steps somebody has read, keys somebody does not want. Personal data: who; goes with them."""

    PERSONAL_DATA = "who has closed it"
    RETENTION_YEARS = 5

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    what = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "what"], name="desk_closed_once")]


class Undo(models.Model):
    """取り消し: what whoever did it can take back for some minutes. Personal data: who acted; gone in the night."""

    PERSONAL_DATA = "which member of staff acted"
    RETENTION_YEARS = 1

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    act = models.CharField(max_length=80)  # who takes it back: a key of the manifests' `undo`
    facts = models.JSONField()  # one a thing: ids, and how it was before and after
    done_at = models.DateTimeField(db_index=True)
    undone_at = models.DateTimeField(null=True)
