"""For tests: a city with its data."""

from functools import cache
from pathlib import Path

from madoguchi.kernel.citydata.actions import apply, revise
from madoguchi.kernel.citydata.models import Record
from madoguchi.kernel.citydata.pack import Pack, load
from madoguchi.kernel.citydata.schemas import Parameter
from madoguchi.lib import clock


@cache
def load_pack(directory: Path) -> Pack:
    """The pack as it stands on disk; read once a run."""
    return load(directory)


__all__ = ["apply_pack", "give_parameter", "load_pack", "revise", "take_parameter"]


def give_parameter(key: str, value: float | str) -> None:
    """A dated value of the city, in force from 2019-04-01."""
    words = {"ja": key, "easy": key, "en": key}
    given = {"from": "2019-04-01", "value": value, "source": "架空"}
    body = Parameter.model_validate({"key": key, "label": words, "unit": "-", "values": [given]})
    revise("parameter", key, body, actor=None)  # type: ignore[arg-type]


def take_parameter(key: str) -> None:
    """As in a city that has not set it."""
    Record.objects.filter(kind="parameter", key=key).update(retired_at=clock.now())


def apply_pack(directory: Path) -> None:
    """Apply a pack; it is read from disk once a run."""
    pack = load_pack(directory)
    assert not pack.problems, "\n".join(str(problem) for problem in pack.problems)
    apply(pack, actor=None)
