"""The WSGI application: addresses as the real provider has them, and `/faults` to make something go wrong."""

import json
import secrets
import threading
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode, urlsplit

from werkzeug.wrappers import Request as HTTPRequest
from werkzeug.wrappers import Response

from madoguchi.lib import clock, totp
from madoguchi.standins.identity import pages
from madoguchi.standins.identity.errors import Refused, Shown
from madoguchi.standins.identity.faults import Fault
from madoguchi.standins.identity.people import Person
from madoguchi.standins.identity.provider import Provider

REALM = "/api/realms/main"
SLOW_S = 30.0
Handler = Callable[[HTTPRequest], Response]


class Server:
    """One provider and its people as a WSGI application. `slow_s` is how long the fault `slow` takes.

    `app_secret` (base32) makes `/authenticator` show the codes of the staff's rehearsal authenticator app.
    """

    def __init__(
        self, provider: Provider, people: dict[str, Person], *, slow_s: float = SLOW_S, app_secret: str = ""
    ) -> None:
        self.provider = provider
        self.people = people
        self.slow_s = slow_s
        self.app_secret = app_secret
        base = f"{REALM}/protocol/openid-connect"
        self.routes: dict[str, dict[str, Handler]] = {
            f"{REALM}/.well-known/openid-configuration": {"GET": lambda _: _json(self.provider.metadata())},
            f"{base}/certs": {"GET": lambda _: _json(self.provider.jwks())},
            f"{base}/auth": {"GET": self.authorize, "POST": self.authorize},
            f"{base}/token": {"POST": self.token},
            f"{base}/userinfo": {"GET": self.userinfo, "POST": self.userinfo},
            f"{base}/logout": {"GET": self.sign_out, "POST": self.sign_out},
            "/authenticator": {"GET": self.show_code},
            "/faults": {"GET": self.show_faults, "POST": self.set_fault},
        }

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        response = self._answer(HTTPRequest(environ))
        response.headers.update(
            {
                "Cache-Control": "no-store",
                "Content-Security-Policy": self._policy(),
                "Referrer-Policy": "no-referrer",
                "X-Content-Type-Options": "nosniff",
            }
        )
        return response(environ, start_response)

    def _answer(self, request: HTTPRequest) -> Response:
        methods = self.routes.get(request.path)
        if methods is None:
            return Response("not found\n", 404)
        handler = methods.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            return Response("method not allowed\n", 405, headers={"Allow": ", ".join(methods)})
        return handler(request)

    def _policy(self) -> str:
        back = urlsplit(self.provider.client.redirect_uri)
        return (
            f"default-src 'none'; style-src '{pages.STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'; "
            f"form-action 'self' {back.scheme}://{back.netloc}"  # browsers hold this against the redirect, too
        )

    def authorize(self, request: HTTPRequest) -> Response:
        """GET shows the form, POST takes it; both check the request in the address."""
        try:
            checked = self.provider.read_request(request.args.to_dict(flat=False))
            if self.provider.take_fault(Fault.DENY) or request.form.get("act") == "deny":
                raise Refused("access_denied", "the person said no")
            problem = self._problem(request) if request.method == "POST" else None
            if request.method == "POST" and problem is None:
                person = self.people[request.form["person"]]
                code = self.provider.grant(checked, person, request.form.get("way", ""))
                return self._back(code=code, state=checked.state, session_state=secrets.token_urlsafe(16))
        except Shown as refusal:
            return _html(pages.refused(str(refusal)), 400)
        except Refused as refusal:
            state = {"state": request.args["state"]} if "state" in request.args else {}
            return self._back(error=refusal.error, error_description=refusal.description, **state)
        form = pages.choose(
            checked,
            self.people.values(),
            client_name=urlsplit(self.provider.client.redirect_uri).netloc,
            answers=request.form.to_dict(),
            problem=problem,
        )
        return _html(form, 400 if problem else 200)

    def _problem(self, request: HTTPRequest) -> pages.Problem | None:
        if request.form.get("person", "") not in self.people:
            return pages.NO_PERSON
        pin = unicodedata.normalize("NFKC", request.form.get("pin", "")).strip()  # １２３４ is what an IME types
        return None if pin == pages.PIN else pages.WRONG_PIN

    def _back(self, **query: str) -> Response:
        address = self.provider.client.redirect_uri
        joint = "&" if urlsplit(address).query else "?"
        return Response(status=303, headers={"Location": f"{address}{joint}{urlencode(query)}"})

    def token(self, request: HTTPRequest) -> Response:
        if self.provider.take_fault(Fault.SLOW):
            threading.Event().wait(self.slow_s)
        if self.provider.take_fault(Fault.TOKEN_500):
            return Response("internal error\n", 500)
        try:
            return _json(self.provider.token(request.form.to_dict()))
        except Refused as refusal:
            status = 401 if refusal.error == "invalid_client" else 400
            return _json({"error": refusal.error, "error_description": refusal.description}, status)

    def userinfo(self, request: HTTPRequest) -> Response:
        if self.provider.take_fault(Fault.USERINFO_500):
            return Response("internal error\n", 500)
        scheme, _, access = request.headers.get("Authorization", "").partition(" ")
        try:
            return _json(self.provider.userinfo(access if scheme.lower() == "bearer" else ""))
        except Refused as refusal:
            answer = _json({"error": refusal.error, "error_description": refusal.description}, 401)
            answer.headers["WWW-Authenticate"] = f'Bearer error="{refusal.error}"'
            return answer

    def sign_out(self, request: HTTPRequest) -> Response:
        query = request.values.to_dict()
        try:
            target = self.provider.sign_out(query)
        except Shown as refusal:
            return _html(pages.refused(str(refusal)), 400)
        if not target:
            return _html(pages.signed_out())
        state = f"?{urlencode({'state': query['state']})}" if "state" in query else ""
        return Response(status=303, headers={"Location": f"{target}{state}"})

    def show_code(self, _request: HTTPRequest) -> Response:
        """What an authenticator app would show now."""
        if not self.app_secret:
            return Response("not found\n", 404)
        now = clock.now()
        return _html(pages.authenticator(totp.code_at(self.app_secret, now), totp.seconds_left(now)))

    def show_faults(self, _request: HTTPRequest) -> Response:
        wanted = self.provider.fault
        return _json({"next": wanted.value if wanted else None, "known": [fault.value for fault in Fault]})

    def set_fault(self, request: HTTPRequest) -> Response:
        """`fault=<word>` makes it happen once; an empty word takes it back."""
        word = request.form.get("fault", "")
        if word and word not in {fault.value for fault in Fault}:
            return _json({"error": f"unknown fault {word}"}, 400)
        self.provider.fault = Fault(word) if word else None
        return self.show_faults(request)


def _json(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content, ensure_ascii=False), status, mimetype="application/json")


def _html(text: str, status: int = 200) -> Response:
    return Response(text, status, mimetype="text/html")
