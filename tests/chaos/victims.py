"""Web and worker as real processes that are killed at random moments and come up again, as an init system does it."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.error import URLError
from urllib.request import urlopen

import psycopg

SERVERS = ("web", "worker")
UP_WITHIN_S = 60
MOST_PAUSE_S = 1.2


@dataclass
class Victims:
    """The servers of one installation, and the thread that kills them."""

    url: str
    environment: dict[str, str]
    kills: int
    dice: random.Random
    killed: Counter[str] = field(default_factory=Counter)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        for server in SERVERS:
            self._start(server)
        self.wait_until_up()

    def _start(self, server: str) -> None:
        self.running[server] = subprocess.Popen(
            [sys.executable, "-m", "madoguchi.project", server],
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def _end(self, server: str) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running[server].pid, signal.SIGKILL)
        self.running[server].wait()

    def wait_until_up(self) -> None:
        deadline = time.monotonic() + UP_WITHIN_S
        while time.monotonic() < deadline:
            try:
                urlopen(f"{self.url}/readyz", timeout=2).close()
            except (URLError, OSError):
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the web server does not come up")

    def stop(self) -> None:
        for server in SERVERS:
            self._end(server)

    def begin_killing(self) -> threading.Thread:
        thread = threading.Thread(target=self._kill_all, daemon=True)
        thread.start()
        return thread

    def _kill_all(self) -> None:
        reachable = [*SERVERS, "connections"] if self.environment["DATABASE_URL"] else list(SERVERS)
        while self.killed.total() < self.kills:
            time.sleep(self.dice.uniform(0, MOST_PAUSE_S))  # a random moment of the journey
            victim = self.dice.choice(reachable)
            if victim == "connections":
                self._cut_connections()
            else:
                self._end(victim)
                self._start(victim)
            self.killed[victim] += 1
            self.wait_until_up()

    def _cut_connections(self) -> None:
        """What a restart of the database does to its clients."""
        with psycopg.connect(self.environment["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
