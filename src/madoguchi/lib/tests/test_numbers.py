"""Every text that passes is one `int` reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.lib.numbers import is_whole


@pytest.mark.parametrize("text", ["0", "12", "２０", "999999999"])
def test_numbers_of_everyday_size_are_read(text):
    assert is_whole(text)


@pytest.mark.parametrize("text", ["", "²", "①", "-1", "1.5", "九", "9" * 10, "9" * 5000, " 1"])
def test_what_only_looks_like_one_is_not(text):
    assert not is_whole(text)


@given(st.text())
def test_what_passes_fits_every_column(text):
    assert not is_whole(text) or 0 <= int(text) < 2**31
