"""Doors of the events: what happened in one app, for those that want to know."""

from madoguchi.kernel.events.actions import NotAnId, publish
from madoguchi.kernel.events.models import Event

__all__ = ["Event", "NotAnId", "publish"]
