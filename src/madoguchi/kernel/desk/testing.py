"""For tests: views somebody saved."""

from madoguchi.kernel.desk.actions import save_view

__all__ = ["save_view"]
