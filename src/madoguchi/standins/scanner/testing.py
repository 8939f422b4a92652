"""For tests: the real clamd with one signature, where it is installed."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
# clamd reads signatures as name:target:offset:hex; this is the first half of EICAR, in any file, anywhere
SIGNATURE = "Hand-Made-Eicar:0:*:" + rb"X5O!P%@AP[4\PZX54(P^)7CC)7}".hex()


@contextmanager
def clamd(room: Path) -> Iterator[str]:
    """The address of a clamd of our own on a unix socket in `room`, while the block runs."""
    (room / "db").mkdir()
    (room / "db" / "hand.ndb").write_text(SIGNATURE + "\n", encoding="ascii")
    for path in (room, room / "db", room / "db" / "hand.ndb"):
        path.chmod(0o755)
    address = room / "clamd.ctl"
    lines = {"LocalSocket": address, "DatabaseDirectory": room / "db", "Foreground": "yes", "StreamMaxLength": "1M"}
    (room / "clamd.conf").write_text("".join(f"{key} {value}\n" for key, value in lines.items()), encoding="ascii")
    process = subprocess.Popen(
        [str(CLAMD), f"--config-file={room / 'clamd.conf'}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 30
        while not address.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        yield f"unix:{address}"
    finally:
        process.terminate()
        process.wait(20)
