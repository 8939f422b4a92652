"""`python -m madoguchi.standins.scanner`: the stand-in as a process of its own."""

import argparse
from pathlib import Path

from madoguchi.standins.scanner.server import Fault, Scanner, listen


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m madoguchi.standins.scanner", description=__doc__)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--socket", type=Path, help="a unix socket")
    where.add_argument("--port", type=int, help="on 127.0.0.1")
    parser.add_argument("--fault", choices=[fault.value for fault in Fault], help="goes wrong every time")
    options = parser.parse_args(arguments)
    scanner = Scanner()
    if options.fault:
        scanner.fault, scanner.lasting = Fault(options.fault), True
    with listen(scanner, path=options.socket, port=options.port or 0) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
