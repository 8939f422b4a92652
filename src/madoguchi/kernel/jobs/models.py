"""What the queue remembers beyond the rows of django-tasks."""

from django.db import models


class DeadLetter(models.Model):
    """配達不能の処理: a job that failed as often as it may; it rests until somebody retries it."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 1

    result = models.OneToOneField("django_tasks_database.DBTaskResult", models.CASCADE, related_name="dead_letter")
    given_up_at = models.DateTimeField()


class Slot(models.Model):
    """定期処理の一回: one time that recurring work was due, and what became of it. No personal data; keep 1 year."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 1

    class State(models.TextChoices):
        FIRST = "first", "ここから始まる"  # the work was seen for the first time; nothing ran
        QUEUED = "queued", "順番を待つ"
        DONE = "done", "終わった"

    key = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    state = models.CharField(max_length=6, choices=State, default=State.QUEUED)
    ended_at = models.DateTimeField(null=True)
    result = models.ForeignKey("django_tasks_database.DBTaskResult", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "due_at"], name="jobs_slot_once")]
