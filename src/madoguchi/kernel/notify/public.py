"""Doors of the notices."""

from madoguchi.kernel.notify.actions import send
from madoguchi.kernel.notify.models import Notice

__all__ = ["Notice", "send"]
