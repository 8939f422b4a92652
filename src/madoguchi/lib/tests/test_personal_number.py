"""The check digit, against the ordinance's own formula and numbers computed by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.lib.personal_number import digits_of, is_valid


def check_digit(base: str) -> int:
    """平成26年総務省令第85号 5条: P(n) is the n-th digit from the lowest, Q = n + 1 up to the sixth, n − 5 after."""
    total = sum(int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(base), 1))
    return 0 if total % 11 <= 1 else 11 - total % 11


@given(st.text(alphabet="0123456789", min_size=11, max_size=11))
def test_exactly_one_last_digit_fits(base):
    assert [digit for digit in range(10) if is_valid(f"{base}{digit}")] == [check_digit(base)]


@pytest.mark.parametrize(
    "typed", ["6214 9832 0257", "6214-9832-0257", "６２１４　９８３２　０２５７", "621498320257", "6214ー9832−0257"]
)
def test_it_is_taken_however_it_is_typed(typed):
    assert digits_of(typed) == "621498320257"
    assert is_valid(digits_of(typed))


@pytest.mark.parametrize("wrong", ["", "62149832025", "6214983202570", "62149832025X", "6214983202٥7", "621498320258"])
def test_anything_else_is_none(wrong):
    assert not is_valid(wrong)
