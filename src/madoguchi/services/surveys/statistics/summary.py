"""Means of points, and ranks by them."""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def weighted_mean(counts: Mapping[float, float]) -> float:
    """加重平均: the mean of points (key) over how many gave them (value); no-answers are not in `counts`.

    Raises: ValueError when nobody answered.
    """
    answered = sum(counts.values())
    if not answered:
        raise ValueError("nobody answered: there is no weighted mean")
    return sum(points * count for points, count in counts.items()) / answered


def ranks(values: Mapping[Key, float], *, decimals: int | None = None) -> dict[Key, int]:
    """1 for the highest. Equal values stand in the order given; `decimals` rounds before comparing.

    A printed report that rounds its means to two decimals and then lists them in order of question is `decimals=2`.
    """

    def height(key: Key) -> float:
        value = values[key]
        return -(value if decimals is None else round(value, decimals))

    return {key: rank for rank, key in enumerate(sorted(values, key=height), 1)}
