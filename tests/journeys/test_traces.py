"""A collector gets what took how long, of requests, jobs and queries, and learns nothing about anyone.

The receiver speaks OTLP/HTTP and reads with the protocol's own messages (opentelemetry-proto).
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from madoguchi.kernel.accounts.testing import signed_in
from madoguchi.kernel.jobs.worker import WatchedWorker
from madoguchi.lib import traces
from madoguchi.project import tracing
from madoguchi.services.procedures.testing import make_submitted


class Collector(ThreadingHTTPServer):
    def __init__(self):
        self.bodies = []
        super().__init__(("127.0.0.1", 0), Receiver)

    def spans(self):
        """All spans by name, after everything that waits was sent."""
        traces._provider().force_flush()
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span
            for request in requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/v1/traces" and self.headers["Content-Type"] == "application/x-protobuf":
            self.server.bodies.append(body)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def collector():
    with Collector() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tracing.switch_on(f"http://127.0.0.1:{server.server_port}")
        tracing._watch(connection)  # it is open already
        yield server
        traces.stop()
        connection.execute_wrappers.remove(tracing._traced)
        server.shutdown()


def named(spans):
    return {span.name: span for span in spans}


def told(span):
    return {item.key: item.value.string_value or item.value.int_value for item in span.attributes}


def test_a_request_is_named_by_its_route_and_its_queries_lie_within(collector, resident):
    case = make_submitted(resident)
    answer = signed_in(resident).get(f"/procedures/cases/{case.uid}/", headers={"X-Request-ID": "0af7651916cd43dd"})
    assert answer.status_code == 200
    spans = collector.spans()
    request = named(spans)["GET procedures:case"]
    assert told(request) == {
        "http.request.method": "GET",
        "http.route": "procedures/cases/<uuid:case_uid>/",
        "http.response.status_code": 200,
        "madoguchi.request_id": "0af7651916cd43dd",
    }
    queries = [span for span in spans if span.parent_span_id == request.span_id]
    assert {span.name for span in queries} >= {"SELECT"}
    assert all(told(span) == {"db.system.name": connection.vendor, "db.operation.name": span.name} for span in queries)


def test_a_job_is_named_by_its_function_and_its_mail_is_not_told(collector, resident):
    make_submitted(resident)
    worker = WatchedWorker(interval=0)
    for waiting in DBTaskResult.objects.all():
        worker.run_task(waiting)
    jobs = [span for span in collector.spans() if span.name.startswith("madoguchi.")]
    assert [span.name.rsplit(".", 1)[1] for span in jobs] == ["tell", "deliver"]
    assert [told(job) for job in jobs] == [{}, {}]


def test_nothing_a_person_typed_or_owns_reaches_the_collector(collector, resident, staff_clerk):
    case = make_submitted(resident)
    browser, desk = signed_in(resident), signed_in(staff_clerk)
    browser.get(f"/procedures/cases/{case.uid}/")
    browser.get("/directory/?q=窓口花子")
    browser.get("/窓口花子/")
    browser.post("/my/email/", {"email": "hanako.new@example.jp"})
    desk.get(f"/procedures/desk/?q={case.receipt_number}")
    Client().post("/accounts/staff/", {"username": staff_clerk.username, "password": "hanako-guesses-one"})
    assert len(collector.spans()) > 20
    sent = b"".join(collector.bodies)
    facts = ["花子", "%E8%8A%B1%E5%AD%90", "hanako", str(case.uid), case.receipt_number, staff_clerk.username, "見本町"]
    assert [fact for fact in facts if fact.encode() in sent] == []


def test_a_failure_is_told_by_its_type(collector, resident, monkeypatch):
    def fails(*_, **__):
        raise ValueError("窓口 花子")

    monkeypatch.setattr("madoguchi.portal.views.hooks", fails)
    browser = signed_in(resident)
    browser.raise_request_exception = False
    assert browser.get("/my/").status_code == 500
    request = named(collector.spans())["GET portal:my_page"]
    assert request.status.code == request.status.STATUS_CODE_ERROR
    assert "花子".encode() not in b"".join(collector.bodies)


def test_without_a_setting_nothing_is_made(resident):
    with traces.span("request", "SERVER") as note:
        note("named", failed=True)
        assert not traces.is_inside()
    assert traces._provider.cache_info().currsize == 0
