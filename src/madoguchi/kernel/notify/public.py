"""Doors of the notices."""

from madoguchi.kernel.notify.actions import send, unread_count
from madoguchi.kernel.notify.models import Notice, Reach
from madoguchi.kernel.notify.reaching import Way, choices_of, choose, way_to
from madoguchi.kernel.notify.wording import newest

__all__ = ["Notice", "Reach", "Way", "choices_of", "choose", "newest", "send", "unread_count", "way_to"]
