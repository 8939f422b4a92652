"""A large plan: 300 measures × 12 half-years × 6 tasks, 500 systems. Prints the public pages and the council's pack.

Run as `python -m benchmarks.plan [measures]`: its own folder and database, all pages without the page cache.
"""

import io
import shutil
import statistics
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.room import own_room

ROUNDS = 40
HALVES = 12
SYSTEMS = 500


def prepare(room: Path, count: int) -> None:
    """The example city with many measures; every half-year reported and fixed."""
    import yaml
    from django.conf import settings
    from django.core.management import call_command

    from madoguchi.kernel.citydata.testing import apply_pack
    from madoguchi.lib.halfyear import HalfYear
    from madoguchi.services.plan.actions import periods
    from madoguchi.services.plan.models import Report, Snapshot
    from madoguchi.services.plan.queries import frozen

    call_command("migrate", verbosity=0)
    pack = room / "city"
    shutil.copytree(settings.CITY_PACK, pack)
    outline = pack / "plan" / "plan.yaml"
    outline.write_text(outline.read_text().replace("last_half: 2022H2", "last_half: 2025H2"))
    sheet = yaml.safe_load((pack / "plan/measures/03.yaml").read_text())
    for number in range(100, 100 + count - 8):
        sheet |= {"key": str(number), "number": number}
        sheet["tasks"] = [
            {"title": f"工程{place}", "planned": [{"from": f"202{place % 6}H1", "to": f"202{place % 6}H2"}]}
            for place in range(6)
        ]
        (pack / f"plan/measures/{number}.yaml").write_text(yaml.safe_dump(sheet, allow_unicode=True))
    with (pack / "plan" / "systems.csv").open("a", encoding="utf-8") as systems:
        for number in range(3, SYSTEMS + 1):
            year = 2020 + number % 6
            systems.write(
                f"{number:02},{number},見本システム{number},planning,{year}-12,{year}-04,{year},{year + 1}-01,,,架空\n"
            )
    apply_pack(pack)
    for half in HalfYear(2020, 1).through(HalfYear(2025, 2)):
        period = periods.open_period(half, actor=None, now=datetime(half.year + 1, 4, 1, tzinfo=UTC))
        bodies = frozen.bodies(period)
        period.reports.update(state=Report.State.FIXED)
        Snapshot.objects.bulk_create(
            Snapshot(period=period, measure_key=key, body=body, digest="0" * 64, frozen_at=period.opened_at)
            for key, body in bodies.items()
        )


def timed(act: Any, rounds: int) -> list[float]:
    """Milliseconds of each round, after one that warms up."""
    act()
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        act()
        found.append(1000 * (time.perf_counter() - begin))
    return sorted(found)


def report(count: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from pypdf import PdfReader

    import madoguchi.project.wsgi  # noqa: F401 - the process as it serves
    from madoguchi.services.plan import views
    from madoguchi.services.plan.documents import council_pdf
    from madoguchi.services.plan.models import Meeting, Period

    lines = count * HALVES * 6
    print(f"── plan: {count} measures × {HALVES} half-years × 6 tasks = {lines:,} lines, {connection.vendor}")
    for label, view in (("overview page", views.index), (f"{SYSTEMS} systems", views.systems)):
        pages = timed(lambda view=view: view(_request()), ROUNDS)
        with CaptureQueriesContext(connection) as queries:
            size = len(view(_request()).content)
        print(
            f"{label:<17} median {statistics.median(pages):6.1f} ms   p95 {pages[int(0.95 * ROUNDS)]:6.1f} ms"
            f"   {len(queries)} queries, {size // 1024} kB"
        )
    meeting = Meeting.objects.create(
        title="ICT戦略会議", held_on=date(2026, 5, 1), period=Period.objects.get(half="2025H2")
    )
    content = [b""]

    def pack() -> None:
        content[0] = council_pdf(meeting, today=date(2026, 5, 1))

    packs = timed(pack, 3)
    count = len(PdfReader(io.BytesIO(content[0])).pages)
    print(f"council pack      median {statistics.median(packs):6.0f} ms   {count} pages")


def _request() -> Any:
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    request = RequestFactory().get("/plan/")
    request.user = AnonymousUser()
    return request


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with own_room(DATABASE_URL="") as room:
        prepare(room, count)
        report(count)
