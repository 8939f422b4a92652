"""What the pages about costs show, as plain values: for everyone, for the sections, and a table that came back."""

from typing import Any

from django.utils.translation import gettext as _

from madoguchi.kernel.accounts.public import Person
from madoguchi.services.plan import access, calendar_words, cost_table, queries
from madoguchi.services.plan.models import CostLine
from madoguchi.services.plan.pack import Measure
from madoguchi.services.plan.queries import costs as reading
from madoguchi.services.plan.queries import reports
from madoguchi.services.plan.rules import costs as rules

Screen = dict[str, Any]


def costs_screen() -> Screen:
    """The printed estimate by year, and what the lines of the measures say beside it."""
    printed, lines = reading.published(), reading.lines()
    years = reading.years(lines)
    return {
        "costs": printed,
        "total": sum(cost.thousand_yen for cost in printed),
        "highest": max(printed, key=lambda cost: cost.thousand_yen, default=None),
        "source": printed[0].source if printed else "",
        "years": years,
        "rows": _measure_rows(),
        "labels": [calendar_words.fiscal_year(year.fiscal_year) for year in years],
        "series": [
            {"name": _("計画で公表した額"), "values": [year.published for year in years]},
            {"name": _("施策ごとの見込みの合計"), "values": [year.planned for year in years]},
            {"name": _("実績"), "values": [year.spent for year in years]},
        ]
        if lines
        else [],
        "settled": [year for year in years if year.spent is not None],
    }


def _measure_rows() -> list[Screen]:
    """Measures that have lines: planned and spent inside the plan, and the difference."""
    found = reading.reckonings()
    return [
        {"measure": measure, "reckoning": found[measure.key], "difference": difference(found[measure.key])}
        for measure in queries.measures()
        if measure.key in found
    ]


def difference(found: rules.Reckoning) -> int | None:
    """Spent more (negative: less) than planned, in thousand yen."""
    return None if found.spent is None else found.spent - found.counted


def of_measure(measure: Measure) -> Screen | None:
    """The costs of one measure for everyone; None where no line says anything."""
    lines = reading.lines(measure.key)
    if not lines:
        return None
    found = reading.reckon(lines, None, reading.plan_years())
    return {"reckoning": found, "difference": difference(found)}


def desk(person: Person) -> Screen:
    """Every measure this person may see, with what counts by year; the years beside the printed ones."""
    found, lines = reading.reckonings(), reading.lines()
    by_measure, years = rules.by_measure(lines), reading.years(lines)
    return {
        "rows": [
            {
                "measure": measure,
                "reckoning": found.get(measure.key),
                "by_year": [
                    (year.fiscal_year, by_measure.get(measure.key, {}).get(year.fiscal_year)) for year in years
                ],
                "difference": difference(found[measure.key]) if measure.key in found else None,
                "is_mine": access.may_cost(person, measure),
            }
            for measure in queries.measures()
            if access.may_view(person, measure)
        ],
        "years": [
            (year, None if year.planned is None or year.published is None else year.planned - year.published)
            for year in years
        ],
        "published": sum(year.published or 0 for year in years),
        "planned": sum(year.planned or 0 for year in years),
    }


def measure(found: Measure, person: Person) -> Screen:
    """The lines of one measure with the plan's rules beside them."""
    lines = reading.lines(found.key)
    replaced = reading.replaced().get(found.key)
    years = reading.plan_years()
    locked = reports.baseline_promise(found.key)
    reckoning = reading.reckon(lines, replaced, years)
    estimate = (locked or reports.promise(found, steps=()))["estimate_thousand_yen"]
    return {
        "measure": found,
        "lines": [
            {"line": line, "token": reading.token(line), "is_inside": line.fiscal_year in years} for line in lines
        ],
        "first": calendar_words.fiscal_year(years[0]),
        "last": calendar_words.fiscal_year(years[-1]),
        "reckoning": reckoning,
        "difference": difference(reckoning),
        "replaced": replaced,
        "building": [line for line in lines if line.kind == CostLine.Kind.BUILD and line.present_thousand_yen],
        "estimate": estimate,
        "is_locked": locked is not None,
        "apart": None if estimate is None or not lines else reckoning.counted - estimate,
        "is_mine": access.may_cost(person, found),
    }


def read_table(content: bytes, person: Person) -> cost_table.Reading:
    """A file against the lines as they stand; only the measures this person may write are read."""
    mine = {found.number: found for found in queries.measures() if access.may_cost(person, found)}
    return cost_table.read(content, present=reading.lines(), measures=mine)
