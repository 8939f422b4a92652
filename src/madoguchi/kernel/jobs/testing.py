"""For tests: a job that does nothing."""

from madoguchi.kernel.jobs.public import job


@job()
def nothing(number: int) -> None:
    """Accepts an id and is done."""
