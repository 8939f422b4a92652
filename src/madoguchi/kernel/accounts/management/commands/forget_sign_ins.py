"""`madoguchi forget-sign-ins`: what is beyond its retention."""

from django.core.management.base import BaseCommand

from madoguchi.kernel.accounts.actions import forget_old
from madoguchi.lib import clock


class Command(BaseCommand):
    help = "Drop counts of tries, dead sessions and year-old records of sign-ins. Safe to re-run."

    def handle(self, **options: object) -> None:  # noqa: ARG002
        gone = forget_old(now=clock.now())
        self.stdout.write(
            f"{gone.tries} tries, {gone.sessions} sessions, {gone.sign_ins} sign-ins, {gone.invitations} invitations"
        )
