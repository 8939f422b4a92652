"""`madoguchi audit`: does the trail hold; the head of the day; a proof about one line."""

import json
import time
from base64 import b64encode
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from madoguchi.kernel.audit import heads, publication, scan, stamps
from madoguchi.kernel.audit.models import Head, Line
from madoguchi.lib import clock

MOST_SHOWN = 100


class Command(BaseCommand):
    help = "Verify the audit trail, take the head of the day, prove that a line stands in it."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="name every line that was changed, dropped, inserted or moved")
        verify.add_argument("--heads", type=Path, dest="kept", help="a copy of heads.json that was kept elsewhere")
        verify.add_argument("--processes", type=int, help="side by side; by itself as many as there are cores")
        acts.add_parser(
            "head", help="take the head of the day and have it time-stamped, as the timetable does every night"
        )
        prove = acts.add_parser("prove", help="that a line stands below a head: an audit path by RFC 6962")
        prove.add_argument("number", type=int, help="of the line")
        prove.add_argument("--day", type=date.fromisoformat, help="of the head; by itself the last")

    def handle(self, *, act: str, **options: object) -> None:
        getattr(self, f"_{act}")(**{name: options[name] for name in _OPTIONS[act]})

    def _verify(self, kept: Path | None, processes: int | None) -> None:
        began = time.monotonic()
        try:
            copy = publication.read(kept) if kept else []
        except (OSError, publication.NotHeads) as error:
            raise CommandError(str(error)) from error
        lines, broken = scan.broken_places(processes=processes, kept=copy)
        broken += stamps.broken_stamps()
        for place in broken[:MOST_SHOWN]:
            self.stderr.write(f"line {place.number}: {place.reason}")
        if broken:
            more = f"; the first {MOST_SHOWN} are shown" if len(broken) > MOST_SHOWN else ""
            raise CommandError(f"The chain is broken in {len(broken)} place(s){more}.")
        took = f"{time.monotonic() - began:.1f} s"
        self.stdout.write(f"{lines} lines, the chain holds, with {Head.objects.count()} heads ({took}).")

    def _head(self) -> None:
        head = heads.take_head(now=clock.now())
        self.stdout.write(f"head of {head.day}: {head.size} lines, root {head.root}")
        if stamps.is_set_up():
            self.stdout.write(f"{stamps.stamp_missing(tell=self.stderr.write)} head(s) time-stamped")

    def _prove(self, number: int, day: date | None) -> None:
        head = (Head.objects.filter(day=day) if day else Head.objects.order_by("-day")).first()
        line = Line.objects.filter(number=number).first()
        if head is None or line is None or line.number > head.size:
            raise CommandError(
                "There is no such line below that head. `madoguchi audit head` takes one over all lines."
            )
        index, path = heads.inclusion(line.digest, size=head.size)
        proof = {
            "line": line.number,
            "digest": line.digest,
            "leaf_index": index,
            "tree_size": head.size,
            "sha256_root_hash": head.root,
            "audit_path": [b64encode(node).decode() for node in path],
        }
        self.stdout.write(json.dumps(proof, indent=2))


_OPTIONS: dict[str, tuple[str, ...]] = {"verify": ("kept", "processes"), "head": (), "prove": ("number", "day")}
