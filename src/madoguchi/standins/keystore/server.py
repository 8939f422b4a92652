"""The WSGI application: `/v1/<mount>/encrypt/<key>`, `decrypt`, `keys/<key>/rotate`, as Vault has them; `/faults`."""

import json
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Any

from werkzeug.wrappers import Request, Response

from madoguchi.standins.keystore.store import Fault, Refused, Store


class Server:
    """One store as a WSGI application, for who has `token`. `slow_s` is how long the fault `slow` takes."""

    def __init__(self, store: Store, *, token: str, slow_s: float = 30.0) -> None:
        self.store = store
        self.token = token
        self.slow_s = slow_s

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.path == "/faults" and request.method == "POST":
            self.store.fault = Fault(request.form["fault"]) if request.form.get("fault") else None
            return _json({"known": [fault.value for fault in Fault]})
        if spoiled := self._spoiled():
            return spoiled
        if request.headers.get("X-Vault-Token") != self.token:
            return _json({"errors": ["permission denied"]}, 403)
        match request.method, request.path.strip("/").split("/"):
            case "POST" | "PUT", ["v1", _mount, ("encrypt" | "decrypt") as act, key]:
                return self._crypt(act, key, request)
            case "POST" | "PUT", ["v1", _mount, "keys", key, "rotate"]:
                return _json({"data": {"latest_version": self.store.turn(key)}})
            case _:
                return _json({"errors": ["unsupported path"]}, 404)

    def _spoiled(self) -> Response | None:
        take = self.store.take_fault
        if take(Fault.SLOW):
            threading.Event().wait(self.slow_s)
        if take(Fault.SEALED):
            return _json({"errors": ["Vault is sealed"]}, 503)
        if take(Fault.DENIED):
            return _json({"errors": ["permission denied"]}, 403)
        if take(Fault.ERROR_500):
            return _json({"errors": ["internal error"]}, 500)
        if take(Fault.HTML):
            return Response("<title>Sign in to the proxy</title>", mimetype="text/html")
        if take(Fault.GARBAGE):
            return Response(b'{"data":', mimetype="application/json")
        if take(Fault.REDIRECT):
            return Response(status=307, headers={"Location": "http://127.0.0.1:9/"})
        return None

    def _crypt(self, act: str, key: str, request: Request) -> Response:
        try:
            sent = json.loads(request.get_data())
            associated = str(sent.get("associated_data", ""))
            if act == "encrypt":
                text, version = self.store.encrypt(key, str(sent["plaintext"]), associated)
                return _json({"data": {} if self.store.take_fault(Fault.NO_CIPHERTEXT) else {
                    "ciphertext": text, "key_version": version,
                }})  # fmt: skip
            plain = self.store.decrypt(key, str(sent["ciphertext"]), associated)
        except Refused as error:
            return _json({"errors": [str(error)]}, 400)
        except (ValueError, KeyError):
            return _json({"errors": ["error parsing JSON"]}, 400)
        if self.store.take_fault(Fault.OTHER_KEY):
            plain = b64encode(bytes(byte ^ 1 for byte in b64decode(plain))).decode()
        if self.store.take_fault(Fault.SHORT_KEY):
            plain = b64encode(b64decode(plain)[:16]).decode()
        return _json({"data": {"plaintext": plain}})


def _json(content: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(content), status, mimetype="application/json")
