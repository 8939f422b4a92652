"""What counts as the cost of a measure; the worked example is the plan's own (第6章(3))."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.services.plan.rules import costs


@dataclass(frozen=True)
class Entry:
    measure_key: str
    fiscal_year: int
    thousand_yen: int
    present_thousand_yen: int = 0


def test_the_worked_example_puts_seven_of_ten_million_into_the_plan():
    """500万円 to build, 100万円 a year for five years, 1,000万円 in all: R2 500, R3 100, R4 100."""
    found = costs.life_cycle(first_year=2020, build=5_000, operate=1_000, years=5)
    assert sum(cost.thousand_yen for cost in found) == 10_000
    assert {cost.fiscal_year: cost.thousand_yen for cost in found if cost.fiscal_year <= 2022} == {
        2020: 5_000, 2021: 1_000, 2022: 1_000,
    }  # fmt: skip
    assert costs.in_window(found, 2020, 2022) == 7_000


@pytest.mark.parametrize(
    ("spent", "present", "counts"),
    [(5_000, 0, 5_000), (5_000, 3_200, 1_800), (3_200, 3_200, 0), (3_000, 3_200, -200)],
)
def test_only_the_difference_to_what_is_spent_today_counts(spent, present, counts):
    assert costs.counted(Entry("01", 2020, spent, present)) == counts


def test_totals_stand_by_year_and_by_measure():
    entries = [Entry("01", 2021, 300), Entry("01", 2020, 500, 100), Entry("02", 2020, 50), Entry("01", 2020, 7)]
    assert costs.by_year(entries) == {2020: 457, 2021: 300}
    assert costs.by_measure(entries) == {"01": {2020: 407, 2021: 300}, "02": {2020: 50}}


@given(st.lists(st.builds(Entry, st.sampled_from(["1", "2", "3"]), st.integers(2020, 2024), st.integers(0, 10**7))))
def test_both_sums_are_the_same_money(entries):
    by_measure = costs.by_measure(entries)
    assert sum(costs.by_year(entries).values()) == sum(sum(years.values()) for years in by_measure.values())


@pytest.mark.parametrize(("new", "present", "excess"), [(9_000, 10_000, 0), (10_000, 10_000, 0), (10_001, 10_000, 1)])
def test_a_rebuild_may_not_be_dearer_than_what_it_replaces(new, present, excess):
    assert costs.rebuild_excess(new_total=new, present_total=present) == excess
