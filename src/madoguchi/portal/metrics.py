"""`/metrics` in the text format of Prometheus, for who has the token; counted only where a token is set."""

import hmac
import os
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.audit.public import last_line
from madoguchi.kernel.backup.public import last_good_at
from madoguchi.kernel.files.public import waiting_since
from madoguchi.lib import clock
from madoguchi.lib.access import public_page
from madoguchi.lib.logs import route_of

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Counter, Histogram
    from prometheus_client.core import Metric

BUCKETS_S = (0.01, 0.03, 0.1, 0.3, 1, 3, 10)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@public_page
@never_cache
@require_safe
def exposition(request: HttpRequest) -> HttpResponse:
    """404 without the token: nobody learns that there is something here."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def count(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    if settings.METRICS_TOKEN:
        requests, durations = _request_metrics()
        requests.labels(known_method(request), route_of(request), str(response.status_code)).inc()
        durations.labels(route_of(request)).observe(seconds)


def known_method(request: HttpRequest) -> str:
    """The method, or OTHER: a visitor can invent as many as they like."""
    return str(request.method) if request.method in METHODS else "OTHER"


@cache
def _request_metrics() -> tuple["Counter", "Histogram"]:
    from prometheus_client import Counter, Histogram

    return (
        Counter("madoguchi_requests", "Requests answered", ["method", "route", "status"], registry=_own()),
        Histogram("madoguchi_request_seconds", "Time to answer", ["route"], buckets=BUCKETS_S, registry=_own()),
    )


@cache
def _own() -> "CollectorRegistry":
    from prometheus_client import CollectorRegistry

    return CollectorRegistry()


def _registry() -> "CollectorRegistry":
    """This process, or all web processes of this machine where they share a folder; and the state of the city."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    else:
        registry = CollectorRegistry()
        registry.register(_own())
    registry.register(_State())
    return registry


class _State:
    """Gauges read from the database at the moment of asking."""

    def collect(self) -> "Iterator[Metric]":
        from prometheus_client.core import GaugeMetricFamily

        jobs = GaugeMetricFamily("madoguchi_jobs", "Jobs by state, finished ones left out", labels=["state"])
        open_jobs = DBTaskResult.objects.exclude(status="SUCCESSFUL")
        for row in open_jobs.values("status").annotate(rows=Count("pk")).order_by("status"):
            jobs.add_metric([row["status"].lower()], row["rows"])
        yield jobs
        given_up = open_jobs.exclude(dead_letter=None).count()
        yield GaugeMetricFamily("madoguchi_dead_letters", "Jobs given up, waiting for a person", value=given_up)
        yield GaugeMetricFamily("madoguchi_audit_lines", "Lines of the audit trail", value=last_line()[0])
        since = waiting_since()
        held: Any = (clock.now() - since).total_seconds() if since else 0
        yield GaugeMetricFamily("madoguchi_quarantine_seconds", "How long a file waits for its scan by now", value=held)
        last = last_good_at()
        age: Any = (clock.now() - last).total_seconds() if last else float("nan")
        yield GaugeMetricFamily("madoguchi_backup_age_seconds", "Since the last good backup; NaN before it", value=age)
