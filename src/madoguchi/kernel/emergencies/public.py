"""Doors of the emergencies: whether one is open."""

from madoguchi.kernel.emergencies.queries import emergency_of

__all__ = ["emergency_of"]
