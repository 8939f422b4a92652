"""The plan in ten seconds: how many measures run as planned, where the trouble is."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import calendar_words, rules
from madoguchi.services.plan.pack import Measure, Outline
from madoguchi.services.plan.queries import results

Screen = dict[str, Any]

AS_PLANNED = ("done", "running", "waiting")
TROUBLE = ("late", "silent")
ORDER = (*AS_PLANNED, "changed", *TROUBLE, "unreported")  # as the bar is drawn


def state_words() -> dict[str, str]:
    """The states of a measure in the words of the page."""
    return {
        "waiting": _("これから"),
        "running": _("計画どおり進行中"),
        "done": _("完了"),
        "late": _("計画より遅れ"),
        "changed": _("計画を変更"),
        "withdrawn": _("取りやめ"),
    }


def standing(row: results.Result) -> str:
    """In which part of the bar a measure counts: silence before anything else, and every measure once."""
    if row.silent_days:
        return "silent"
    return row.state if row.fixed_half else "unreported"


def status(plan: Outline, measures: list[Measure], today: date) -> Screen:
    """The sentence, the bar with its table, and every measure in trouble with the reason. Empty before a report."""
    found = results.results(today, plan)
    rows = [(measure, found[measure.key]) for measure in measures if measure.key in found]
    if not rows:
        return {"parts": [], "results": {}}
    counts = Counter(standing(row) for _measure, row in rows)
    trouble = [(measure, row) for measure, row in rows if standing(row) in TROUBLE]
    reasons = results.late_lines([measure.key for measure, row in trouble if standing(row) == "late"])
    return {
        "results": found,
        "headline": _headline(counts, len(rows)),
        "half": calendar_words.half_year(HalfYear.parse(rows[0][1].half)),
        "parts": _parts(counts, len(rows)),
        "total": len(rows),
        "trouble": [
            {"measure": measure, "days": row.silent_days, "lines": reasons.get(measure.key, [])}
            for measure, row in trouble
        ],
    }


def _headline(counts: Mapping[str, int], total: int) -> list[str]:
    """One sentence for what runs as planned, one for each trouble there is."""
    good, late, silent = sum(counts[state] for state in AS_PLANNED), counts["late"], counts["silent"]
    first = ngettext(
        "%(total)sの施策のうち、%(good)sが計画どおりです。", "%(total)sの施策のうち、%(good)sが計画どおりです。", good
    )
    sentences = [first % {"total": total, "good": good}]
    if late:
        sentences.append(ngettext("%(n)sが遅れています。", "%(n)sが遅れています。", late) % {"n": late})
    if silent:
        words = ngettext(
            "%(n)sは、期限を過ぎても報告がありません。", "%(n)sは、期限を過ぎても報告がありません。", silent
        )
        sentences.append(words % {"n": silent})
    return sentences


def _parts(counts: Mapping[str, int], total: int) -> list[Screen]:
    """The parts of the bar from left to right, in percent of it."""
    words = state_words() | {"silent": _("報告なし"), "unreported": _("確定した報告はまだなし")}
    shown, x = [], 0.0
    for state in ORDER:
        if not counts[state]:
            continue
        width = 100 * counts[state] / total
        shown.append(
            {
                "state": state,
                "word": words[state],
                "count": counts[state],
                "percent": rules.percent(counts[state], total),
                "x": round(x, 2),
                "width": round(width, 2),
            }
        )
        x += width
    return shown
