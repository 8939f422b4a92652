"""What the pages about skills show: to a person only their own, to the plan office only groups."""

from datetime import date
from typing import Any

from madoguchi.services.plan import queries
from madoguchi.services.plan.models import SelfAssessment
from madoguchi.services.plan.queries import skills as reading
from madoguchi.services.plan.rules import skills as rules

Screen = dict[str, Any]


def own(found: SelfAssessment | None, *, today: date) -> Screen:
    """The person's own gaps, and the courses that fit them."""
    if found is None:
        return {"gaps": [], "answered": False}
    matrix, offered = reading.skills(), reading.courses(today)
    below = rules.gaps(matrix, found.answers)
    return {
        "answered": True,
        "own": found,
        "met": sum(not is_below for is_below in below.values()),
        "gaps": [
            (row, rules.teaching(offered, row=row.key, column=found.column_key))
            for row in matrix.rows
            if below.get(row.key)
        ],
    }


def report(*, today: date) -> Screen:
    """Gaps by section and by rank in bands, and what is taught against them."""
    matrix, offered, names = reading.skills(), reading.courses(today), queries.section_names()
    by_section, by_column = reading.groups()
    titles = {column.key: column.name for column in matrix.columns}
    widest = matrix.bands[-1].name
    return {
        "skills": matrix,
        "needed": matrix.levels[matrix.needed_level],
        "widest": widest,
        "tables": [
            ("課ごと", "sections", _rows(matrix, by_section, {key: name.ja for key, name in names.items()})),
            ("職層ごと（全庁）", "columns", _rows(matrix, by_column, titles)),
        ],
        "rows": [
            {
                "row": row,
                "is_wide": any(group.bands.get(row.key) == widest for group in (*by_section, *by_column)),
                "courses": rules.teaching(offered, row=row.key),
            }
            for row in matrix.rows
        ],
    }


def _rows(matrix: reading.Skills, found: list[rules.Group], names: dict[str, str]) -> list[Screen]:
    return [
        {
            "name": names.get(group.key, group.key),
            "at_least": group.at_least,
            "cells": [(row.name, group.bands.get(row.key, "")) for row in matrix.rows],
        }
        for group in found
    ]
