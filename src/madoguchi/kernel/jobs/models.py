"""What the queue remembers beyond the rows of django-tasks."""

from django.db import models


class DeadLetter(models.Model):
    """配達不能の処理: a job that failed as often as it may; it rests until somebody retries it."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 1

    result = models.OneToOneField("django_tasks_database.DBTaskResult", models.CASCADE, related_name="dead_letter")
    given_up_at = models.DateTimeField()
