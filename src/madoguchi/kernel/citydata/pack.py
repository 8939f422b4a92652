"""A whole city pack: loaded, validated and cross-checked, with every problem found in one go."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from madoguchi.kernel.citydata.catalogue import collections
from madoguchi.kernel.citydata.collections import Collection, PackRecord
from madoguchi.kernel.citydata.reading import Problem, RawRecord, Unreadable, read
from madoguchi.ui.contrast import findings


@dataclass(frozen=True)
class Loaded:
    """One valid record and the file it stands in."""

    collection: Collection
    path: str
    body: PackRecord


@dataclass
class Pack:
    """The content of a pack directory. `records` is complete only when `problems` is empty."""

    directory: Path
    records: list[Loaded] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load(directory: Path) -> Pack:
    """Read every collection below `directory`; problems are gathered, never raised."""
    pack = Pack(directory)
    if not (directory / "city.toml").exists():
        pack.problems.append(
            Problem("city.toml", 1, "the file is missing", "Copy cities/example and change it to your city.")
        )
        return pack
    raw: list[tuple[Collection, RawRecord]] = []
    for collection in collections():
        for path in sorted(directory.glob(collection.glob)):
            file = path.relative_to(directory).as_posix()
            try:
                raw += [(collection, record) for record in read(path, file, collection.many)]
            except Unreadable as error:
                pack.problems.append(error.problem)
    keys: dict[str, set[str]] = defaultdict(set)
    for collection, record in raw:
        key = str(record.data.get("key", ""))
        if key and key in keys[collection.kind]:
            pack.problems.append(
                Problem(
                    record.file,
                    record.line_of(("key",)),
                    f"the key {key!r} stands twice among {collection.kind}",
                    "Give one of the two another key.",
                )
            )
        keys[collection.kind].add(key)
    for collection, record in raw:
        try:
            body = collection.schema.model_validate(record.data, context=keys)
        except ValidationError as error:
            pack.problems += [_problem(record, details) for details in error.errors()]
        else:
            pack.records.append(Loaded(collection, record.file, body))
    theme = directory / "theme" / "tokens.css"
    pack.problems += [Problem("theme/tokens.css", one.line, one.what, one.remedy) for one in findings(theme)]
    pack.problems.sort(key=lambda problem: (problem.file, problem.line))
    return pack


_REMEDIES = {
    "missing": "Add this field.",
    "extra_forbidden": "Remove this field, or correct its name.",
    "value_error": "Correct the value, or add what it names.",
}


def _problem(record: RawRecord, details: ErrorDetails) -> Problem:
    location = tuple(details["loc"])
    name = ".".join(str(part) for part in location) or "record"
    remedy = _REMEDIES.get(details["type"], "Write a value of the kind described.")
    return Problem(record.file, record.line_of(location), f"{name}: {details['msg']}", remedy)
