"""Three registers of one text."""

import pytest
from django.utils.translation import override
from pydantic import ValidationError

from madoguchi.ui.words import LocalText

TEXT = LocalText(ja="住民票の写し", easy="住民票(じゅうみんひょう)", en="Copy of the resident record")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ja", TEXT.ja), ("ja-easy", TEXT.easy), ("en", TEXT.en), ("en-gb", TEXT.en), ("ko", TEXT.ja)],
)
def test_a_text_follows_the_language_of_the_page(language, expected):
    with override(language):
        assert str(TEXT) == expected


@pytest.mark.parametrize("language", ["ja-easy", "en"])
def test_a_missing_register_falls_back_to_standard_japanese_and_says_so(language):
    with override(language):
        assert str(LocalText(ja="市民課")) == "市民課"
        assert LocalText(ja="市民課").lang == "ja"


def test_an_english_text_on_an_english_page_is_marked_english():
    with override("en"):
        assert TEXT.lang == "en"


def test_an_unknown_register_is_refused():
    with pytest.raises(ValidationError):
        LocalText(ja="市民課", fr="Section des citoyens")


def test_an_empty_text_counts_as_nothing_in_a_template():
    assert not LocalText(ja="")
