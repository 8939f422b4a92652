"""Doors of the audit trail."""

from madoguchi.kernel.audit.actions import PurposeMissing, history, look, record
from madoguchi.kernel.audit.append_only import append_only
from madoguchi.kernel.audit.queries import acts_of, last_act, last_line, stands
from madoguchi.kernel.audit.scan import first_break
from madoguchi.kernel.audit.verbs import act_name, verb_name

__all__ = [
    "PurposeMissing",
    "act_name",
    "acts_of",
    "append_only",
    "first_break",
    "history",
    "last_act",
    "last_line",
    "look",
    "record",
    "stands",
    "verb_name",
]
