"""Codes as published by the Ministry of Internal Affairs in 全国地方公共団体コード."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.lib import municipal_code

PUBLISHED = [
    "010006",
    "011002",
    "130001",
    "131016",
    "132039",
    "132080",  # weighted sum leaves 1: the check digit is 0
    "141003",
    "231002",
    "271004",
    "401005",
    "472018",
    "473821",  # weighted sum leaves 0: the check digit is 1
]


@pytest.mark.parametrize("code", PUBLISHED)
def test_a_published_code_holds(code: str) -> None:
    assert municipal_code.is_valid(code)
    assert municipal_code.check_digit(code[:5]) == code[5]


@pytest.mark.parametrize("text", ["", "13203", "1320391", "132038", "１３２０３９", "13203x", "١٣٢٠٣٩"])
def test_anything_else_does_not(text: str) -> None:
    assert not municipal_code.is_valid(text)


@given(st.sampled_from(PUBLISHED), st.integers(0, 4), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_unless_the_sum_passes_from_nought_to_one(code: str, place: int, by: int) -> None:
    """11 remainders share 10 check digits; 10 and 0 differ, so a slip passes only between remainders 0 and 10."""
    slip = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    remainders = {_remainder(code), _remainder(slip)}
    assert municipal_code.is_valid(slip) == (len(remainders) == 1 or remainders == {0, 10})


def _remainder(code: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(code, municipal_code.WEIGHTS, strict=False)) % 11
