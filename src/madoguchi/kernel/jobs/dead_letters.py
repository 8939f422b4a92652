"""配達不能の処理: why a job was given up, and what a person does about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, models, transaction
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.accounts.public import Person, require
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.jobs.actions import WorkerLost, make_ready
from madoguchi.kernel.jobs.models import DeadLetter

PERMISSION = "jobs.dead_letter.handle"


@dataclass(frozen=True)
class Reason:
    """Why it stopped and what to do, in words a clerk reads."""

    what: str
    next_step: str


AGAIN = "直っていれば、もう一度動かせます。"
# By the class of the error; the first that fits.
REASONS: tuple[tuple[type[BaseException], Reason], ...] = (
    (
        WorkerLost,
        Reason("時間内に終わりませんでした。", "もう一度動かし、また止まれば開発元に下の記録を渡してください。"),
    ),
    (ObjectDoesNotExist, Reason("対象の記録がもうありません。", "取りやめてかまいません。")),
    (DatabaseError, Reason("データベースが応じませんでした。", AGAIN)),
    (OSError, Reason("相手のサーバーかディスクが応じませんでした。", AGAIN)),
)
UNKNOWN = Reason("プログラムの誤りのようです。", "開発元に下の記録を渡してください。直るまで、ここに残ります。")


def dead_letters(person: Person) -> models.QuerySet[DeadLetter]:
    """The newest first. Raises: NotAllowed."""
    require(person, PERMISSION)
    return DeadLetter.objects.select_related("result").order_by("-given_up_at", "pk")


def reason_of(error_path: str) -> Reason:
    """By the class of the error; its message is not kept, for it may name people."""
    try:
        error = import_string(error_path)
    except ImportError:
        return UNKNOWN
    return next((reason for kind, reason in REASONS if issubclass(error, kind)), UNKNOWN)


@transaction.atomic
def retry(job_id: UUID, *, actor: Person | None, now: datetime) -> None:
    """Let a dead letter run again with all its attempts, after its cause was mended.

    Raises: NotAllowed, DeadLetter.DoesNotExist.
    """
    _require(actor)
    row = _take(job_id)
    row.worker_ids = []
    make_ready(row, now)
    _note("jobs.dead_letter.retried", row, actor)


@transaction.atomic
def retry_all(*, actor: Person, now: datetime) -> int:
    """As `retry`, for every one there is: a mail server was off for a night. Raises: NotAllowed."""
    jobs = list(dead_letters(actor).values_list("result_id", flat=True))
    for job_id in jobs:
        retry(job_id, actor=actor, now=now)
    return len(jobs)


@transaction.atomic
def discard(job_id: UUID, *, actor: Person) -> None:
    """Give the work up for good; that it was there stays in the trail. Raises: NotAllowed, DeadLetter.DoesNotExist."""
    _require(actor)
    row = _take(job_id)
    _note("jobs.dead_letter.discarded", row, actor)
    row.delete()


def _require(actor: Person | None) -> None:
    if actor is not None:  # else it is the command, on the machine itself
        require(actor, PERMISSION)


def _take(job_id: UUID) -> DBTaskResult[..., Any]:
    letter = DeadLetter.objects.select_for_update(of=("self",)).select_related("result").get(result=job_id)
    row: DBTaskResult[..., Any] = letter.result
    letter.delete()
    return row


def _note(verb: str, row: DBTaskResult[..., Any], actor: Person | None) -> None:
    detail = {"job": row.task_path, "error": row.exception_class_path}
    record(verb, actor=actor, target=f"jobs.job:{row.pk}", detail=detail)
