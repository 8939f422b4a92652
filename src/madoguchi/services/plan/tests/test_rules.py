"""Computations of the plan, with values worked out by hand or printed in the plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import rules
from madoguchi.services.plan.pack import Bar, DemandCounts, System, Task

HALVES = list(HalfYear(2020, 1).through(HalfYear(2022, 2)))


def counts(*numbers: int) -> DemandCounts:
    return DemandCounts(**dict(zip(("strongly", "rather", "rather_other", "other", "none"), numbers, strict=True)))


def system(**dates: str) -> System:
    plain = {"current_end": "2021-03", "study_start": "2020-08", "next_start": "2021-04"}
    return System(key="1", number=1, name="x", section="s", source="-", procurement_fy=2020, **{**plain, **dates})


def task(*bars: tuple[str, str | None] | None) -> Task:
    if bars == (None,):
        return Task(title="x", planned=None)
    return Task(title="x", planned=tuple(Bar.model_validate({"from": first, "to": last}) for first, last in bars))


@pytest.mark.parametrize(
    ("given_counts", "mean"),
    [
        ((1, 0, 0, 0, 0), 4.0),
        ((0, 0, 0, 1, 0), 1.0),
        ((1, 1, 1, 1, 0), 2.5),
        ((183, 327, 218, 84, 42), 2.75),  # exactly 2233/812
    ],
)
def test_weighted_mean_gives_four_to_one_points(given_counts, mean):
    assert rules.weighted_mean(counts(*given_counts)) == mean


@given(st.tuples(*[st.integers(0, 1000)] * 4).filter(any), st.integers(0, 1000))
def test_no_answers_never_move_the_weighted_mean(answers, silent):
    assert rules.weighted_mean(counts(*answers, silent)) == rules.weighted_mean(counts(*answers, 0))
    assert 1 <= rules.weighted_mean(counts(*answers, silent)) <= 4


@pytest.mark.parametrize(
    ("current_end", "next_start", "months"),
    [
        ("2021-03", "2021-04", 0),  # joins
        ("2021-07", "2021-07", 0),  # same month
        ("2026-01", "2025-02", 0),  # printed the wrong way round
        ("2021-03", "2021-05", 1),
        ("2021-03", "2022-08", 16),
        ("2018-03", "2021-04", 36),
    ],
)
def test_the_present_system_is_extended_over_the_months_between(current_end, next_start, months):
    assert rules.extension_months(system(current_end=current_end, next_start=next_start)) == months


@pytest.mark.parametrize(
    ("month", "year"), [("2021-03", 2020), ("2021-04", 2021), ("2021-12", 2021), ("2022-01", 2021)]
)
def test_a_fiscal_year_begins_in_april(month, year):
    assert rules.fiscal_year_of(month) == year


def test_bars_lie_at_the_places_of_their_half_years():
    found = rules.places(task(("2020H1", "2020H1"), ("2021H2", None)).planned, HALVES[0])
    assert found == [rules.Places(0, 0), rules.Places(3, None)]


def test_a_bar_without_an_end_is_planned_at_its_start_and_open_after_it():
    assert rules.marks([task(("2020H2", None))], HALVES) == ["none", "planned", "open", "open", "open", "open"]


def test_a_closed_bar_wins_over_an_open_one():
    found = rules.marks([task(("2020H1", None)), task(("2021H1", "2021H2"))], HALVES)
    assert found == ["planned", "open", "planned", "planned", "open", "open"]


def test_empty_half_years_are_unknown_as_soon_as_one_task_states_no_time():
    assert rules.marks([task(None), task(("2022H2", "2022H2"))], HALVES) == [*["unknown"] * 5, "planned"]


def test_without_tasks_nothing_is_known():
    assert rules.marks([], HALVES) == ["unknown"] * 6


def test_a_share_of_nothing_is_zero():
    assert rules.percent(0, 0) == 0
    assert rules.percent(854, 3000) == 28.5
