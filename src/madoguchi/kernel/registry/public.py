"""Doors of the registry: the services and their cards."""

from madoguchi.kernel.registry.catalogue import hooks, service, services
from madoguchi.kernel.registry.manifest import (
    Audience,
    Days,
    DeskView,
    Direction,
    Entry,
    Figure,
    MyItem,
    Recurring,
    Service,
)

__all__ = [
    "Audience",
    "Days",
    "DeskView",
    "Direction",
    "Entry",
    "Figure",
    "MyItem",
    "Recurring",
    "Service",
    "hooks",
    "service",
    "services",
]
