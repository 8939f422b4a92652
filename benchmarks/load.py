"""A small closed-loop load generator: some connections, each sending the next request when the last is answered."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Request = tuple[str, str, str | None, dict[str, str]]  # method, path, body, headers


@dataclass(frozen=True)
class Figures:
    """What came out: requests a second, median and 95th percentile in milliseconds, answers that were no 2xx/3xx."""

    per_second: float
    median_ms: float
    p95_ms: float
    failed: int

    def __str__(self) -> str:
        failed = f", {self.failed} FAILED" if self.failed else ""
        return f"{self.per_second:8.0f} req/s   median {self.median_ms:6.1f} ms   p95 {self.p95_ms:6.1f} ms{failed}"


def run(port: int, make: Callable[[int], Iterator[Request]], *, connections: int = 8, seconds: float = 4) -> Figures:
    """Drive `make(connection)` on every connection until the time is over or the requests run out."""
    times: list[float] = []
    failed = 0
    lock = threading.Lock()
    begin = time.perf_counter()

    def drive(number: int) -> None:
        nonlocal failed
        client = http.client.HTTPConnection("127.0.0.1", port)
        own, bad = [], 0
        for method, path, body, headers in make(number):
            if time.perf_counter() - begin > seconds:
                break
            started = time.perf_counter()
            client.request(method, path, body, headers)
            answer = client.getresponse()
            answer.read()
            own.append(time.perf_counter() - started)
            bad += answer.status >= 400
        client.close()
        with lock:
            times.extend(own)
            failed += bad

    threads = [threading.Thread(target=drive, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - begin
    times.sort()
    return Figures(len(times) / spent, 1000 * statistics.median(times), 1000 * times[int(len(times) * 0.95)], failed)
