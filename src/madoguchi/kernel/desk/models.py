"""What a person keeps at hand for a list: its filters as they were last, and under names of their own."""

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
