"""Doors of the reading aloud: where a page can be heard, if it can."""

from madoguchi.kernel.speech.views import address_of

__all__ = ["address_of"]
