"""Reading free text: remarks with codes, the tally, and how far two coders agree."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404

from madoguchi.kernel.accounts.public import Person
from madoguchi.lib.numbers import is_whole
from madoguchi.services.surveys import statistics
from madoguchi.services.surveys.models import Coding, Survey

PAGE_SIZE = 50
PREFIX = "remark-"


def chosen(post: Mapping[str, str]) -> dict[int, int]:
    """Codes (theme by place) in a posted page of remarks."""
    return {
        int(name.removeprefix(PREFIX)): int(value)
        for name, value in post.items()
        if name.startswith(PREFIX) and is_whole(name.removeprefix(PREFIX)) and is_whole(value)
    }


def codings(survey: Survey, question: str) -> dict[int, dict[int, str]]:
    """Place → coder → label of the code."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Coding.objects.filter(survey=survey, question=question).values_list("place", "coder", "theme__label")
    for place, coder, label in rows:
        found[place][coder] = label
    return found


def tally(survey: Survey, question: str) -> tuple[Counter[str], int]:
    """How many remarks fell under each code, and on how many the coders differ (those count nowhere)."""
    counts: Counter[str] = Counter()
    apart = 0
    for by_coder in codings(survey, question).values():
        labels = set(by_coder.values())
        if len(labels) == 1:
            counts[labels.pop()] += 1
        else:
            apart += 1
    return counts, apart


def agreement(survey: Survey, question: str) -> float | None:
    """Cohen's κ over the remarks that exactly two people coded."""
    pairs = [tuple(by_coder[coder] for coder in sorted(by_coder)) for by_coder in codings(survey, question).values()]
    return statistics.kappa(pair for pair in pairs if len(pair) == 2)


def screen(survey: Survey, question: str, *, coder: Person, page: str | None) -> dict[str, Any]:
    """A page of remarks. Raises: Http404 without free text under that question."""
    found = survey.remarks.filter(question=question).first()
    if found is None:
        raise Http404
    pages = Paginator(found.texts, PAGE_SIZE).get_page(page)
    given = codings(survey, question)
    counts, apart = tally(survey, question)
    return {
        "survey": survey,
        "question": survey.questionnaire.question(question),
        "page": pages,
        "rows": [
            (place, text, given.get(place, {}).get(coder.pk, ""), len(set(given.get(place, {}).values())) > 1)
            for place, text in pages.object_list
        ],
        "themes": list(survey.themes.filter(question=question)),
        "counts": counts.most_common(),
        "coded": len(given),
        "apart": apart,
        "kappa": agreement(survey, question),
    }
