"""The WSGI application: HTTP as RFC 3161 section 3.4 has it, `/roots.pem`, and `/faults`."""

import json
import threading
from collections.abc import Iterable
from typing import Any

from werkzeug.wrappers import Request, Response

from madoguchi.standins.timestamp.authority import Authority, Fault

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
MOST_BYTES = 64 * 1024


class Server:
    """One authority as a WSGI application. `slow_s` is how long the fault `slow` takes."""

    def __init__(self, authority: Authority, *, slow_s: float = 30.0) -> None:
        self.authority = authority
        self.slow_s = slow_s

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        match request.method, request.path:
            case "POST", "/":
                return self._stamp(request)
            case "GET", "/roots.pem":
                return Response(self.authority.roots_pem(), mimetype="application/x-pem-file")
            case "POST", "/faults":
                self.authority.fault = Fault(request.form["fault"]) if request.form.get("fault") else None
                return Response(json.dumps({"known": [fault.value for fault in Fault]}), mimetype="application/json")
            case _:
                return Response("not found\n", 404)

    def _stamp(self, request: Request) -> Response:
        if request.mimetype != QUERY or (request.content_length or 0) > MOST_BYTES:
            return Response(f"send {QUERY}\n", 415)
        take = self.authority.take_fault
        if take(Fault.SLOW):
            threading.Event().wait(self.slow_s)
        if take(Fault.ERROR_500):
            return Response("internal error\n", 500)
        if take(Fault.HTML):
            return Response("<title>Sign in to the proxy</title>", mimetype="text/html")
        if take(Fault.GARBAGE):
            return Response(b"\x30\x03\x02\x01\x00", mimetype=REPLY)
        if take(Fault.TOO_LONG):
            return Response(b"\x30" * (MOST_BYTES + 2), mimetype=REPLY)
        return Response(self.authority.answer(request.get_data()), mimetype=REPLY)
