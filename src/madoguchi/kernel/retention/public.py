"""Doors of the retention: its rules stand in manifests; nothing else is asked of it."""

from madoguchi.kernel.retention.rules import rules

__all__ = ["rules"]
