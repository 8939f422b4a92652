"""Doors of the audit trail."""

from madoguchi.kernel.audit.actions import history, record
from madoguchi.kernel.audit.append_only import append_only
from madoguchi.kernel.audit.queries import first_break, last_line, stands
from madoguchi.kernel.audit.verbs import verb_name, verb_names

__all__ = ["append_only", "first_break", "history", "last_line", "record", "stands", "verb_name", "verb_names"]
