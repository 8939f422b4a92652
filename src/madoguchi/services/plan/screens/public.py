"""What the plan's pages show, as plain values."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madoguchi.kernel.citydata.public import records
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import calendar_words, gantt, queries, rules
from madoguchi.services.plan.pack import Measure, Outline, Survey
from madoguchi.services.plan.pack.measures import Goals
from madoguchi.services.plan.rules import generations
from madoguchi.services.plan.screens import costs, results, status
from madoguchi.services.plan.templatetags.planning import names
from madoguchi.ui.templatetags.charts import Line, Span, dots

Screen = dict[str, Any]

# How the face draws the marks of half-years (`{% dots %}`); an end that is not stated is unknown.
DRAWN = {"planned": "done", "open": "unknown", "none": "none", "unknown": "unknown"}


def overview(plan: Outline, today: date) -> Screen:
    """A plan at a glance: goals, fields, all measures with their half-years; and the plans before and after it."""
    found, sections = queries.measures(plan), queries.section_names()
    halves, shown = queries.half_years(plan), status.status(plan, found, today)
    return {
        "others": [other for other in queries.plans() if other.key != plan.key],
        "in_force": plan.key == queries.outline().key,
        "plan": plan,
        "owner": plan.owner,
        "count": len(found),
        "status": shown,
        "results": results.tags(shown["results"]),
        "first": calendar_words.half_year(halves[0]),
        "last": calendar_words.half_year(halves[-1]),
        "groups": queries.by_field(plan, found),
        "dots": _drawn(found, lambda measure: tuple(rules.marks(measure.tasks, halves)), _dots),
        "goal_cells": _drawn(found, lambda measure: measure.goals, lambda goals: _goals(plan, goals)),
        "lead_cells": _drawn(found, lambda measure: measure.leads, lambda leads: names(leads, sections)),
        "tiles": _tiles(plan, found),
        "measured": queries.measured_keys(),
        "sections": sections,
    }


def _tiles(plan: Outline, found: list[Measure]) -> list[Screen]:
    """How many measures there are, and how many speak for each goal."""
    absent = sum(measure.sheet == "absent" for measure in found)
    totals = rules.goal_totals(found)
    note = _("%(fields)s分野") % {"fields": len(plan.fields)}
    if absent:
        note = _("%(fields)s分野。うち個票が公表されていないもの%(absent)s件") % {
            "fields": len(plan.fields),
            "absent": absent,
        }
    return [
        {"name": _("施策の数"), "value": len(found), "unit": _("件"), "note": note, "percent": None},
        *(
            {
                "name": goal.name,
                "value": totals[goal.key],
                "unit": _("件"),
                "note": _("この目標に関わる施策（印：%(letter)s）") % {"letter": goal.key[:1].upper()},
                "percent": rules.percent(totals[goal.key], len(found)),
            }
            for goal in plan.goals
        ),
    ]


def _drawn(
    found: Sequence[Measure], of: Callable[[Measure], Hashable], draw: Callable[[Any], SafeString]
) -> dict[str, SafeString]:
    """A cell of every measure; what many share is drawn once."""
    once = {shared: draw(shared) for shared in {of(measure) for measure in found}}
    return {measure.key: once[of(measure)] for measure in found}


def _goals(plan: Outline, goals: Goals) -> SafeString:
    """The letters of the goals a measure speaks for, with their names for those who listen."""
    carried = ((goal.key[:1].upper(), goal.name) for goal in plan.goals if getattr(goals, goal.key))
    return format_html_join("", '<span aria-hidden="true">{}</span><span class="vh">{}</span> ', carried)


def _dots(marks: Sequence[rules.Mark]) -> SafeString:
    """Marks of the half-years, drawn, and the same in words."""
    return dots([DRAWN[mark] for mark in marks], _spoken_marks(marks))


def _spoken_marks(found: Sequence[rules.Mark]) -> str:
    """Marks of half-years in words."""
    names = {"planned": _("工程あり"), "open": _("終わりの記載なし"), "none": _("工程なし"), "unknown": _("記載なし")}
    if len(set(found)) == 1:
        return _("すべて%(mark)s") % {"mark": names[found[0]]}
    return _("、").join(names[mark] for mark in found)


def measure_screen(measure: Measure, today: date) -> Screen:
    """One measure with its neighbours, its bars and its live figures."""
    plan, published = queries.plan_of(measure), queries.all_measures()
    everything = [found for found in published if found.plan == measure.plan]
    place = [found.key for found in everything].index(measure.key)
    halves = queries.half_years(plan)
    with_systems = queries.sections_with_systems()
    return {
        "plan": plan,
        "measure": measure,
        "sections": queries.section_names(),
        "field": next((item for item in plan.fields if item.key == measure.field), None),
        "goals": [goal for goal in plan.goals if getattr(measure.goals, goal.key)],
        "act_categories": [item for item in plan.act_categories if item.key in measure.act_categories],
        "lines": [_line(task, halves[0]) for task in measure.tasks],
        "years": _years(halves),
        "demand": queries.demand_for(measure),
        "figures": queries.live_figures(measure, today),
        "system_sections": [key for key in measure.leads if key in with_systems],
        "previous": everything[place - 1] if place else None,
        "results": results.measure(measure, today),
        "ancestors": generations.ancestors(measure, published),
        "successors": generations.successors(measure, published),
        "why_ended": generations.why_ended(measure, plans := queries.plans()),
        "plan_names": {found.key: found.name for found in plans},
        "costs": costs.of_measure(measure),
        "next": everything[place + 1] if place + 1 < len(everything) else None,
    }


def _years(halves: list[HalfYear]) -> list[tuple[str, list[str]]]:
    names = {1: _("上期"), 2: _("下期")}
    return [
        (calendar_words.fiscal_year(year), [names[half.half] for half in found])
        for year, found in groupby(halves, lambda half: half.year)
    ]


def _line(task: Any, first: HalfYear) -> Line:
    """The bars of a task. Without stated half-years the line is empty and says so."""
    missing = _("計画に記載なし")
    return Line(
        label=task.title,
        spoken=_("、").join(_spoken(bar.first, bar.last) for bar in task.planned or ()) or missing,
        note=task.note or ("" if task.planned else missing),
        planned=[Span(first=place.first, last=place.last) for place in rules.places(task.planned or (), first)],
    )


def _spoken(first: str, last: str | None) -> str:
    begin = calendar_words.half_year(HalfYear.parse(first))
    if last is None:
        return _("%(first)sから、終わりは記載なし") % {"first": begin}
    if first == last:
        return begin
    return _("%(first)sから%(last)sまで") % {
        "first": begin,
        "last": calendar_words.half_year(HalfYear.parse(last)),
    }


def systems(section: str) -> Screen:
    """The renewal of systems as a chart, of one section or (empty) of all."""
    plan, everything = queries.outline(), queries.systems()
    halves = queries.half_years(plan)
    rows = [row for row in everything if not section or row.system.section == section]
    counts: dict[str, Screen] = {}
    for row in everything:
        entry = counts.setdefault(row.system.section, {"key": row.system.section, "name": row.section, "count": 0})
        entry["count"] += 1
    return {
        "chart": gantt.chart(rows, first_half=halves[0], last_half=halves[-1]),
        "count": len(everything),
        "extended": sum(bool(row.extension_months) for row in everything),
        "choices": list(counts.values()),
        "chosen": counts.get(section),
        "unknown": bool(section) and section not in counts,
        "rules": _rules(rows),
        "source": everything[0].system.source if everything else "",
    }


def _rules(rows: Sequence[queries.SystemRow]) -> list[Screen]:
    """Each rule of renewal: how many of these systems keep it, and which do not, with the plan's reason."""
    checks = queries.system_checks()
    table = [(row.system, verdict) for row in rows for verdict in checks[row.system.key]]
    return [
        {
            "rule": rule,
            "kept": sum(verdict.outcome == "kept" for _, verdict in table if verdict.rule.key == rule.key),
            "others": [
                (system, verdict)
                for system, verdict in table
                if verdict.rule.key == rule.key and verdict.outcome != "kept"
            ],
        }
        for rule in records("plan.renewal_rule")
    ]


def survey_screen(survey: Survey) -> Screen:
    """One survey with what its tables say at a glance."""
    ages = sorted(rules.bands(survey), key=lambda band: band.percent or 0)
    remarks = sorted(survey.free_text, key=lambda row: row.count)
    found = queries.demand(survey)
    return {
        "survey": survey,
        "percent": rules.percent(survey.returned, survey.sent),
        "lowest": ages[0] if ages else None,
        "highest": ages[-1] if ages else None,
        "demand": found,
        "first": found[0],
        "unanswered": [row for row in found if not row.item.measures],
        "detailed": [row for row in found if row.item.counts_from == "printed"],
        "remarks": sum(row.count for row in survey.free_text),
        "most_remarks": remarks[-1] if remarks else None,
    }


def previous() -> Screen:
    """The previous plan."""
    found = sorted(records("plan.previous"), key=lambda measure: measure.number)
    return {
        "previous": found,
        "sections": queries.section_names(),
        "source": found[0].source if found else "",
    }
