"""`madoguchi where /procedures/desk/`: the row of files behind an address."""

import inspect
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import Resolver404, resolve


class Command(BaseCommand):
    help = "Print which view, access rule, template, action and test stand behind an address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="a path of this site, for example /plan/")

    def handle(self, *, address: str, **options: object) -> None:  # noqa: ARG002
        try:
            match = resolve(address.split("?")[0])
        except Resolver404 as error:
            raise CommandError(f"{address} is no address of this installation") from error
        view = inspect.unwrap(match.func)
        module = inspect.getmodule(view)
        file = Path(inspect.getsourcefile(view) or "")
        line = inspect.getsourcelines(view)[1]
        slug = match.app_names[0] if match.app_names else ""
        folder = file.parent
        access = getattr(match.func, "access", None)
        rows = [
            ("address", match.route),
            ("view", f"{_relative(file)}:{line} {view.__qualname__}"),
            ("access", _describe(access)),
            ("name", match.view_name),
            ("actions", _first(folder / "actions.py")),
            ("templates", _first(folder / "templates" / slug)),
            ("tests", _first(folder / "tests")),
            ("docs", _first(settings.ROOT / "docs" / "services" / f"{slug}.md")),
        ]
        for label, value in rows:
            if value:
                self.stdout.write(f"{label:<10} {value}")
        if module and (words := inspect.getdoc(view)):
            self.stdout.write(f"{'does':<10} {words.splitlines()[0]}")


def _relative(path: Path) -> str:
    return path.relative_to(settings.ROOT).as_posix() if path.is_relative_to(settings.ROOT) else path.name


def _first(path: Path) -> str:
    return _relative(path) if path.exists() else ""


def _describe(access: object) -> str:
    if access is None:
        return "none (refused)"
    parts = [access.level.value, access.permission]
    if access.level.value == "resident":
        parts.append(f"identity level {access.identity}")
    return " ".join(part for part in parts if part)
