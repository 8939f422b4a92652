"""A real installation for the browser: `madoguchi up` on free ports, its own folder, its own database."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Installation:
    """A running demonstration: its address, its folder, its process."""

    url: str
    identity_url: str
    var: Path
    process: subprocess.Popen[str]
    environment: dict[str, str]

    def command(self, *words: str) -> str:
        """Run a `madoguchi` command on the same data."""
        done = subprocess.run(
            [sys.executable, "-m", "madoguchi.project", *words],
            env={**self.environment, "DEMONSTRATION": "1"},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stdout

    def mails(self) -> list[str]:
        import email
        from email.header import decode_header, make_header

        found = []
        for path in sorted((self.var / "mail").glob("*.log")):
            message = email.message_from_bytes(path.read_bytes())
            subject = str(make_header(decode_header(message["Subject"])))
            text = next(part for part in message.walk() if part.get_content_type() == "text/plain")
            found.append(subject + "\n" + text.get_payload(decode=True).decode())
        return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """A PostgreSQL database of its own where DATABASE_URL names a server, else SQLite in the folder."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield ""
        return
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield server.rsplit("/", 1)[0] + "/" + name
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    var = tmp_path_factory.mktemp("installation")
    port, identity_port = free_port(), free_port()
    with own_database(f"madoguchi_journey_{os.getpid()}") as database_url:
        environment = {
            **os.environ,
            "PORT": str(port),
            "IDENTITY_PORT": str(identity_port),
            "VAR": str(var),
            "CITY": "example",
            "DATABASE_URL": database_url,
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "INFO",
        }
        log = (var / "up.log").open("w")
        process = subprocess.Popen(
            [sys.executable, "-m", "madoguchi.project", "up"],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        )
        url = f"http://localhost:{port}"
        try:
            wait_until_ready(url, process, var / "up.log")
            yield Installation(url, f"http://localhost:{identity_port}", var, process, environment)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)
            log.close()


def wait_until_ready(url: str, process: subprocess.Popen[str], log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            urlopen(f"{url}/readyz", timeout=2).close()
            urlopen(f"{url}/", timeout=10).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # its event loop lives in this thread, beside our database
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def person_page(browser):
    """Opens pages for people: each call is a browser of its own."""
    contexts = []

    def make(*, javascript: bool = True, width: int = 1280, height: int = 900):
        context = browser.new_context(
            java_script_enabled=javascript, viewport={"width": width, "height": height}, locale="ja-JP"
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
