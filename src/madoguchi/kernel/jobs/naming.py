"""A job has a name that staff can read when it stops."""

from collections.abc import Callable
from typing import Any

from django_tasks import task
from django_tasks.base import Task

NAMES: dict[str, str] = {}


def job(name: str = "", **options: Any) -> Callable[[Callable[..., None]], Task[..., None]]:
    """`django_tasks.task` with a Japanese name; `queue_name="long"` for what may take longer than ten minutes."""

    def wrap(function: Callable[..., None]) -> Task[..., None]:
        made: Task[..., None] = task(**options)(function)
        NAMES[made.module_path] = name
        return made

    return wrap
