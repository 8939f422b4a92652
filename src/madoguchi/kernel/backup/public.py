"""Doors of the backup."""

from madoguchi.kernel.backup.queries import last_good_at

__all__ = ["last_good_at"]
