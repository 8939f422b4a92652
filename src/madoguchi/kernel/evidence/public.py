"""Doors of the evidence: figures by key or by measure of the plan, as they are now and as they were fixed."""

from madoguchi.kernel.evidence.actions import freeze, frozen
from madoguchi.kernel.evidence.errors import AlreadyFrozen, NotOver
from madoguchi.kernel.evidence.figures import Measured, Period, counted, figure, of_measure

__all__ = ["AlreadyFrozen", "Measured", "NotOver", "Period", "counted", "figure", "freeze", "frozen", "of_measure"]
