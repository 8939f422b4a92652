"""Doors of the registry: the services and their cards."""

from madoguchi.kernel.registry.catalogue import hooks, service, services
from madoguchi.kernel.registry.manifest import (
    Audience,
    DeskView,
    Direction,
    Entry,
    Figure,
    MyItem,
    Service,
)

__all__ = [
    "Audience",
    "DeskView",
    "Direction",
    "Entry",
    "Figure",
    "MyItem",
    "Service",
    "hooks",
    "service",
    "services",
]
