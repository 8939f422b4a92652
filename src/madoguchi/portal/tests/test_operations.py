"""What the people who run the machine see: identifiers, log lines, health, metrics."""

import logging

import pytest
from django.db import DatabaseError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from madoguchi.kernel.accounts.testing import signed_in

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-test"  # not a secret


@pytest.fixture
def lines(caplog):
    """The fields of the request lines."""
    caplog.set_level(logging.INFO, "madoguchi.request")
    return lambda: [record.fields for record in caplog.records if record.name == "madoguchi.request"]


def test_a_request_has_one_line_with_route_status_and_time_and_no_address(example_city, lines):
    answer = Client().get("/search/?q=窓口花子")
    (fields,) = lines()
    assert fields.pop("ms") > 0
    assert fields == {"method": "GET", "route": "portal:search", "status": 200}
    assert len(answer["X-Request-ID"]) == 16


def test_a_page_from_the_cache_and_a_page_that_is_not_there_are_named_too(example_city, lines):
    browser = Client()
    browser.get("/directory/")
    browser.get("/directory/")
    browser.get("/窓口花子/")
    assert [(fields["route"], fields["status"]) for fields in lines()] == [
        ("portal:directory", 200),
        ("portal:directory", 200),
        ("", 404),
    ]


@pytest.mark.parametrize(("given", "kept"), [("0af7651916cd43dd", True), ("<script>", False), ("x" * 65, False)])
def test_the_identifier_of_the_proxy_is_kept_when_it_is_one(given, kept):
    answer = Client().get("/healthz", headers={"X-Request-ID": given})
    assert (answer["X-Request-ID"] == given) is kept


def test_the_page_of_an_error_shows_the_number_that_stands_in_the_log(monkeypatch, lines, caplog, resident):
    def fails(*_, **__):
        raise ValueError("窓口 花子")

    monkeypatch.setattr("madoguchi.portal.views.hooks", fails)
    browser = signed_in(resident)
    browser.raise_request_exception = False
    answer = browser.get("/my/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "花子" not in answer.content.decode()
    assert lines()[-1]["status"] == 500


def test_ready_says_no_while_the_database_does_not_answer(monkeypatch):
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/readyz").status_code == 200

    def away():
        raise DatabaseError("password of the database")

    monkeypatch.setattr("madoguchi.portal.health.connection.cursor", away)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert "password" not in answer.content.decode()
    assert Client().get("/healthz").status_code == 200


@pytest.mark.parametrize(("token", "sent"), [("", ""), ("", "Bearer "), (TOKEN, ""), (TOKEN, "Bearer wrong")])
def test_metrics_are_not_there_without_the_token(settings, example_city, token, sent):
    settings.METRICS_TOKEN = token
    assert Client().get("/metrics", headers={"Authorization": sent}).status_code == 404


def test_metrics_count_requests_by_route_and_tell_the_state_of_the_city(settings, resident):
    settings.METRICS_TOKEN = TOKEN
    signed_in(resident).get("/my/")
    Client().generic("BREW", "/")
    answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer["Content-Type"].startswith("text/plain; version=")
    samples = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }
    mine = ("madoguchi_requests_total", ("method", "GET"), ("route", "portal:my_page"), ("status", "200"))
    assert samples[mine] >= 1
    assert not [key for key in samples if "BREW" in str(key)]
    assert samples[("madoguchi_audit_lines",)] >= 1
    assert samples[("madoguchi_dead_letters",)] == 0
    assert samples[("madoguchi_quarantine_seconds",)] == 0
    assert samples[("madoguchi_backup_age_seconds",)] != samples[("madoguchi_backup_age_seconds",)]  # NaN
