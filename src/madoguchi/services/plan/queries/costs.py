"""経費の行: by measure and by year, beside what the plan has published."""

from dataclasses import dataclass

from madoguchi.kernel.citydata.public import records
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.models import CostLine, Replaced
from madoguchi.services.plan.pack import Cost
from madoguchi.services.plan.queries.measures import outline
from madoguchi.services.plan.rules import costs as rules
from madoguchi.services.plan.rules.changes import digest_of

KEY = ("measure_key", "fiscal_year", "kind", "fund")
AMOUNTS = ("thousand_yen", "present_thousand_yen", "actual_thousand_yen", "actual_source")


def plan_years() -> range:
    """The fiscal years of the plan."""
    plan = outline()
    return range(HalfYear.parse(plan.first_half).year, HalfYear.parse(plan.last_half).year + 1)


def lines(measure_key: str | None = None) -> list[CostLine]:
    """All, or those of one measure, in order of measure and year."""
    found = CostLine.objects.all()
    return list(found if measure_key is None else found.filter(measure_key=measure_key))


def key_of(line: CostLine) -> tuple[str, int, str, str]:
    """What tells a line from every other."""
    return line.measure_key, line.fiscal_year, line.kind, line.fund


def token(line: CostLine | None) -> str:
    """What somebody saw of a line, to notice that it is another by now; empty where there was none."""
    return digest_of([getattr(line, name) for name in AMOUNTS]) if line else ""


def digest() -> str:
    """A digest of all lines, to notice that somebody else changed one."""
    return digest_of([list(row) for row in CostLine.objects.values_list(*KEY, *AMOUNTS)])


def replaced() -> dict[str, Replaced]:
    """現行システムの総経費 by measure."""
    return {found.measure_key: found for found in Replaced.objects.all()}


def reckonings() -> dict[str, rules.Reckoning]:
    """Every measure that has lines, by the plan's rules. Three queries."""
    grouped: dict[str, list[CostLine]] = {}
    for line in lines():
        grouped.setdefault(line.measure_key, []).append(line)
    present, years = replaced(), plan_years()
    return {key: reckon(found, present.get(key), years) for key, found in grouped.items()}


def reckon(found: list[CostLine], present: Replaced | None, years: range) -> rules.Reckoning:
    """The lines of one measure; `years` are those of the plan."""
    total = present.total_thousand_yen if present else None
    return rules.reckon(found, first_year=years[0], last_year=years[-1], replaced_total=total)


@dataclass(frozen=True)
class Year:
    """One fiscal year of the plan, in thousand yen; None where it is not known."""

    fiscal_year: int
    published: int | None
    planned: int | None  # the lines together
    spent: int | None  # only when every line of the year knows it


def published() -> list[Cost]:
    """What the plan has printed, oldest year first."""
    return sorted(records("plan.cost"), key=lambda cost: cost.fiscal_year)


def years(found: list[CostLine]) -> list[Year]:
    """The years of the plan, printed and by lines."""
    printed, planned = {cost.fiscal_year: cost.thousand_yen for cost in published()}, rules.by_year(found)
    return [
        Year(
            year,
            printed.get(year),
            planned.get(year),
            rules.spent([line for line in found if line.fiscal_year == year]),
        )
        for year in plan_years()
    ]
