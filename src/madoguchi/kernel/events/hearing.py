"""Who hears of what: services say it in their manifests, kernel apps in the list of the settings."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from madoguchi.kernel.registry.public import services

Hears = Callable[[], Mapping[str, str]]  # event → dotted path of `f(event: Event)`


@cache
def published() -> dict[str, str]:
    """Every event of this installation, and what it means in words."""
    return {name: words for service in services() for name, words in service.publishes.items()}


@cache
def hearers() -> dict[str, tuple[str, ...]]:
    """For every event the functions that want to know."""
    found: dict[str, list[str]] = defaultdict(list)
    for dotted in settings.EVENT_HEARERS:
        hears: Hears = import_string(dotted)
        for name, hearer in hears().items():
            found[name].append(hearer)
    for service in services():
        for name, hearer in service.hears.items():
            found[name].append(hearer)
    return {name: tuple(those) for name, those in found.items()}
