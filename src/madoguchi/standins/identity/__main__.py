"""`python -m madoguchi.standins.identity`: the stand-in as a process of its own, on loopback and nowhere else."""

import argparse
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

from madoguchi.standins.identity.client import Client, client_keys, is_loopback
from madoguchi.standins.identity.faults import Fault
from madoguchi.standins.identity.listening import LOOPBACK, Listener
from madoguchi.standins.identity.people import PeopleFileWrong, read_people


def main(arguments: list[str] | None = None) -> None:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.host != LOOPBACK:
        parser.error(f"--host: this is a rehearsal with known people, it listens on {LOOPBACK} only")
    for name in ("redirect_uri", "post_logout_redirect_uri"):
        address = getattr(options, name)
        if address and not is_loopback(address):
            parser.error(f"--{name.replace('_', '-')}: only an address of this machine can use rehearsal identities")
    try:
        people = read_people(options.people)
        keys = client_keys(options.client_jwks)
    except (OSError, ValueError, PeopleFileWrong) as error:
        parser.error(str(error))
    client = Client(options.client_id, options.redirect_uri, keys, options.post_logout_redirect_uri)
    listener = Listener(client, people, port=options.port, app_secret=options.app_secret)
    listener.provider.fault = Fault(options.fault) if options.fault else None
    signal.signal(signal.SIGTERM, _leave)
    with suppress(KeyboardInterrupt):
        listener.serve_forever()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m madoguchi.standins.identity", description=__doc__)
    parser.add_argument("--host", default=LOOPBACK, help=f"{LOOPBACK}; any other is refused")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--people", type=Path, required=True, help="YAML with fictional people")
    parser.add_argument("--client-id", required=True)
    parser.add_argument(
        "--client-jwks",
        "--client-key",
        required=True,
        metavar="URL|FILE",
        help="the client's public key: a JWKS at a loopback address or in a file, or a PEM",
    )
    parser.add_argument("--redirect-uri", required=True)
    parser.add_argument("--post-logout-redirect-uri", default="")
    parser.add_argument("--app-secret", default="", help="base32; `/authenticator` then shows its codes")
    parser.add_argument("--fault", choices=[fault.value for fault in Fault], help="goes wrong once")
    return parser


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
