"""`python -m madoguchi.standins.keystore`: the stand-in as a process of its own, on loopback. A rehearsal (練習用)."""

import argparse
import secrets
from pathlib import Path

from madoguchi.standins.keystore.server import Server
from madoguchi.standins.keystore.store import Fault, Store
from madoguchi.standins.serving import serve


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m madoguchi.standins.keystore", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--keys", type=Path, required=True, help="where the keys are kept between starts")
    parser.add_argument("--token", type=Path, required=True, help="where to write the token (KMS_TOKEN_FILE)")
    parser.add_argument("--fault", choices=[fault.value for fault in Fault], help="goes wrong once")
    options = parser.parse_args(arguments)
    store, token = Store(options.keys), secrets.token_urlsafe(24)
    store.fault = Fault(options.fault) if options.fault else None
    options.token.touch(mode=0o600)
    options.token.write_text(token, encoding="ascii")
    serve(Server(store, token=token), port=options.port)


if __name__ == "__main__":
    main()
