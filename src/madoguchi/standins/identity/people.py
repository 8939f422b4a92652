"""The fictional people who may sign in."""

import hashlib
import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml


class PeopleFileWrong(Exception):
    """The file of people cannot be used; the message names the entry and the remedy."""


@dataclass(frozen=True)
class Person:
    """The four flat facts the provider gives: birthdate as YYYYMMDD, gender 1 (male) or 2 (female). No reading."""

    key: str
    name: str
    address: str
    birthdate: str
    gender: str
    note: str = ""

    def subject(self, client_id: str) -> str:
        """Pairwise: another client sees another subject."""
        return hashlib.sha256(f"{client_id}|{self.key}".encode()).hexdigest()


def read_people(path: Path) -> dict[str, Person]:
    """The people of a city pack's `demo/people.yaml`, by key. Raises: PeopleFileWrong."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    entries = content.get("people") if isinstance(content, dict) else None
    if not entries:
        raise PeopleFileWrong(f"{path.name}: a list under `people:` is missing")
    people: dict[str, Person] = {}
    for number, entry in enumerate(entries, start=1):
        person = _person(entry, where=f"{path.name}, person {number}")
        if person.key in people:
            raise PeopleFileWrong(f"{path.name}, person {number}: the key {person.key} is used twice")
        people[person.key] = person
    return people


def _person(entry: dict[str, Any], *, where: str) -> Person:
    known = {field.name for field in fields(Person)}
    if unknown := set(entry) - known:
        raise PeopleFileWrong(f"{where}: unknown {', '.join(sorted(unknown))}")
    if missing := known - {"note"} - set(entry):
        raise PeopleFileWrong(f"{where}: {', '.join(sorted(missing))} is missing")
    person = Person(**{name: str(value) for name, value in entry.items()})
    if not re.fullmatch(r"\d{8}", person.birthdate):
        raise PeopleFileWrong(f"{where}: birthdate is eight digits in quotes, for example '19920415'")
    if person.gender not in {"1", "2"}:
        raise PeopleFileWrong(f"{where}: gender is '1' or '2'")
    return person
