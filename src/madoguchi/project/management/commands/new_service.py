"""`madoguchi new-service energy`: a service that runs and passes at once."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

TEMPLATE = Path(__file__).resolve().parents[2] / "new_service"
SLUG = re.compile(r"[a-z][a-z0-9_]{1,29}")


class Command(BaseCommand):
    help = "Copy the template of a service, and add its line to project/services.py and .importlinter."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="one lower-case word; it names URL, folder, permissions, docs and data")
        parser.add_argument("--root", type=Path, default=settings.ROOT, help="the checkout to write to")

    def handle(self, *, slug: str, root: Path, **options: object) -> None:  # noqa: ARG002
        folder = root / "src" / "madoguchi" / "services" / slug
        if not SLUG.fullmatch(slug):
            raise CommandError("A slug is one lower-case English word: letters, digits, underscore.")
        if folder.exists():
            raise CommandError(f"services/{slug} exists already.")
        for source in sorted(path for path in TEMPLATE.rglob("*") if path.is_file()):
            relative = source.relative_to(TEMPLATE).as_posix().replace("SLUG", slug).removesuffix(".txt")
            target = root / relative if relative.startswith("docs/") else folder / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_filled(source.read_text(encoding="utf-8"), slug), encoding="utf-8")
        _insert(root / "src" / "madoguchi" / "project" / "services.py", "]\n", f'    "{slug}",\n]\n')
        _stand_beside_its_siblings(root / ".importlinter", slug)
        self.stdout.write(f"services/{slug} is ready: make test, then write what it is for in its manifest.")
        self.stdout.write(f"Its page: /{slug}/ · its docs: docs/services/{slug}.md")


def _filled(text: str, slug: str) -> str:
    return text.replace("SLUG", slug).replace("CLASS", slug.title().replace("_", ""))


def _stand_beside_its_siblings(path: Path, slug: str) -> None:
    """Services on one line of the contract are independent: the first line is that of the ordinary ones."""
    head = "containers = madoguchi.services\nlayers =\n"
    first_line = re.search(re.escape(head) + r"    (.+)\n", path.read_text(encoding="utf-8"))
    siblings = first_line[1] if first_line else ""
    _insert(path, f"{head}    {siblings}\n", f"{head}    {siblings} | {slug}\n")


def _insert(path: Path, before: str, replacement: str) -> None:
    text = path.read_text(encoding="utf-8")
    if before not in text:
        raise CommandError(f"{path.name} has no line {before.strip()!r}; add the service there by hand.")
    head, tail = text.rsplit(before, 1)
    path.write_text(head + replacement + tail, encoding="utf-8")
