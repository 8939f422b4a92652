"""Doors of the personal numbers."""

from madoguchi.kernel.numbers.actions import erase, has_number, keep, show
from madoguchi.kernel.numbers.errors import NotAPersonalNumber
from madoguchi.kernel.numbers.fields import MASK, NumberField

__all__ = ["MASK", "NotAPersonalNumber", "NumberField", "erase", "has_number", "keep", "show"]
