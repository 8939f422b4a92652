"""Doors of the mandates: for whom somebody acts."""

from madoguchi.kernel.mandates.acting import Acting, acting, principal_name
from madoguchi.kernel.mandates.errors import NotMandated

__all__ = ["Acting", "NotMandated", "acting", "principal_name"]
