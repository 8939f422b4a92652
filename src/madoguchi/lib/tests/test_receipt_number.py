"""A number that can be read out, typed carelessly, and not mistaken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from madoguchi.lib import receipt_number
from madoguchi.lib.receipt_number import NotAReceiptNumber, make, parse

SERIALS = st.integers(1, 999_999)
YEARS = st.integers(2019, 2060)


def test_the_check_digit_is_that_of_iso_7064() -> None:
    """Mod 11,10 of 0794 is 5: the worked example of the standard."""
    assert mod_11_10.calc_check_digit("0794") == "5"
    assert make(2026, 123)[-1] == mod_11_10.calc_check_digit("2026000123")


@pytest.mark.parametrize(
    ("year", "begins"), [(2026, "R8-000123-"), (2019, "R1-000123-"), (2018, "H30-000123-"), (1988, "S63-000123-")]
)
def test_it_begins_with_the_fiscal_year_in_its_era(year: int, begins: str) -> None:
    assert make(year, 123).startswith(begins)


@pytest.mark.parametrize("serial", [0, -1, 1_000_000])
def test_a_year_has_no_more_than_999999(serial: int) -> None:
    with pytest.raises(ValueError, match="999,999"):
        make(2026, serial)


@pytest.mark.parametrize(
    "dressed",
    ["{}", " {} ", "Ｒ８－０００１２３－{check}", "r8000123{check}", "R8 000123 {check}", "R8 ー 000123―{check}"],
)
def test_however_it_is_typed_it_is_the_same_number(dressed: str) -> None:
    number = make(2026, 123)
    assert parse(dressed.format(number, check=number[-1])) == number


@pytest.mark.parametrize(
    "text",
    ["", "8", "R8-000000-1", "R8-000123", "X8-000123-1", "M1-000001-1", "R0-000001-1", "R8-00012x-1", "R8-000123-12"],
)
def test_what_is_no_number_is_refused_by_name(text: str) -> None:
    with pytest.raises(NotAReceiptNumber):
        parse(text)


@given(st.text())
def test_no_text_breaks_the_search(text: str) -> None:
    try:
        parse(text)
    except NotAReceiptNumber:
        return


@given(YEARS, SERIALS)
def test_a_number_reads_back_as_itself(year: int, serial: int) -> None:
    assert parse(make(year, serial)) == make(year, serial)


@given(YEARS, SERIALS, st.integers(0, 5), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(year: int, serial: int, place: int, by: int) -> None:
    head, digits, check = make(year, serial).split("-")
    slip = f"{digits[:place]}{(int(digits[place]) + by) % 10}{digits[place + 1 :]}"
    with pytest.raises(NotAReceiptNumber):
        parse(f"{head}-{slip}-{check}")


def test_two_years_never_share_a_number() -> None:
    assert len({make(year, 1) for year in range(1980, 2060)}) == 80
    assert receipt_number.make(2025, 1) != receipt_number.make(2026, 1)
