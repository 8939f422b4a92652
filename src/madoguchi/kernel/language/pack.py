"""What the city pack says about words: which are hard."""

from madoguchi.kernel.citydata.public import Collection, PackRecord


class HardWord(PackRecord):
    """言い換え: a word of the office that やさしい日本語 does not use, and what it says instead."""

    source: str = ""
    word: str
    easier: str


COLLECTIONS = (Collection("easy_word", "easy_words.yaml", HardWord, many="words"),)
