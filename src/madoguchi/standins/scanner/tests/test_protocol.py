"""The stand-in answers as clamd does: to clamdscan, the client that comes with it, and to the bytes of clamd(8)."""

import shutil
import socket
import subprocess

import pytest

from madoguchi.standins.scanner.server import EICAR, Scanner, served
from madoguchi.standins.scanner.testing import CLAMD, clamd

CLAMDSCAN = shutil.which("clamdscan")
STREAM = b"\0\0\0\4abcd\0\0\0\0"


def said(address: str, message: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as wire:
        wire.settimeout(10)
        wire.connect(address.removeprefix("unix:"))
        wire.sendall(message)
        wire.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: wire.recv(4096), b""))


MESSAGES = {
    b"zPING\0": b"PONG\0",
    b"nPING\n": b"PONG\n",
    b"PING\n": b"PONG\n",
    b"zINSTREAM\0" + STREAM: b"stream: OK\0",
    b"nINSTREAM\n" + STREAM: b"stream: OK\n",
    b"zNONSENSE\0": b"UNKNOWN COMMAND\0",
}


@pytest.mark.parametrize(("message", "answer"), MESSAGES.items())
def test_the_stand_in_speaks_as_the_manual_says(tmp_path, message, answer):
    with served(Scanner(), path=tmp_path / "s") as address:
        assert said(address, message) == answer


@pytest.mark.skipif(CLAMD is None, reason="no clamd: apt-get install clamav-daemon")
def test_clamd_itself_gives_the_same_answers(tmp_path):
    with clamd(tmp_path) as address:
        for message, answer in MESSAGES.items():
            assert said(address, message) == answer, message


@pytest.mark.skipif(CLAMDSCAN is None, reason="no clamdscan: apt-get install clamdscan")
@pytest.mark.parametrize(("content", "code"), [(b"nothing", 0), (b"x" + EICAR, 1)])
def test_clamdscan_takes_it_for_clamd(tmp_path, content, code):
    (tmp_path / "file").write_bytes(content)
    with served(Scanner(), path=tmp_path / "s") as address:
        (tmp_path / "conf").write_text(f"LocalSocket {address.removeprefix('unix:')}\n")
        done = subprocess.run(
            [CLAMDSCAN, f"--config-file={tmp_path / 'conf'}", "--stream", tmp_path / "file"],
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
