"""What a phone waits for: first and largest paint, layout shift and bytes, in a real browser on a slow line.

The figures of Lighthouse's mobile setting, applied by the browser itself: 1,474.56 kbit/s down, 675 kbit/s up,
562.5 ms before the first byte of each answer, a processor four times slower; a phone of 360 px, nothing kept before.
"""

from statistics import median

from playwright.sync_api import Browser, CDPSession, sync_playwright
from tests.conftest import CHROMIUM, FLAGS

from benchmarks.room import served

PAGES = {"home": "/", "procedure": "/procedures/resident-record-copy/", "measure 25": "/plan/measures/25/"}
RUNS = 5
SLOW_LINE = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1474.56 * 1000 / 8,
    "uploadThroughput": 675 * 1000 / 8,
}
WATCH = """
window.seen = {fcp: 0, lcp: 0, shift: 0};
const on = (type, take) =>
  new PerformanceObserver(list => list.getEntries().forEach(take)).observe({type, buffered: true});
on("paint", entry => { if (entry.name === "first-contentful-paint") seen.fcp = entry.startTime; });
on("largest-contentful-paint", entry => { seen.lcp = entry.startTime; });
on("layout-shift", entry => { if (!entry.hadRecentInput) seen.shift += entry.value; });
"""


def visit(browser: Browser, url: str, *, again: bool = False) -> dict[str, float]:
    """One first visit (or the second of the same visitor): ms, ms, shift, bytes on the wire, answers."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True)
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        if again:
            page.goto(url, wait_until="networkidle")
        wire = _slowed(context.new_cdp_session(page))
        page.goto(url, wait_until="networkidle")
        return {**page.evaluate("seen"), "bytes": sum(wire), "answers": len(wire)}
    finally:
        context.close()


def _slowed(session: CDPSession) -> list[float]:
    """Slow the page down; the list fills with the bytes of every answer."""
    wire: list[float] = []
    session.on("Network.loadingFinished", lambda event: wire.append(event["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return wire


def report(url: str) -> None:
    print(f"── first visit on a slow phone and a slow line, median of {RUNS}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for label, path in PAGES.items():
            for again in (False, True):
                runs = [visit(browser, url + path, again=again) for _ in range(RUNS)]
                seen = {name: median(run[name] for run in runs) for name in runs[0]}
                print(
                    f"{label + (', again' if again else ''):<18} first paint {seen['fcp']:6,.0f} ms"
                    f"   largest {seen['lcp']:6,.0f} ms   shift {seen['shift']:.3f}"
                    f"   {seen['bytes'] / 1000:6.1f} kB in {seen['answers']:.0f} answers"
                )
        browser.close()


if __name__ == "__main__":
    with served("musashino") as (port, _environment):
        report(f"http://localhost:{port}")
