"""Prepares data on a running installation: run as a process of its own with that installation's environment."""

import json
import sys

import django

django.setup()

from madoguchi.kernel.accounts.models import Person  # noqa: E402 - after the set-up
from madoguchi.kernel.accounts.testing import make_resident, signed_in  # noqa: E402
from madoguchi.services.procedures.testing import make_draft, seed_cases  # noqa: E402


def cookie(person: Person) -> str:
    return str(signed_in(person).cookies["sessionid"].value)


def main() -> None:
    """Print sessions and drafts as JSON."""
    cases, submits = int(sys.argv[1]), int(sys.argv[2])
    reader = make_resident("reader")
    seed_cases(reader, cases)
    writers = [make_resident(f"writer-{number}") for number in range(submits)]
    scene = {
        "reader": cookie(reader),
        "form": str(make_draft(reader, complete=False).uid),
        "staff": cookie(Person.objects.get(username="demo-shimin")),
        "drafts": [(cookie(person), str(make_draft(person).uid)) for person in writers],
    }
    print(json.dumps(scene))


main()
