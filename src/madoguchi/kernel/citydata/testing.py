"""For tests: a city with its data."""

from functools import cache
from pathlib import Path

from madoguchi.kernel.citydata.actions import apply, revise
from madoguchi.kernel.citydata.pack import Pack, load


@cache
def load_pack(directory: Path) -> Pack:
    """The pack as it stands on disk; read once a run."""
    return load(directory)


__all__ = ["apply_pack", "load_pack", "revise"]


def apply_pack(directory: Path) -> None:
    """Apply a pack; it is read from disk once a run."""
    pack = load_pack(directory)
    assert not pack.problems, "\n".join(str(problem) for problem in pack.problems)
    apply(pack, actor=None)
