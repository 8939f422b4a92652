"""For tests: a page whose sound is in some state, and a voice that needs no engine."""

from collections.abc import Iterable

from madoguchi.kernel.speech import actions, engine
from madoguchi.kernel.speech.models import Sound
from madoguchi.kernel.speech.pages import page
from madoguchi.lib import clock

NOISE = bytes(range(250))


def say_nothing(lines: Iterable[str], *, pace: float = 1) -> engine.Spoken:
    """In the place of `engine.speak`."""
    list(lines)
    return engine.Spoken(NOISE, round(95 / pace))


def make_sound(path: str, register: str = "ja", state: str = "waiting") -> Sound:
    """As if somebody had asked for it; no job is left behind that would make it."""
    sound = actions.ask(page(path, register), now=clock.now())
    sound.state = Sound.State(state)
    sound.seconds = 95 if state == "ready" else None
    sound.save(update_fields=["state", "seconds"])
    return sound
