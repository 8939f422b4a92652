"""`madoguchi dead_letters`: what the queue gave up, and why; with --retry it runs again."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.jobs import dead_letters
from madoguchi.kernel.jobs.models import DeadLetter
from madoguchi.lib import clock


class Command(BaseCommand):
    help = "List the jobs that were given up. With --retry ID one of them runs again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", type=UUID, metavar="ID", help="the job that shall run again")

    def handle(self, *, retry: UUID | None, **options: Any) -> None:  # noqa: ARG002
        if retry is not None:
            self._retry(retry)
            return
        letters = DeadLetter.objects.select_related("result").order_by("given_up_at")
        for letter in letters.iterator():  # the class of the error only: its message may name people
            job = letter.result
            self.stdout.write(
                f"{job.pk}  {letter.given_up_at:%Y-%m-%d %H:%M}  {job.task_path}  {job.exception_class_path}"
            )
        self.stdout.write(f"{letters.count()} dead letters")

    def _retry(self, job_id: UUID) -> None:
        try:
            dead_letters.retry(job_id, actor=None, now=clock.now())
        except DeadLetter.DoesNotExist as error:
            raise CommandError("No dead letter has this id. `madoguchi dead_letters` lists them.") from error
        self.stdout.write("It runs again with the next look of a worker.")
