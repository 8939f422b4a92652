"""Stored files: sealed on disk under a random name, reachable only through an access rule."""

import uuid

from django.db import models

from madoguchi.kernel.vault.public import EncryptedTextField


class StoredFile(models.Model):
    """保存ファイル. Personal data: name and content (sealed); kept for the years its owner states."""

    PERSONAL_DATA = "file name, content"
    RETENTION_YEARS = 5

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    name = EncryptedTextField(row=["uid"])
    content_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the content as stored
    retention_years = models.PositiveSmallIntegerField()
    stored_at = models.DateTimeField()
