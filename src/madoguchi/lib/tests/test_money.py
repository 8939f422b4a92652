"""Amounts carry their unit, and a comma at every third digit."""

import pytest

from madoguchi.lib import money


@pytest.mark.parametrize(("amount", "words"), [(0, "0円"), (410, "410円"), (1_234_567, "1,234,567円")])
def test_yen(amount: int, words: str) -> None:
    assert money.yen(amount) == words


def test_the_budget_counts_in_thousands() -> None:
    assert money.thousand_yen(403_891) == "403,891千円"
