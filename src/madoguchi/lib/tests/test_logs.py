"""What stands in a log line, and what never does."""

import json
import logging
import sys
from types import SimpleNamespace

import pytest

from madoguchi.lib.logs import JsonLines, Lines, RouteForPath, request_id


def failed() -> logging.LogRecord:
    """A record of an exception whose message and whose cause quote a person."""
    try:
        try:
            {}["窓口 花子"]
        except KeyError as error:
            raise ValueError("Key (email)=(hanako@example.jp) already exists") from error
    except ValueError:
        return logging.LogRecord("madoguchi", logging.ERROR, __file__, 1, "Job %s failed", (7,), sys.exc_info())


@pytest.mark.parametrize("formatter", [JsonLines(), Lines()])
def test_an_exception_is_told_by_type_and_place_never_by_its_message(formatter):
    line = formatter.format(failed())
    assert "花子" not in line
    assert "hanako" not in line
    for words in ("Job 7 failed", "ValueError", "KeyError", "lib/tests/test_logs.py:"):
        assert words in line


def test_a_json_line_is_one_object_with_the_request_it_belongs_to():
    token = request_id.set("abc12345")
    try:
        record = logging.LogRecord("madoguchi.request", logging.INFO, __file__, 1, "二行\nに", None, None)
        record.fields = {"status": 200}
        line = JsonLines().format(record)
    finally:
        request_id.reset(token)
    assert "\n" not in line
    found = json.loads(line)
    assert found.pop("at").endswith("+00:00")
    assert found == {
        "level": "INFO",
        "logger": "madoguchi.request",
        "message": "二行\nに",
        "status": 200,
        "request_id": "abc12345",
    }


@pytest.mark.parametrize(("match", "named"), [(None, ""), (SimpleNamespace(view_name="portal:home"), "portal:home")])
def test_the_path_a_visitor_typed_becomes_the_route(match, named):
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "%s: %s", ("Failed", "/花子/"), None)
    record.request = SimpleNamespace(path="/花子/", resolver_match=match)
    RouteForPath().filter(record)
    assert record.getMessage() == f"Failed: {named}"
