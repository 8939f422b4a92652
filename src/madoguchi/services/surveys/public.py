"""Doors of the surveys: statistics of counts, and published results by key."""

from madoguchi.services.surveys.statistics import ranks, weighted_mean

__all__ = ["ranks", "weighted_mean"]
