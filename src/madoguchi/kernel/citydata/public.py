"""Doors of the city data: the applied pack, read by kind and key."""

from madoguchi.kernel.citydata.actions import revise
from madoguchi.kernel.citydata.calendar import calendar
from madoguchi.kernel.citydata.collections import (
    Collection,
    PackModel,
    PackRecord,
    ParameterKey,
    SectionKey,
)
from madoguchi.kernel.citydata.queries import UnknownRecord, current, parameter, record, records

__all__ = [
    "Collection",
    "PackModel",
    "PackRecord",
    "ParameterKey",
    "SectionKey",
    "UnknownRecord",
    "calendar",
    "current",
    "parameter",
    "record",
    "records",
    "revise",
]
