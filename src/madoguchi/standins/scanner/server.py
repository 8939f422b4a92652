"""The commands of clamd(8) that a client with files needs: PING, VERSION, INSTREAM; as `zPING`, `nPING` or `PING`."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

# the test file of EICAR (https://www.eicar.org), in two halves so that no scanner takes this source for it
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
VERSION = "ClamAV 1.4.6/stand-in: knows EICAR only"
STREAM_MAX_LENGTH = 100 * 1024 * 1024  # clamd.conf(5), StreamMaxLength of 1.4
MOST_COMMAND = 100


class Fault(Enum):
    """What goes wrong with the next file. The value is the word for `--fault`."""

    SLOW = "slow"  # takes the file and says nothing
    HANG_UP = "hang_up"  # in the middle of the file
    GARBAGE = "garbage"
    NO_END = "no_end"  # an answer that never ends
    ERROR = "error"  # the engine itself failed
    TOO_LARGE = "too_large"  # as if StreamMaxLength were a few bytes


class Scanner:
    """What a running stand-in was told to do wrong, and what it has seen."""

    def __init__(self, *, slow_s: float = 30.0) -> None:
        self.fault: Fault | None = None
        self.lasting = False
        self.slow_s = slow_s
        self.scanned = 0

    def take_fault(self) -> Fault | None:
        fault = self.fault
        if not self.lasting:
            self.fault = None
        return fault


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command, end = self._command()
        scanner: Scanner = self.server.scanner  # type: ignore[attr-defined]
        match command:
            case b"PING":
                self._say("PONG", end)
            case b"VERSION":
                self._say(VERSION, end)
            case b"INSTREAM":
                if (answer := self._scan(scanner)) is not None:
                    self._say(answer, end)
            case _:
                self._say("UNKNOWN COMMAND", end)

    def _command(self) -> tuple[bytes, bytes]:
        first = self.rfile.read(1)
        end = b"\0" if first == b"z" else b"\n"
        word = b"" if first in {b"z", b"n"} else first
        while len(word) < MOST_COMMAND and (byte := self.rfile.read(1)) not in {b"", end}:
            word += byte
        return word.strip(), end

    def _say(self, words: str, end: bytes) -> None:
        self.wfile.write(words.encode() + end)

    def _scan(self, scanner: Scanner) -> str | None:
        """The verdict, or None to hang up without one."""
        scanner.scanned += 1
        fault = scanner.take_fault()
        if fault == Fault.HANG_UP:
            self.rfile.read(4)
            return None
        content, limit = bytearray(), 8 if fault == Fault.TOO_LARGE else STREAM_MAX_LENGTH
        while length := struct.unpack("!I", self._exactly(4))[0]:
            if len(content) + length > limit:
                return "INSTREAM size limit exceeded. ERROR"
            content += self._exactly(length)
        match fault:
            case Fault.SLOW:
                threading.Event().wait(scanner.slow_s)
            case Fault.GARBAGE:
                return "<html>502 Bad Gateway</html>"
            case Fault.NO_END:
                for _ in range(1000):
                    self.wfile.write(b"x" * 1000)
            case Fault.ERROR:
                return "stream: Can't allocate memory ERROR"
        return "stream: Eicar-Test-Signature FOUND" if EICAR in content else "stream: OK"

    def _exactly(self, count: int) -> bytes:
        found = self.rfile.read(count)
        if len(found) < count:
            raise ConnectionError("the client hung up")
        return found


class _Quiet:
    """A client that goes away is no news."""

    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None: ...


class _Unix(_Quiet, socketserver.ThreadingUnixStreamServer): ...


class _Tcp(_Quiet, socketserver.ThreadingTCPServer): ...


def listen(scanner: Scanner, *, path: Path | None = None, port: int = 0) -> socketserver.BaseServer:
    """On a unix socket, or on a port of 127.0.0.1 and nowhere else."""
    server: socketserver.BaseServer
    if path is not None:
        path.unlink(missing_ok=True)  # left by a process that was killed
        server = _Unix(str(path), _Session)
        path.chmod(0o600)
    else:
        server = _Tcp(("127.0.0.1", port), _Session)
    server.scanner = scanner  # type: ignore[attr-defined]
    return server


@contextmanager
def served(scanner: Scanner, *, path: Path | None = None) -> Iterator[str]:
    """The address of a stand-in as the setting SCANNER has it, while the block runs."""
    server = listen(scanner, path=path)
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.05), daemon=True)
    thread.start()
    address = server.server_address
    try:
        yield f"unix:{address}" if path is not None else f"tcp:{address[0]}:{address[1]}"  # type: ignore[index]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
