"""Writing applied records back to pack files, where staff changed them."""

import csv
import io
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from madoguchi.kernel.citydata.actions import digest_of, json_of
from madoguchi.kernel.citydata.catalogue import collection
from madoguchi.kernel.citydata.models import Revision
from madoguchi.kernel.citydata.pack import load


def export(directory: Path) -> list[str]:
    """Write every file whose records differ from the database; the names of the files written."""
    pack = load(directory)
    on_disk = {(item.collection.kind, item.body.key): digest_of(json_of(item.body)) for item in pack.records}
    files: dict[str, list[Revision]] = defaultdict(list)
    current = Revision.objects.filter(superseded_at=None, record__retired_at=None).select_related("record")
    for revision in current.order_by("record__kind", "pk"):
        files[revision.record.path].append(revision)
    written = []
    for path, revisions in sorted(files.items()):
        if all(on_disk.get((item.record.kind, item.record.key)) == item.digest for item in revisions):
            continue
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_text(path, revisions), encoding="utf-8")
        written.append(path)
    return written


def _text(path: str, revisions: list[Revision]) -> str:
    many = collection(revisions[0].record.kind).many
    bodies = [_without_empty(revision.body) for revision in revisions]
    if path.endswith(".csv"):
        return _csv(bodies)
    if path.endswith(".toml"):
        return _toml(bodies[0])
    content = {many: bodies} if many else bodies[0]
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)


def _csv(bodies: list[dict[str, Any]]) -> str:
    columns = list(dict.fromkeys(name for body in bodies for name in body))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    for body in bodies:  # a list stands in one cell, with spaces between
        writer.writerow({name: " ".join(value) if isinstance(value, list) else value for name, value in body.items()})
    return buffer.getvalue()


def _toml(body: dict[str, Any]) -> str:
    """Plain values first, then one table for each group: all that `city.toml` uses."""
    plain = [f"{name} = {_toml_value(value)}" for name, value in body.items() if not isinstance(value, dict)]
    tables = [
        f"\n[{name}]\n" + "\n".join(f"{inner} = {_toml_value(value)}" for inner, value in group.items())
        for name, group in body.items()
        if isinstance(group, dict)
    ]
    return "\n".join([*plain, *tables]) + "\n"


def _toml_value(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_toml_value(item) for item in value) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return str(value).lower()


def _without_empty(body: dict[str, Any]) -> dict[str, Any]:
    """The body without what the schema fills in anyway: empty text, and groups of nothing but empty text."""
    result = {}
    for name, value in body.items():
        kept = _without_empty(value) if isinstance(value, dict) else value
        if kept not in ("", {}):
            result[name] = kept
    return result
