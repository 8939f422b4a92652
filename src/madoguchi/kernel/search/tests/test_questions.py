"""What a question asks of a name: one letter wrong is forgiven, two are not."""

import pytest

from madoguchi.kernel.search.expressions import holds
from madoguchi.kernel.search.questions import parse
from madoguchi.kernel.search.tokens import of_names

NAME = of_names(["国民健康保険"])


@pytest.mark.parametrize(
    ("typed", "is_meant"),
    [
        ("こくみんけんこうほけん", True),
        ("国民建康保健", True),  # sounds the same
        ("こくみんけんこうぼけん", True),  # a wrong letter
        ("こくみんけんほけん", True),  # one missing: こう is one long sound
        ("こくみけんこうほけん", True),  # one missing
        ("こくみんんけんこうほけん", True),  # one too many
        ("こくみんけこんうほけん", False),  # ん within こう: two sounds
        ("ごくみんけんこうぼけん", False),  # two wrong
        ("ほけん", True),  # a part of it
        ("ほけむ", False),  # too short to forgive
    ],
)
def test_one_letter_is_forgiven(example_city, typed, is_meant):
    assert holds(parse(typed).meant(), NAME) == is_meant
