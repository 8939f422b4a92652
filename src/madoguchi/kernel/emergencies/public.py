"""Doors of the emergencies: whether one is open, and why its taker looks."""

from madoguchi.kernel.emergencies.queries import emergency_of, purpose_of

__all__ = ["emergency_of", "purpose_of"]
