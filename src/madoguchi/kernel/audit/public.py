"""Doors of the audit trail."""

from madoguchi.kernel.audit.actions import history, record
from madoguchi.kernel.audit.verbs import verb_name, verb_names

__all__ = ["history", "record", "verb_name", "verb_names"]
