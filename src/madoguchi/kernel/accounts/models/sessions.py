"""Where a person is signed in."""

from datetime import datetime

from django.db import models

from madoguchi.kernel.accounts import rules


class SignIn(models.Model):
    """サインインの記録: one session on one device. Personal data: who, when, which browser; keep 1 year."""

    PERSONAL_DATA = "who signed in when, with which browser"
    RETENTION_YEARS = 1

    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    way = models.CharField(max_length=10)  # passkey, totp, recovery, provider
    device = models.CharField(max_length=60)
    shared = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-seen_at"]

    def is_open(self, now: datetime) -> bool:
        """Whether the session still lives."""
        life = rules.life(is_staff=self.person.is_staff_member, shared=self.shared)
        return self.ended_at is None and not life.is_over(began_at=self.began_at, seen_at=self.seen_at, now=now)
