"""What staff prove themselves with beside the password, and how often somebody tried."""

from django.db import models
from django.db.models import Q

from madoguchi.kernel.vault.public import EncryptedTextField


class Factor(models.Model):
    """認証手段: a passkey, an authenticator app or one recovery code. Personal data: whose; kept while in use."""

    PERSONAL_DATA = "which person holds it; the secret is sealed"
    RETENTION_YEARS = 0  # deleted when it is replaced or taken back

    class Kind(models.TextChoices):
        PASSKEY = "passkey", "パスキー"
        TOTP = "totp", "認証アプリ"
        RECOVERY = "recovery", "回復コード"

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=40, blank=True)
    # TOTP: base32; passkey: credential and public key, base64
    secret = EncryptedTextField(blank=True, row=["person_id", "kind", "index"])
    index = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - blind index of credential or code
    last_count = models.BigIntegerField(default=0)  # the last time step or signature count that was accepted
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)  # an app counts after its first right code
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind="totp", confirmed_at=None), name="accounts_one_offered_totp"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind="totp", confirmed_at__isnull=False), name="accounts_one_totp"
            ),
            models.CheckConstraint(
                condition=Q(kind="totp", index=None) | (~Q(kind="totp") & Q(index__isnull=False)),
                name="accounts_factor_index",
            ),
        ]


class Attempts(models.Model):
    """試行回数: tries under one key, and until when no further one is taken. No personal data: the key is blind."""

    PERSONAL_DATA = "none readable: a keyed digest"
    RETENTION_YEARS = 0  # swept after a day

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    closed_until = models.DateTimeField(null=True)


class Invitation(models.Model):
    """招待: a one-time code with which a member of staff sets a password. Personal data: whose; keep 1 year."""

    PERSONAL_DATA = "who was invited by whom"
    RETENTION_YEARS = 1

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="invitations")
    index = models.CharField(max_length=64, unique=True)  # blind index of person and code
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
