"""`python -m benchmarks.survey`: tables of a survey with 100,000 answers, plain and weighted, from the database."""

import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import date

from benchmarks.room import own_room

ANSWERS = 100_000
ROUNDS = 15


def seed() -> int:
    """A survey with random answers, and the population to weight it to."""
    from django.conf import settings

    from madoguchi.kernel.accounts.testing import make_staff
    from madoguchi.kernel.citydata.testing import apply_pack
    from madoguchi.services.surveys import rules, testing
    from madoguchi.services.surveys.models import Column, Stratum

    apply_pack(settings.CITY_PACK)
    survey = testing.make_survey(make_staff("planning", "surveyor"))
    draw = random.Random(1)
    for item in rules.items(survey.questionnaire):
        codes = bytes(draw.choices(range(3 if item.is_option else len(item.options) + 1), k=ANSWERS))
        Column.objects.create(survey=survey, item=item.key, codes=codes)
    Stratum.objects.bulk_create(
        Stratum(
            survey=survey, number=number, age_from=low, age_to=high, sex=sex, population=50_000 + 1_000 * number,
            expected_percent=30,
        )
        for number, (low, high, sex) in enumerate(
            [(18, 39, "女性"), (18, 39, "男性"), (40, None, "女性"), (40, None, "男性")], 1
        )
    )  # fmt: skip
    survey.state, survey.answers, survey.opened_on = "opened", ANSWERS, date(2019, 9, 2)
    survey.save()
    return survey.pk


def timed(label: str, work: Callable[[], object]) -> None:
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - begin))
    times.sort()
    print(f"{label:<34} median {statistics.median(times):6.1f} ms   worst of {ROUNDS} {times[-1]:6.1f} ms")


def measure() -> None:
    from django.core.management import call_command
    from django.db import connection

    from madoguchi.services.surveys import results
    from madoguchi.services.surveys.models import Survey

    call_command("keys", verbosity=0)
    call_command("migrate", verbosity=0)
    pk = seed()

    def survey() -> Survey:
        return Survey.objects.select_related("version").get(pk=pk)

    print(f"── survey: {ANSWERS:,} answers, {survey().columns.count()} columns, {connection.vendor}")
    timed("cross table of two items", lambda: results.crossed(survey(), "age", "satisfied", weighted=False))
    timed("the same, weighted by raking", lambda: results.crossed(survey(), "wants.safety", "satisfied", weighted=True))
    timed("several answers × one item", lambda: results.crossed(survey(), "media", "age", weighted=False))
    timed("all tables of the survey", lambda: results.screen(survey(), weighted=False))


if __name__ == "__main__":
    with own_room(DATABASE_URL=os.environ.get("DATABASE_URL", "")):
        measure()
