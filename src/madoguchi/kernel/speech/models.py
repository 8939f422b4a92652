"""Pages as sound: one row for what was to be read, whichever page says it."""

from django.db import models
from django.db.models import Q


class Sound(models.Model):
    """よみあげの音: the main text of a public page, spoken. No personal data; goes when nobody hears it any more."""

    PERSONAL_DATA = "none: what a public page says to everyone"
    RETENTION_YEARS = 1

    class State(models.TextChoices):
        WAITING = "waiting", "順番を待つ"
        READY = "ready", "聞ける"
        FAILED = "failed", "できなかった"

    digest = models.CharField(max_length=64, unique=True)  # of the lines, and of what they are read by
    path = models.CharField(max_length=300)
    register = models.CharField(max_length=7)
    lines = models.JSONField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    used_on = models.DateField()  # the last day somebody asked for it or heard it
    seconds = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ready", seconds__isnull=False) | (~Q(state="ready") & Q(seconds=None)),
                name="speech_ready_is_as_long_as_it_is",
            )
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(state="waiting"), name="speech_waiting")]

    @property
    def minutes(self) -> int:
        return max(1, round((self.seconds or 0) / 60))

    @property
    def name(self) -> str:
        """Where it lies."""
        return f"speech/{self.digest}.mp3"
