"""`python -m madoguchi.standins.timestamp`: the stand-in as a process of its own, on loopback and nowhere else."""

import argparse
from pathlib import Path

from madoguchi.standins.serving import serve
from madoguchi.standins.timestamp.authority import Authority, Fault
from madoguchi.standins.timestamp.server import Server


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m madoguchi.standins.timestamp", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--roots", type=Path, required=True, help="where to write what a client has to trust (PEM)")
    parser.add_argument("--fault", choices=[fault.value for fault in Fault], help="goes wrong once")
    options = parser.parse_args(arguments)
    authority = Authority()
    authority.fault = Fault(options.fault) if options.fault else None
    options.roots.write_bytes(authority.roots_pem())
    serve(Server(authority), port=options.port)


if __name__ == "__main__":
    main()
