"""The rules of this installation: the kernel's from the settings, a service's from its manifest."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial

from django.conf import settings
from django.utils.module_loading import import_string

from madoguchi.kernel.registry.public import hooks
from madoguchi.kernel.retention import rows
from madoguchi.kernel.retention.models import Hold
from madoguchi.lib.keeping import Due, Rule


@cache
def rules() -> dict[str, Rule]:
    found = [rule for path in settings.RETENTION_RULES for rule in import_string(path)]
    found += [rule for _service, own in hooks("retention") for rule in own]
    return {rule.key: rule for rule in found}


def due(rule: Rule, *, today: date) -> Iterator[Due]:
    """The records past their period that day, streaming."""
    if rule.rows:
        return rows.due(rule.rows, today)
    found: Iterator[Due] = import_string(rule.due)(today)
    return found


def eraser(rule: Rule) -> Callable[[int, datetime], list[str]]:
    if rule.rows:
        return partial(rows.erase, rule.rows)
    found: Callable[[int, datetime], list[str]] = import_string(rule.erase)
    return found


@dataclass(frozen=True)
class Preview:
    """What a rule would erase on a day: how many, how many stay for a hold, and since which month they are due."""

    rule: Rule
    total: int
    held: int
    months: list[tuple[date, int]]  # the first of each, oldest first

    @property
    def count(self) -> int:
        return self.total - self.held


def preview(rule: Rule, *, today: date) -> Preview:
    """Streams the rule's records; nothing is changed."""
    holds = set(Hold.objects.filter(lifted_at=None).values_list("subject", flat=True))
    months: Counter[date] = Counter()
    held = 0
    for record in due(rule, today=today):
        months[record.on.replace(day=1)] += 1
        held += not holds.isdisjoint(record.subjects)
    return Preview(rule, sum(months.values()), held, sorted(months.items()))
