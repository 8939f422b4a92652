"""Doors of the jobs: work that happens after the page is shown."""

from django_tasks import task as job

from madoguchi.kernel.jobs.actions import enqueue

__all__ = ["enqueue", "job"]
