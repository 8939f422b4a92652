"""Stored files: sealed on disk under a random name, reachable only through an access rule."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madoguchi.kernel.files.errors import FileShut
from madoguchi.kernel.vault.public import EncryptedTextField, RowKeyField


class StoredFile(models.Model):
    """保存ファイル. Personal data: name and content (sealed); kept for the years its owner states."""

    PERSONAL_DATA = "file name, content"
    RETENTION_YEARS = 5

    class State(models.TextChoices):
        """検査: what is known about the content. Only the first two open."""

        CLEAN = "clean", _("検査済み")
        UNCHECKED = "unchecked", _("検査なし")  # of a time in which the city had no scanner
        WAITING = "waiting", _("検査中")
        HARMFUL = "harmful", _("有害なため開けません")
        UNSCANNABLE = "unscannable", _("検査できないため開けません")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    seal_key = RowKeyField(row=["uid"])  # of name and content
    name = EncryptedTextField(row=["uid"], key_in="seal_key")
    content_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the content as stored
    retention_years = models.PositiveSmallIntegerField()
    stored_at = models.DateTimeField()
    state = models.CharField(max_length=11, choices=State)
    scanned_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=200, blank=True)  # the signature's name, or why it could not be scanned
    next_scan_at = models.DateTimeField(null=True)
    scan_errors = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["unchecked", "waiting"], scanned_at=None)
                | Q(state__in=["clean", "harmful", "unscannable"], scanned_at__isnull=False),
                name="files_known_once_scanned",
            )
        ]
        indexes = [models.Index(fields=["stored_at"], condition=Q(state="waiting"), name="files_waiting")]

    @property
    def opens(self) -> bool:
        """Whether anybody but the scanner may see the content, or a picture of it."""
        return self.state in {self.State.CLEAN, self.State.UNCHECKED}

    @property
    def is_bad(self) -> bool:
        """Whether its owner has to send another."""
        return self.state in {self.State.HARMFUL, self.State.UNSCANNABLE}

    @property
    def why_shut(self) -> str:
        """Why it does not open, and what its sender can do."""
        return "" if self.opens else str(FileShut(self.state))

    @property
    def small(self) -> str:
        """The `data:` address of a small picture, of a picture that opens; load it with `select_related`."""
        return self.thumbnail.address if self.opens and hasattr(self, "thumbnail") else ""

    @property
    def status(self) -> str:
        """The status of the face for its state."""
        return {"clean": "ok", "unchecked": "info", "waiting": "wait", "harmful": "err"}.get(self.state, "warn")


class Thumbnail(models.Model):
    """縮小画像: a picture of a stored picture, small enough for a list. Goes with its file."""

    PERSONAL_DATA = "what can be seen on a small picture"
    RETENTION_YEARS = 5

    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="thumbnail")
    address = EncryptedTextField(row=["file_id"])  # a data: address of a JPEG
