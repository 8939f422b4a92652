"""Trail and backup: what a line costs an act, how fast the trail is verified, how long a backup and a restore take.

Run as `python -m benchmarks.keeping [--cases 100000] [--lines 300000]`: its own folder; DATABASE_URL names an empty
database, else SQLite. docs/how-to/backup-and-restore.md has the figures of a million cases and ten million lines.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.conftest import own_database

ACTS = 300
BATCH = 20_000
YEAR_OF_CASES = 900_000  # receipt numbers have six digits a year
COLUMNS = ("number", "at", "verb", "actor", "target", "detail", "previous", "digest")


def timed(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def cost_of_a_line(person) -> float:
    """Milliseconds that the line adds to an act with one update in a transaction of its own."""
    from django.db import transaction

    from madoguchi.kernel.audit.public import record

    def act(*, with_line: bool) -> None:
        with transaction.atomic():
            person.save(update_fields=["email"])
            if with_line:
                record("accounts.person.email_set", actor=person, target=person)

    def acts(*, with_line: bool) -> float:
        return min(timed(lambda: [act(with_line=with_line) for _ in range(ACTS)]) for _ in range(3)) / ACTS

    return 1000 * (acts(with_line=True) - acts(with_line=False))


def trail_rows(count: int, last: int, previous: str) -> Iterator[tuple[object, ...]]:
    """So many rows after line `last`, as `record` would write them, without objects."""
    from madoguchi.kernel.audit.chain import digest_of_text

    begin = datetime(2020, 4, 1, tzinfo=UTC)
    for number in range(last + 1, last + count + 1):
        at = (begin + timedelta(milliseconds=10 * number)).isoformat(timespec="microseconds")
        verb, detail = ("procedures.case.submitted", "{}") if number % 3 else ("procedures.case.viewed", PURPOSE)
        row = (number, at, verb, f"accounts.person:{number % 5000}", f"procedures.case:{number // 4}", detail, previous)
        previous = digest_of_text(*row)
        yield (*row, previous)


PURPOSE = '{"purpose":"procedures.review"}'


def grow_trail(count: int) -> None:
    from django.db import connection, transaction

    from madoguchi.kernel.audit.public import last_line

    names, found = ", ".join(COLUMNS), trail_rows(count, *last_line())
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY audit_line ({names}) FROM STDIN") as copy:
                for row in found:
                    copy.write_row(row)
            return
        query = f"INSERT INTO audit_line ({names}) VALUES ({', '.join('?' * len(COLUMNS))})"
        rows = ((row[0], str(row[1]).replace("T", " ").removesuffix("+00:00"), *row[2:]) for row in found)
        cursor.connection.executemany(query, rows)


def grow_cases(person, count: int) -> None:
    """So many decided cases with sealed answers, by bulk insert."""
    from madoguchi.kernel.citydata.public import current
    from madoguchi.lib import clock, receipt_number
    from madoguchi.services.procedures.models import Case
    from madoguchi.services.procedures.testing import COPY, COPY_ANSWERS

    revision, now = current("procedure", COPY), clock.now()
    answers = {key: value for page in COPY_ANSWERS.values() for key, value in page.items()}
    for begin in range(0, count, BATCH):
        Case.objects.bulk_create(
            [
                Case(
                    applicant=person,
                    procedure_key=COPY,
                    revision=revision,
                    section_key="citizens",
                    state=Case.State.SUBMITTED,
                    answers=answers,
                    saved_at=now,
                    submitted_at=now,
                    receipt_number=receipt_number.make(2019 + number // YEAR_OF_CASES, 1 + number % YEAR_OF_CASES),
                    due_on=clock.today(),
                )
                for number in range(begin, min(begin + BATCH, count))
            ],
            batch_size=500,
        )


def madoguchi(*words: str, **environment: str) -> None:
    given = {**os.environ, **environment}
    subprocess.run(
        [sys.executable, "-m", "madoguchi.project", *words], env=given, check=True, stdout=subprocess.DEVNULL
    )


def report(name: str, room: Path, cases: int, lines: int) -> None:
    import django

    django.setup()
    from django.db import connections

    from madoguchi.kernel.accounts.testing import make_resident
    from madoguchi.kernel.audit import scan

    person = make_resident("keeping")
    print(f"── {name}: {cases:,} cases, {lines:,} lines in the trail, {os.cpu_count()} cores")
    print(f"a line adds to an act     {cost_of_a_line(person):.2f} ms")
    print(f"trail filled              {lines / timed(lambda: grow_trail(lines)):,.0f} rows/s")
    took = timed(lambda: require(not scan.broken_places()[1]))
    print(f"trail verified            {lines / took:,.0f} rows/s ({took:.0f} s)")
    print(f"cases filled              {cases / timed(lambda: grow_cases(person, cases)):,.0f} rows/s")
    connections.close_all()
    took = timed(lambda: madoguchi("backup", str(room / "b"), "--keys", str(room / "k")))
    (folder,) = (room / "b").glob("madoguchi-*")
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e9
    print(f"backup                    {took:.0f} s, {size:.2f} GB")
    with own_database(f"madoguchi_bench_restored_{os.getpid()}") as url:
        there = {"VAR": str(room / "there"), "KEY_DIR": str(room / "there" / "keys"), "DATABASE_URL": url}
        took = timed(lambda: madoguchi("restore", str(folder), "--keys", str(room / "k" / folder.name), **there))
    print(f"restore, with its proof   {took:.0f} s")


def require(holds: bool) -> None:
    if not holds:
        raise SystemExit("the trail does not hold")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--lines", type=int, default=300_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory, own_database(f"madoguchi_bench_keeping_{os.getpid()}") as url:
        room = Path(directory)
        os.environ |= {"VAR": str(room / "here"), "CITY": "example", "DATABASE_URL": url, "DEMONSTRATION": "1"}
        os.environ |= {"KEY_DIR": str(room / "here" / "keys"), "DJANGO_SETTINGS_MODULE": "madoguchi.project.settings"}
        madoguchi("keys")
        madoguchi("migrate", "-v0")
        madoguchi("city", "apply")
        report("PostgreSQL" if url else "SQLite", room, given.cases, given.lines)


if __name__ == "__main__":
    main()
