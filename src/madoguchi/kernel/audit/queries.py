"""Reading the whole trail: does it hold, and where does it end?"""

from madoguchi.kernel.audit.chain import Broken, broken_links
from madoguchi.kernel.audit.models import Line


def first_break() -> Broken | None:
    """The first place in which the chain does not hold; streams."""
    return next(iter(broken_links(Line.objects.order_by("number").iterator(chunk_size=2000))), None)


def last_line() -> tuple[int, str]:
    """Number and digest of the last line; 0 and nothing before the first."""
    return Line.objects.order_by("-number").values_list("number", "digest").first() or (0, "")


def stands(number: int, digest: str) -> bool:
    """Whether the trail holds this very line."""
    return Line.objects.filter(number=number, digest=digest).exists()
