"""Notices to people, queued with the act they tell of, and how each person wants to be reached."""

import uuid

from django.db import models


class Notice(models.Model):
    """通知: one message to one person. Personal data: who; the words are made when shown or sent; keep 1 year."""

    PERSONAL_DATA = "recipient"
    RETENTION_YEARS = 1

    class State(models.TextChoices):
        QUEUED = "queued", "送信待ち"
        SENT = "sent", "送信済み"
        NO_ADDRESS = "no_address", "宛先なし"
        PAGE_ONLY = "page_only", "画面だけ"
        RETURNED = "returned", "届かなかった"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=80)  # `<slug>.<name>`: the template <slug>/mail/<name>.txt
    dedup = models.CharField(max_length=160, unique=True)
    recipient = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    context = models.JSONField(default=dict)
    is_due = models.BooleanField(default=True)  # owed by law or by work; others can be unsubscribed
    is_urgent = models.BooleanField(default=False)  # goes out in quiet hours, too
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_to = models.CharField(max_length=64, blank=True)  # blind index of the address
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-queued_at"], name="notify_of_person")]


class Reach(models.Model):
    """受け取り方: how one person wants to be reached, and whether mail comes back. Personal data: who."""

    PERSONAL_DATA = "which person wants which channel; the address only as a blind index"
    RETENTION_YEARS = 5

    class Channel(models.TextChoices):
        MAIL = "mail", "メールと画面"
        PAGE = "page", "画面だけ"

    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="+")
    channel = models.CharField(max_length=4, choices=Channel, default=Channel.MAIL)
    only_due = models.BooleanField(default=False)  # unsubscribed from the others
    returned_from = models.CharField(max_length=64, blank=True)  # blind index of the address mail came back from
    returned_at = models.DateTimeField(null=True)
