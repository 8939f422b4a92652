"""Listening: the application behind werkzeug's threaded server, on 127.0.0.1 and nowhere else."""

from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from madoguchi.standins.identity.client import Client
from madoguchi.standins.identity.people import Person
from madoguchi.standins.identity.provider import Provider
from madoguchi.standins.identity.server import REALM, Server

LOOPBACK = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_arguments: object) -> None:
        """Addresses carry codes: they are not logged."""


class Listener:
    """A stand-in that listens; `port` is the real one when 0 was asked for."""

    def __init__(self, client: Client, people: dict[str, Person], *, port: int, app_secret: str = "") -> None:
        self._http: BaseWSGIServer = make_server(LOOPBACK, port, self._call, threaded=True, request_handler=_Quiet)
        self.port = self._http.server_port
        self.provider = Provider(issuer=f"http://localhost:{self.port}{REALM}", client=client)
        self.server = Server(self.provider, people, app_secret=app_secret)

    def _call(self, environ: dict[str, Any], start_response: Any) -> Any:
        return self.server(environ, start_response)

    def serve_forever(self) -> None:
        self._http.serve_forever(poll_interval=0.05)  # how soon `stop` is heard, in seconds

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
