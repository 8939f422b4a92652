"""`make bench`: what pages, lists, search, jobs, vault, trail and backup take, on SQLite and on PostgreSQL."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import repeat

from tests.conftest import own_database

from benchmarks.load import Request, run
from benchmarks.room import served

CASES = 10_000
SUBMITS = 160
CSRF = "a" * 32
DEFAULT_SERVER = "postgres://postgres@127.0.0.1:5432/postgres"


def pages(path: str, cookies: str = "") -> Iterator[Request]:
    return repeat(("GET", path, None, {"Cookie": cookies} if cookies else {}))


def submits(drafts: list[list[str]]) -> Iterator[Request]:
    for session, uid in drafts:
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = f"csrfmiddlewaretoken={CSRF}&confirmed=on"
        yield "POST", f"/procedures/cases/{uid}/check/", body, headers


def measure(name: str, database_url: str) -> None:
    with served(os.environ.get("CITY", "musashino"), database_url) as (port, environment):
        report(name, port, prepare(environment))


def prepare(environment: dict[str, str]) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scene", str(CASES), str(SUBMITS)],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def report(name: str, port: int, scene: dict) -> None:
    reader, staff = f"sessionid={scene['reader']}", f"sessionid={scene['staff']}"
    form = f"/procedures/cases/{scene['form']}/pages/whose/"
    print(f"── {name}: 8 connections, {CASES:,} cases, load generator on the same machine")
    trivial = run(port, lambda _: pages("/healthz"))
    print(f"trivial view      {trivial}")
    for label, path in (("home", "/"), ("measure 25", "/plan/measures/25/"), ("systems", "/plan/systems/")):
        figures = run(port, lambda _, path=path: pages(path))
        print(f"{label:<17} {figures}   {figures.per_second / trivial.per_second:.2f}× the trivial view")
    print(f"form page         {run(port, lambda _: pages(form, reader))}")
    print(f"submit            {run(port, lambda n: submits(scene['drafts'][n::8]), seconds=60)}")
    print(f"staff desk        {run(port, lambda _: pages('/staff/?due=', staff))}")
    print(f"case list         {run(port, lambda _: pages('/procedures/desk/', staff))}")
    print(f"case list, 1 conn {run(port, lambda _: pages('/procedures/desk/', staff), connections=1)}")


def alone(name: str, database_url: str) -> None:
    """A benchmark that wants a process and a database of its own."""
    environment = {**os.environ, "DATABASE_URL": database_url}
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], env=environment, check=True)


def main() -> None:
    measure("SQLite", "")
    subprocess.run([sys.executable, "-m", "benchmarks.face"], check=True)
    subprocess.run([sys.executable, "-m", "benchmarks.plan"], check=True)
    alone("search", "")
    alone("vault", "")
    alone("jobs", "")
    alone("keeping", "")
    alone("survey", "")
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or DEFAULT_SERVER
    try:
        with own_database(f"madoguchi_bench_{os.getpid()}") as database_url:
            measure("PostgreSQL", database_url)
        with own_database(f"madoguchi_bench_search_{os.getpid()}") as database_url:
            alone("search", database_url)
        with own_database(f"madoguchi_bench_vault_{os.getpid()}") as database_url:
            alone("vault", database_url)
        with own_database(f"madoguchi_bench_jobs_{os.getpid()}") as database_url:
            alone("jobs", database_url)
        with own_database(f"madoguchi_bench_survey_{os.getpid()}") as database_url:
            alone("survey", database_url)
        alone("keeping", os.environ["DATABASE_URL"])
    except OSError as error:
        print(f"PostgreSQL did not run: {error}")


main()
