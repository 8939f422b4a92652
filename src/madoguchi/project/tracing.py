"""Switching traces on: where they go, and a span for each query inside a request or a job."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from madoguchi.lib import traces

VERBS = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE", "ROLLBACK", "WITH"})


def switch_on(endpoint: str) -> None:
    """Raises: ImproperlyConfigured where the extra is not installed."""
    if find_spec("opentelemetry") is None or find_spec("opentelemetry.exporter") is None:
        raise ImproperlyConfigured("OTLP_ENDPOINT is set, but the extra is missing: pip install 'madoguchi[otel]'")
    traces.send_to(endpoint)
    connection_created.connect(_watch, dispatch_uid="traces")


def _watch(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _traced not in connection.execute_wrappers:  # the same object connects again after it was closed
        connection.execute_wrappers.append(_traced)


def _traced(execute: Callable[..., Any], statement: Any, values: Any, many: bool, context: dict[str, Any]) -> Any:
    """Of the statement its first word is told, never its text and never its values."""
    if not traces.is_inside():
        return execute(statement, values, many, context)
    word = str(statement).lstrip("( \n").split(None, 1)[0].upper()
    verb = word if word in VERBS else "OTHER"
    vendor = context["connection"].vendor
    with traces.span(verb, "CLIENT", db__system__name=vendor, db__operation__name=verb):
        return execute(statement, values, many, context)
