"""People of these tests: the planning section holds the survey."""

import pytest

from madoguchi.kernel.accounts.testing import make_staff


@pytest.fixture
def planner(example_city):
    """調査の担当."""
    return make_staff("planning", "surveyor")


@pytest.fixture
def keyer(example_city):
    """もう一人の入力者: same section, another person, allowed to key in paper and to read free text."""
    return make_staff("planning", "survey_keyer")
