"""Who may see, write and comment on the report of a measure: its lead sections, its related ones, the plan office."""

from collections.abc import Callable
from dataclasses import dataclass

from madoguchi.kernel.accounts.public import NotAllowed, Person, may, sections_with
from madoguchi.services.plan.pack import Measure


@dataclass
class Seat:
    """A section as the target of a permission."""

    section_key: str


def _in(person: Person, permission: str, sections: tuple[str, ...]) -> bool:
    return any(may(person, permission, Seat(key)) for key in sections)


def may_write(person: Person, measure: Measure) -> bool:
    """主管課: any of the lead sections."""
    return _in(person, "plan.report.write", measure.leads)


def may_comment(person: Person, measure: Measure) -> bool:
    """主管課 and 関係課; where the plan only says 各課, every section that may comment at all."""
    if measure.related_note:
        return may(person, "plan.report.comment")
    return _in(person, "plan.report.comment", (*measure.leads, *measure.related))


def may_view(person: Person, measure: Measure) -> bool:
    """Whoever writes or comments, and those who look at every section."""
    return (
        _in(person, "plan.report.view", (*measure.leads, *measure.related))
        or (bool(measure.related_note) and may(person, "plan.report.view"))
        or sections_with(person, "plan.report.view") is None
    )


def may_cost(person: Person, measure: Measure) -> bool:
    """経費: the lead sections, and the plan office for every measure."""
    return may_write(person, measure) or may(person, "plan.report.check")


def require(rule: Callable[[Person, Measure], bool], person: Person, measure: Measure) -> None:
    """Raises: NotAllowed."""
    if not rule(person, measure):
        raise NotAllowed


def seat_of(person: Person, measure: Measure) -> str:
    """In which section's name a person writes: a lead or related section of theirs, else any, else the first lead."""
    own = sections_with(person, "plan.report.view")
    if own is None:
        return ""
    return next((key for key in (*measure.leads, *measure.related) if key in own), next(iter(sorted(own)), ""))
