"""The voice: whether it is installed, and having it speak (`speaking.py`). No process of ours imports it."""

import json
import re
import struct
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

VERSION = "1"  # raise it with lib/spoken.py or the voice: every sound is made anew
WALL_S = 9 * 60  # below the least that JOB_LONG_MINUTES may be
MOST_SENTENCE = 200  # characters; a longer one is said with a rest where it has a comma
_PROGRAM = Path(__file__).with_name("speaking.py")
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*")
_PART = re.compile(rf".{{1,{MOST_SENTENCE}}}(?:、|$)|.{{1,{MOST_SENTENCE}}}", re.DOTALL)


class CannotSpeak(Exception):
    """The voice ended with an error, or took too long."""


@dataclass(frozen=True)
class Spoken:
    """MP3, and how long it lasts."""

    content: bytes
    seconds: int


@cache
def is_installed() -> bool:
    """Whether `madoguchi[speech]` is there; looked up, not imported."""
    return all(find_spec(name) for name in ("pyopenjtalk", "lameenc"))


def speak(lines: Iterable[str], *, pace: float = 1) -> Spoken:
    """`lines` one after the other, with a rest after each. `pace` below 1 is slower. Raises: CannotSpeak."""
    order = {"pace": pace, "paragraphs": [sentences(line) for line in lines]}
    try:
        done = subprocess.run(  # noqa: S603 - our own program, nothing from outside in its arguments
            [sys.executable, "-I", str(_PROGRAM)],
            input=json.dumps(order).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=WALL_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CannotSpeak(f"not done after {WALL_S} s") from error
    if done.returncode != 0:
        raise CannotSpeak(f"ended with {done.returncode}")
    milliseconds = struct.unpack("!I", done.stdout[:4])[0]
    return Spoken(done.stdout[4:], round(milliseconds / 1000))


def sentences(line: str) -> list[str]:
    return [part for sentence in _SENTENCE.findall(line) for part in _PART.findall(sentence.strip())]
