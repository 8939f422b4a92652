"""Talking to the scanner: the same questions to the stand-in and to the real clamd, and everything that goes wrong."""

import socket
import threading

import pytest

from madoguchi.kernel.files import scanner
from madoguchi.kernel.files.scanner import Finding, ScannerAway, Verdict
from madoguchi.kernel.files.testing import blank_pdf, eicar_pdf
from madoguchi.standins.scanner.server import EICAR, Fault, Scanner, served
from madoguchi.standins.scanner.testing import CLAMD, clamd

BIG = 2 * 1024 * 1024  # past the StreamMaxLength of the real one here


@pytest.fixture
def stand_in(settings):
    scanning = Scanner(slow_s=0)
    with served(scanning) as settings.SCANNER:
        yield scanning


def test_the_stand_in_finds_eicar_and_nothing_else(stand_in):
    assert scanner.scan(blank_pdf()) == Verdict(Finding.CLEAN)
    assert scanner.scan(eicar_pdf()) == Verdict(Finding.HARMFUL, "Eicar-Test-Signature")
    assert scanner.scan(b"x" * BIG).finding == Finding.CLEAN
    assert scanner.version().startswith("ClamAV")


def test_a_unix_socket_is_as_good(settings, tmp_path):
    with served(Scanner(), path=tmp_path / "scanner.sock") as settings.SCANNER:
        assert scanner.scan(EICAR).finding == Finding.HARMFUL


@pytest.mark.skipif(CLAMD is None, reason="no clamd: apt-get install clamav-daemon")
def test_clamd_itself_is_understood(settings, tmp_path):
    with clamd(tmp_path) as settings.SCANNER:
        assert scanner.version().startswith("ClamAV")
        assert scanner.scan(blank_pdf()) == Verdict(Finding.CLEAN)
        assert scanner.scan(EICAR) == Verdict(Finding.HARMFUL, "Hand-Made-Eicar.UNOFFICIAL")
        assert scanner.scan(eicar_pdf()).finding == Finding.HARMFUL
        assert scanner.scan(b"x" * BIG) == Verdict(Finding.UNSCANNABLE, "INSTREAM size limit exceeded.")


@pytest.mark.parametrize("fault", [Fault.HANG_UP, Fault.GARBAGE, Fault.NO_END, Fault.SLOW])
def test_what_is_no_answer_says_nothing_about_the_file(stand_in, fault, monkeypatch):
    if fault == Fault.SLOW:
        stand_in.slow_s = 30
        monkeypatch.setattr(scanner, "ANSWER_S", 0.2)
    stand_in.fault = fault
    with pytest.raises(ScannerAway):
        scanner.scan(blank_pdf())


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.TOO_LARGE])
def test_a_scanner_that_says_it_cannot_is_taken_at_its_word(stand_in, fault):
    stand_in.fault = fault
    assert scanner.scan(b"x" * BIG).finding == Finding.UNSCANNABLE


def test_a_scanner_that_trickles_is_left_at_the_deadline(settings, monkeypatch):
    """Every byte comes in time, the answer does not: the deadline is for the whole."""
    monkeypatch.setattr(scanner, "ANSWER_S", 0.3)
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def trickle() -> None:
            wire, _ = server.accept()
            with wire:
                while not stop.wait(0.05):
                    try:
                        wire.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=trickle, daemon=True)
        thread.start()
        settings.SCANNER = f"tcp:127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(ScannerAway, match="TimeoutError"):
            scanner.scan(b"abc")
        stop.set()
        thread.join(5)


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.ctl", "tcp:127.0.0.1:1", "tcp:nowhere.invalid:3310"])
def test_nobody_at_the_address_is_a_scanner_that_is_away(settings, address):
    settings.SCANNER = address
    with pytest.raises(ScannerAway):
        scanner.scan(b"abc")
