"""`madoguchi up`: everything a demonstration needs, from an empty folder to an open page."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from madoguchi.project.management.commands.demo import LOOPBACK, PASSWORD, TOTP_SECRET, staff_entries
from madoguchi.project.preparation import prepare

READY_WITHIN_S = 60
STOP_WITHIN_S = 10


class Command(BaseCommand):
    help = "Prepare and start web, worker and the stand-ins of others' servers on this machine. Ctrl-C stops all."
    requires_system_checks: list[str] = []

    def handle(self, **options: object) -> None:  # noqa: ARG002
        if settings.HOST not in LOOPBACK:
            raise CommandError("`madoguchi up` is a demonstration: HOST must be 127.0.0.1, localhost or ::1.")
        for port in (settings.PORT, settings.IDENTITY_PORT):
            self._require_free(port)
        started = time.monotonic()
        prepare(tell=lambda words: self.stdout.write(f"… {words}"))
        running = [subprocess.Popen(command, start_new_session=True) for command in _commands()]  # noqa: S603
        stop = _Stop()
        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        try:
            if self._is_ready(running, stop):
                self._welcome(time.monotonic() - started)
            while not stop.wanted and all(process.poll() is None for process in running):
                time.sleep(0.2)
        finally:
            _end(running)
        if not stop.wanted:
            raise CommandError("One of the processes ended by itself; its message stands above.")
        self.stdout.write("stopped; nothing was lost")

    def _require_free(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.HOST, port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} is taken: choose another, for example PORT={port + 100} make up"
                ) from error

    def _is_ready(self, running: list[subprocess.Popen], stop: "_Stop") -> bool:
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline and not stop.wanted:
            if any(process.poll() is not None for process in running):
                return False
            try:
                with urlopen(f"http://{settings.HOST}:{settings.PORT}/readyz", timeout=2):
                    return True
            except (URLError, OSError):
                time.sleep(0.05)
        return False

    def _welcome(self, seconds: float) -> None:
        lines = [
            "",
            f"  Madoguchi is open: {settings.SITE_URL}   (ready after {seconds:.1f} s)",
            "",
            "  DEMONSTRATION 練習用 – fictional people, known passwords, this machine only",
            "  residents   press サインイン and choose a fictional person; the PIN is on the page",
        ]
        for entry in staff_entries():
            posts = "、".join(f"{post['section']} ({post['role']})" for post in entry["posts"])
            lines.append(f"  staff       {entry['username']} / {PASSWORD}   {entry['name']}: {posts}")
        lines.append(f"  codes       {settings.REHEARSAL_AUTHENTICATOR}   (the staff's rehearsal authenticator app)")
        lines += ["", f"  data in {settings.VAR} · Ctrl-C stops", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


class _Stop:
    """Remembers that someone asked to stop."""

    wanted = False

    def __call__(self, *_signal: object) -> None:
        self.wanted = True


def _commands() -> list[list[str]]:
    python = sys.executable
    rehearsal = f"unix:{settings.REHEARSAL_SCANNER}"
    scanner = [python, "-m", "madoguchi.standins.scanner", "--socket", str(settings.REHEARSAL_SCANNER)]
    return [
        *([scanner] if rehearsal == settings.SCANNER else []),
        [python, "-m", "madoguchi.project", "web"],
        [python, "-m", "madoguchi.project", "worker"],
        [
            python,
            "-m",
            "madoguchi.standins.identity",
            "--port",
            str(settings.IDENTITY_PORT),
            "--people",
            str(Path(settings.CITY_PACK) / "demo" / "people.yaml"),
            "--client-id",
            settings.OIDC_RESIDENT["client_id"],
            "--client-key",
            str(settings.OIDC_RESIDENT["client_key"]),
            "--redirect-uri",
            f"{settings.SITE_URL}/accounts/sign-in/return/",
            "--app-secret",
            TOTP_SECRET,
        ],
    ]


def _end(running: list[subprocess.Popen]) -> None:
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_WITHIN_S
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
