"""Where the trail ends, and whether it holds a line."""

from madoguchi.kernel.audit.models import Line


def last_line() -> tuple[int, str]:
    """Number and digest of the last line; 0 and nothing before the first."""
    return Line.objects.order_by("-number").values_list("number", "digest").first() or (0, "")


def stands(number: int, digest: str) -> bool:
    """Whether the trail holds this very line."""
    return Line.objects.filter(number=number, digest=digest).exists()
