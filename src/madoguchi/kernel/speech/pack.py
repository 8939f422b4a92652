"""What the city pack says to the reading aloud."""

from pydantic import Field

from madoguchi.kernel.citydata.public import Collection, PackRecord


class SpokenPage(PackRecord):
    """よみあげを用意しておくページ: its sound is made before anybody asks."""

    source: str = ""
    path: str = Field(pattern=r"^/[^?#\s]*$", max_length=300)


COLLECTIONS = (Collection("spoken_page", "speech.yaml", SpokenPage, many="pages"),)
