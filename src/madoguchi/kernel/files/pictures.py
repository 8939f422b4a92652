"""Pictures are drawn anew by a process that may not do much (`drawing.py`), so that nothing hides in what we keep."""

import json
import logging
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from madoguchi.kernel.files.errors import FileRefused

MAX_PIXELS = 40_000_000
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/heic": "HEIF", "image/heif": "HEIF"}
MEMORY_BYTES = 1_500_000_000
CPU_S, WALL_S = 20, 40
_TOO_MANY_PIXELS = 3
_PROGRAM = Path(__file__).with_name("drawing.py")
_two_at_a_time = threading.BoundedSemaphore(2)  # the memory of a machine is finite, too
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Drawn:
    """A picture of ours and a small one of it (JPEG)."""

    content_type: str
    content: bytes
    small: bytes


def draw(content: bytes, kind: str) -> Drawn:
    """The picture's pixels in a new file: position, camera data and whatever else stay behind. Raises: FileRefused."""
    limits = {
        "format": FORMATS[kind],
        "pixels": MAX_PIXELS,
        "AS": MEMORY_BYTES,
        "CPU": CPU_S,
        "NOFILE": 32,
        "FSIZE": 0,
        "CORE": 0,
    }
    try:
        with _two_at_a_time:
            done = subprocess.run(  # noqa: S603 - our own program, nothing from outside in its arguments
                [sys.executable, "-I", str(_PROGRAM), json.dumps(limits)],
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"MALLOC_ARENA_MAX": "1"},  # room that is only reserved counts against the limit
                cwd="/",
                timeout=WALL_S,
                check=False,
            )
    except subprocess.TimeoutExpired:
        done = subprocess.CompletedProcess([], -9)
    if done.returncode == _TOO_MANY_PIXELS:
        raise FileRefused(what=_("写真の画素数が多すぎます。"), next_step=_("小さくした写真を選んでください。"))
    if done.returncode != 0:
        _log.info("A picture could not be drawn: the process ended with %s", done.returncode)
        raise FileRefused(
            what=_("写真を開けませんでした。ファイルが壊れているようです。"),
            next_step=_("もう一度撮影するか、別の写真を選んでください。"),
        )
    length = struct.unpack("!I", done.stdout[:4])[0]
    drawn_kind = "image/png" if kind == "image/png" else "image/jpeg"
    return Drawn(drawn_kind, done.stdout[4 : 4 + length], done.stdout[4 + length :])
