"""Doors of the evidence: figures by key or by measure of the plan."""

from madoguchi.kernel.evidence.figures import Measured, Period, figure, of_measure

__all__ = ["Measured", "Period", "figure", "of_measure"]
