"""スキルの差: of one person, and of groups that are told so that nobody's own answers can be read from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from madoguchi.services.plan.pack import Course, Skills

Answers = Mapping[str, Mapping[str, int]]  # row → item → level


def gaps(skills: "Skills", answers: Answers) -> dict[str, bool]:
    """Rows that were answered: whether an item of theirs lies below the needed level."""
    return {
        row.key: min(levels.values()) < skills.needed_level
        for row in skills.rows
        if (levels := answers.get(row.key, {}))
    }


@dataclass(frozen=True)
class Group:
    """A section or a rank. People are counted in steps, shares told in bands, so that no two looks tell one person.

    `at_least` None: too few to be shown. `bands` lack the rows that too few answered.
    """

    key: str
    at_least: int | None
    bands: dict[str, str]


def groups(skills: "Skills", people: Iterable[tuple[str, Mapping[str, bool]]]) -> list[Group]:
    """`people` are (group, gaps of one person); in order of key."""
    by_key: dict[str, list[Mapping[str, bool]]] = {}
    for key, found in people:
        by_key.setdefault(key, []).append(found)
    return [_group(skills, key, found) for key, found in sorted(by_key.items())]


def _group(skills: "Skills", key: str, people: list[Mapping[str, bool]]) -> Group:
    fewest = skills.fewest_answers
    if len(people) < fewest:
        return Group(key, None, {})
    bands = {}
    for row in skills.rows:
        answered = [found[row.key] for found in people if row.key in found]
        if len(answered) >= fewest:
            bands[row.key] = band(skills, sum(answered), len(answered))
    return Group(key, len(people) // fewest * fewest, bands)


def band(skills: "Skills", part: int, whole: int) -> str:
    """The name of the band in which a share of people lies."""
    return next(found.name for found in skills.bands if 100 * part <= found.at_most * whole)


def teaching(courses: Iterable["Course"], *, row: str, column: str | None = None) -> list["Course"]:
    """The courses that teach a row, to one column or to any."""
    return [found for found in courses if row in found.rows and (column is None or column in found.columns)]
