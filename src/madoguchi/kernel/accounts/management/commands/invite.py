"""`madoguchi invite`: the first administrator of a new installation."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from madoguchi.kernel.accounts.actions import grant_post, invite
from madoguchi.kernel.citydata.public import UnknownRecord, record
from madoguchi.lib import clock
from madoguchi.lib.errors import CitizenError


class Command(BaseCommand):
    help = "Invite a member of staff with one post, from today, and print the one-time code to hand over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="staff number")
        parser.add_argument("--name", required=True)
        parser.add_argument("--section", required=True, help="key of sections.csv")
        parser.add_argument("--role", default="administrator", help="key of roles.yaml")

    @transaction.atomic
    def handle(self, *, username: str, name: str, section: str, role: str, **options: object) -> None:  # noqa: ARG002
        try:
            record("section", section)
            person, code = invite(username, name=name, actor=None, now=clock.now())
            grant_post(
                person, section_key=section, role_key=role, valid_from=clock.today(), valid_until=None, actor=None
            )
        except (CitizenError, UnknownRecord) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{username} may sign in at /accounts/staff/invitation/ within 72 hours with this code: {code}"
        )
