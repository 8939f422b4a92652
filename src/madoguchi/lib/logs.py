"""Log lines without personal data: what happened, in which request, at which lines of the code.

An exception is named by its type and the places it passed, never by its message: messages of databases and parsers
quote the values they stumbled over. Requests are named by their route, for a visitor can type a name into an address.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")


def places(error: BaseException) -> list[str]:
    """The type of an exception and the lines it passed, innermost last; what it came from stands after it."""
    found = []
    while True:
        found.append(f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins."))
        for frame in traceback.extract_tb(error.__traceback__):
            file = "/".join(PurePath(frame.filename).parts[-3:])
            found.append(f"  {file}:{frame.lineno} {frame.name}")
        before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if before is None:
            return found
        error = before


class RouteForPath(logging.Filter):
    """Django names a request by its path; here it becomes the route."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple):
            record.args = tuple(route_of(request) if item == request.path else item for item in record.args)
        return True


def route_of(request: Any) -> str:
    """The name of the route that answers a Django request; empty where none does."""
    match = request.resolver_match
    return str(match.view_name or match.route) if match else ""


class Lines(logging.Formatter):
    """For a person at a terminal."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return "\n".join(places(ei[1]))

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        fields = " ".join(f"{name}={value}" for name, value in _fields(record).items())
        return f"{line} {fields}" if fields else line


class JsonLines(logging.Formatter):
    """For a machine: one JSON object a line, times in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    """What the caller gave as `extra={"fields": …}`, and the request it happened in."""
    given: dict[str, Any] = getattr(record, "fields", {})
    identifier = request_id.get()
    return {**given, "request_id": identifier} if identifier else given
