"""`python -m benchmarks.vault`: sealing, opening, looking up and sealing anew, per 1,000 rows. One database a process.

The rows are people with five sealed facts each, as the identity provider gives them. VAULT_ROWS says how many (5,000).
"""

import os
import time
from collections.abc import Callable

from benchmarks.room import own_room

ROWS = int(os.environ.get("VAULT_ROWS", "5000"))
FACTS = ("name", "address", "birthdate_text", "gender", "email")


def timed(label: str, act: Callable[[], object], *, rows: int = ROWS) -> None:
    begin = time.perf_counter()
    act()
    seconds = time.perf_counter() - begin
    print(f"{label:<34} {1000 * seconds * 1000 / rows:8.1f} ms per 1,000   {rows / seconds:10,.0f} rows/s")


def measure() -> None:
    from django.core.management import call_command
    from django.db import connection, transaction

    from madoguchi.kernel.accounts.models import Person
    from madoguchi.kernel.vault.public import blind_index, seal, unseal
    from madoguchi.kernel.vault.resealing import reseal
    from madoguchi.kernel.vault.turning import turn
    from madoguchi.lib import clock

    call_command("keys", verbosity=0)
    call_command("migrate", verbosity=0)
    print(f"── vault: {ROWS:,} people with {len(FACTS)} sealed facts, {connection.vendor}")
    text = "架空県例示市見本町一丁目2番3号".encode()
    sealed = [seal(text, context=f"bench:{number}") for number in range(ROWS)]
    timed("seal a value (no database)", lambda: [seal(text, context=f"bench:{number}") for number in range(ROWS)])
    timed("open a value (no database)", lambda: [unseal(one, context=f"bench:{n}") for n, one in enumerate(sealed)])
    keys = [blind_index(str(number), context="bench") for number in range(ROWS)]
    people = [
        Person(
            kind="resident", subject_index=key, name="窓口 花子", address=text.decode(), birthdate_text="1992-04-15",
            gender="2", email=f"hanako-{number}@example.jp",
        )
        for number, key in enumerate(keys)
    ]  # fmt: skip

    def write() -> None:
        with transaction.atomic():
            Person.objects.bulk_create(people, batch_size=500)

    def look_up() -> None:
        for number in range(min(ROWS, 1000)):
            Person.objects.only("pk").get(subject_index=blind_index(str(number), context="bench"))

    def read(*facts: str) -> None:
        for person in Person.objects.iterator(chunk_size=500):
            for fact in facts:
                getattr(person, fact)

    timed("write a row (five values)", write)
    timed("read a row, open nothing", read)
    timed("read a row, open one value", lambda: read("name"))
    timed("read a row, open five values", lambda: read(*FACTS))
    timed("blind look-up of one row", look_up, rows=min(ROWS, 1000))
    turn(clock.now())
    timed("seal a row anew after a turn", reseal)


if __name__ == "__main__":
    with own_room():
        measure()
