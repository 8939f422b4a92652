"""Listening: a WSGI application behind werkzeug's threaded server, on 127.0.0.1 and nowhere else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

LOOPBACK = "127.0.0.1"
Application = Callable[[dict[str, Any], Any], Any]


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_arguments: object) -> None:
        """What is asked for may be secret: it is not logged."""


def serve(application: Application, *, port: int) -> None:
    """Until the process ends."""
    make_server(LOOPBACK, port, application, threaded=True, request_handler=_Quiet).serve_forever()


@contextmanager
def served(application: Application) -> Iterator[str]:
    """The address of the application on a free port, while the block runs."""
    server = make_server(LOOPBACK, 0, application, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.05), daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
