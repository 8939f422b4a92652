"""Reading pack files (YAML, CSV, TOML) so that every problem can name its file and line."""

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Problem:
    """What is wrong in a pack file, where, and what to do about it."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}\n    → {self.remedy}"


class Unreadable(Exception):
    """The file cannot be parsed at all."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class RawRecord:
    """A record before validation; `lines` maps a path inside it to its line in the file."""

    file: str
    data: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]

    def line_of(self, location: tuple[str | int, ...]) -> int:
        """The line of the closest enclosing value that the file really has."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


def read(path: Path, file: str, many: str | None) -> Iterator[RawRecord]:
    """The records of one file. Raises: Unreadable."""
    if path.suffix == ".csv":
        yield from _read_csv(path, file)
    elif path.suffix == ".toml":
        yield _read_toml(path, file)
    else:
        yield from _read_yaml(path, file, many)


def _read_csv(path: Path, file: str) -> Iterator[RawRecord]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        for row in reader:
            if None in row or None in row.values():
                raise Unreadable(
                    Problem(
                        file,
                        reader.line_num,
                        "this row has more or fewer cells than the header",
                        "Count the commas; put quotes around a cell that has a comma in it.",
                    )
                )
            data = {name: value for name, value in row.items() if value != ""}
            lines: dict[tuple[str | int, ...], int] = {(name,): reader.line_num for name in row}
            yield RawRecord(file, data, {(): reader.line_num, **lines})


def _read_toml(path: Path, file: str) -> RawRecord:
    text = path.read_text(encoding="utf-8")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else 1
        raise Unreadable(Problem(file, line, f"not valid TOML: {error}", "Correct the line named.")) from error
    lines: dict[tuple[str | int, ...], int] = {}
    for number, content in enumerate(text.splitlines(), 1):
        if found := re.match(r"\s*\[?([A-Za-z_]\w*)", content):
            lines.setdefault((found[1],), number)
    return RawRecord(file, data, lines)


def _read_yaml(path: Path, file: str, many: str | None) -> Iterator[RawRecord]:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(
            Problem(
                file,
                mark.line + 1 if mark else 1,
                f"not valid YAML: {error.problem}",
                "Check indentation, and put quotes around text with ': ' or '#' in it.",
            )
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable(Problem(file, 1, "the file is not a table of names and values", "Begin with `key:`."))
    lines: dict[tuple[str | int, ...], int] = {}
    data = _value(node, (), lines)
    if many is None:
        yield RawRecord(file, data, lines)
        return
    for index, item in enumerate(data.get(many) or []):
        prefix = (many, index)
        own = {path[2:]: line for path, line in lines.items() if path[:2] == prefix}
        yield RawRecord(file, item, own)


def _value(node: yaml.Node, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> Any:
    """The plain value of a node; notes the line of every part. Dates stay text: the schema reads them."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        result = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            result[key] = _value(value_node, (*path, key), lines)
            lines[(*path, key)] = key_node.start_mark.line + 1
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, index), lines) for index, item in enumerate(node.value)]
    if node.tag == "tag:yaml.org,2002:timestamp":
        return node.value
    return yaml.SafeLoader("").construct_object(node)
