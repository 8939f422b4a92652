"""What the city pack says about words: which are hard, and how some are read."""

from pydantic import Field

from madoguchi.kernel.citydata.public import Collection, PackRecord


class HardWord(PackRecord):
    """言い換え: a word of the office that やさしい日本語 does not use, and what it says instead."""

    source: str = ""
    word: str
    easier: str


class WordReading(PackRecord):
    """読み: how a word is read that the dictionary reads otherwise, such as the names of the city."""

    source: str = ""
    word: str = Field(min_length=1)
    reading: str = Field(pattern="^[ぁ-ゖー]+$")


COLLECTIONS = (
    Collection("easy_word", "easy_words.yaml", HardWord, many="words"),
    Collection("reading", "readings.yaml", WordReading, many="readings"),
)
