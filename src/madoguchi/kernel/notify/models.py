"""Notices to people, queued with the act they tell of."""

import uuid

from django.db import models


class Notice(models.Model):
    """通知: one message to one person. Personal data: who; the words are made when sent; keep 1 year."""

    PERSONAL_DATA = "recipient"
    RETENTION_YEARS = 1

    class State(models.TextChoices):
        QUEUED = "queued", "送信待ち"
        SENT = "sent", "送信済み"
        NO_ADDRESS = "no_address", "宛先なし"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=80)  # `<slug>.<name>`: the template <slug>/mail/<name>.txt
    dedup = models.CharField(max_length=160, unique=True)
    recipient = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-queued_at"], name="notify_of_person")]
