"""新旧対照: one body beside another, field by field and line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from madoguchi.services.plan.rules.drafts import once

Fields = Mapping[str, Sequence[str]]  # the lines of every field


@dataclass(frozen=True)
class Part:
    """A field that differs: its lines on both sides, each with whether the other side is without it."""

    name: str
    before: list[tuple[str, bool]]
    after: list[tuple[str, bool]]


def parts(before: Fields, unchanged: Fields, after: Fields) -> list[Part]:
    """Every field that somebody changed.

    `unchanged` are the lines of `before` as they would stand beside `after` had nobody changed them: a bar that is only
    moved by the length of a plan is no difference. Of several equal lines one is shown.
    """
    found = []
    for name, lines in after.items():
        pairs, new = once(zip(before[name], unchanged[name], strict=True)), once(lines)
        stands = [moved for _line, moved in pairs]
        if stands != new:
            old = [(line, moved not in new) for line, moved in pairs]
            found.append(Part(name, old, [(line, line not in stands) for line in new]))
    return found
