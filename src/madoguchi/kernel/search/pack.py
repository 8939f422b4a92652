"""What the city pack says to the search."""

from pydantic import Field

from madoguchi.kernel.citydata.public import Collection, PackRecord


class Synonym(PackRecord):
    """同義語: words people use for the same thing; each finds what the others find."""

    source: str = ""
    words: tuple[str, ...] = Field(min_length=2)


COLLECTIONS = (Collection("synonym", "synonyms.yaml", Synonym, many="synonyms"),)
