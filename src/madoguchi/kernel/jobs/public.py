"""Doors of the jobs: work that happens after the page is shown."""

from madoguchi.kernel.jobs.actions import enqueue
from madoguchi.kernel.jobs.naming import job

__all__ = ["enqueue", "job"]
