"""Words that an act needs: there, and not longer than they are kept. Nothing is cut off."""

from madoguchi.services.plan.errors import TextMissing, TextTooLong
from madoguchi.services.plan.rules.cells import MOST_CHARACTERS


def needed(text: str, what: str, *, most: int = MOST_CHARACTERS) -> str:
    """The text without blanks at its ends; `what` names it in a refusal. Raises: TextMissing, TextTooLong."""
    kept = text.strip()
    if not kept:
        raise TextMissing(what)
    return fitting(kept, what, most=most)


def fitting(text: str, what: str, *, most: int = MOST_CHARACTERS) -> str:
    """The text without blanks at its ends; it may be empty. Raises: TextTooLong."""
    kept = text.strip()
    if len(kept) > most:
        raise TextTooLong(what, len(kept), most)
    return kept
