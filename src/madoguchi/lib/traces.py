"""Traces for OpenTelemetry: what took how long, never about whom. Silent until `send_to` names a collector.

Names and attributes are ours alone: routes, functions, kinds of statements. An exception is named by its type.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

Kind = Literal["SERVER", "CLIENT", "CONSUMER"]
Note = Callable[..., None]
_collector = {"endpoint": ""}


def send_to(endpoint: str) -> None:
    """From now on spans go to this collector (OTLP over HTTP); to nobody when it is empty."""
    stop()
    _collector["endpoint"] = endpoint


def stop() -> None:
    """Send what waits, and be silent."""
    if _provider.cache_info().currsize:
        _provider().shutdown()
        _provider.cache_clear()
    _collector["endpoint"] = ""


def is_inside() -> bool:
    """Whether a span is open here, so that a smaller one has somewhere to belong."""
    if not _collector["endpoint"]:
        return False
    from opentelemetry.trace import get_current_span

    return get_current_span().is_recording()


@contextmanager
def span(name: str, kind: Kind, **attributes: str | int) -> Iterator[Note]:
    """A stretch of work; what is yielded gives it a better name and more attributes (`__` stands for a dot)."""
    if not _collector["endpoint"]:
        yield _nothing
        return
    from opentelemetry.trace import SpanKind, StatusCode

    with (
        _provider()
        .get_tracer("madoguchi")
        .start_as_current_span(
            name,
            kind=SpanKind[kind],
            attributes=_dotted(attributes),
            record_exception=False,
            set_status_on_exception=False,
        ) as made
    ):

        def note(name: str = "", *, failed: bool = False, **more: str | int) -> None:
            if name:
                made.update_name(name)
            if failed:
                made.set_status(StatusCode.ERROR)
            made.set_attributes(_dotted(more))

        try:
            yield note
        except BaseException as error:
            made.set_status(StatusCode.ERROR, type(error).__name__)
            raise


def _nothing(*_: object, **__: object) -> None:
    """Nobody listens."""


def _dotted(attributes: dict[str, str | int]) -> dict[str, str | int]:
    return {name.replace("__", "."): value for name, value in attributes.items()}


@cache
def _provider() -> "TracerProvider":
    """Made at the first span, so in the process that works and not in the one it was forked from."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    made = TracerProvider(resource=Resource.create({"service.name": "madoguchi"}))
    made.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{_collector['endpoint']}/v1/traces")))
    return made
