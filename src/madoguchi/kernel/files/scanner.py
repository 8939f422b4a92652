"""The virus scanner: clamd's own protocol (clamd(8), INSTREAM) over a unix socket or TCP; one file a connection."""

import socket
import struct
import time
from dataclasses import dataclass
from enum import Enum

from django.conf import settings

CONNECT_S = 5
ANSWER_S = 60  # for the whole of one file
MOST_ANSWER = 4096
_CHUNK = 64 * 1024


class ScannerAway(Exception):
    """Nobody answered, or not in the words of a scanner: nothing is known about the file."""


class Finding(Enum):
    CLEAN = "clean"
    HARMFUL = "harmful"
    UNSCANNABLE = "unscannable"  # the scanner said that it could not


@dataclass(frozen=True)
class Verdict:
    """What the scanner found; `said` is the name of the signature, or its reason."""

    finding: Finding
    said: str = ""


def is_set_up() -> bool:
    """Whether there is somebody to ask."""
    return settings.SCANNER not in {"", "none"}


def scan(content: bytes) -> Verdict:
    """Have one file looked at. Raises: ScannerAway."""
    return _verdict(_asked("INSTREAM", content))


def version() -> str:
    """Program and signatures, as the scanner tells them. Raises: ScannerAway."""
    return _asked("VERSION")


def _verdict(answer: str) -> Verdict:
    name = answer.removeprefix("stream: ")
    if answer == "stream: OK":
        return Verdict(Finding.CLEAN)
    if answer.startswith("stream: ") and name.endswith(" FOUND"):
        return Verdict(Finding.HARMFUL, name.removesuffix(" FOUND"))
    if answer.endswith(" ERROR"):
        return Verdict(Finding.UNSCANNABLE, name.removesuffix(" ERROR"))
    raise ScannerAway("the scanner answered in no words of its protocol")


def _asked(command: str, content: bytes | None = None) -> str:
    deadline = time.monotonic() + ANSWER_S
    try:
        with _connected() as wire:
            try:
                wire.sendall(f"z{command}\0".encode())
                if content is not None:
                    _send(wire, content, deadline)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it closed its ear, past its limit for example; why stands in its answer
            return _answer(wire, deadline)
    except OSError as error:
        raise ScannerAway(f"the scanner did not answer ({type(error).__name__})") from error


def _connected() -> socket.socket:
    kind, _, place = settings.SCANNER.partition(":")
    if kind == "tcp":
        host, _, port = place.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=CONNECT_S)
    wire = socket.socket(socket.AF_UNIX)
    try:
        wire.settimeout(CONNECT_S)
        wire.connect(place)
    except OSError:
        wire.close()
        raise
    return wire


def _send(wire: socket.socket, content: bytes, deadline: float) -> None:
    view = memoryview(content)
    for start in range(0, len(view), _CHUNK):
        part = view[start : start + _CHUNK]
        wire.settimeout(_left(deadline))
        wire.sendall(struct.pack("!I", len(part)) + part)
    wire.sendall(struct.pack("!I", 0))


def _answer(wire: socket.socket, deadline: float) -> str:
    answer = b""
    while not answer.endswith(b"\0"):
        wire.settimeout(_left(deadline))
        part = wire.recv(MOST_ANSWER)
        if not part:
            raise ScannerAway("the scanner hung up before it had answered")
        answer += part
        if len(answer) > MOST_ANSWER:
            raise ScannerAway("the scanner's answer has no end")
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
