"""How sure a figure is: effective sample size, confidence intervals with the finite population correction."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, sqrt

Z95 = 1.959964  # 95 % of a normal distribution lie within ± this


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % confidence interval, in the unit of the figure."""

    value: float
    low: float
    high: float


def effective_size(weights: Iterable[tuple[float, float]]) -> float:
    """Kish's effective sample size (Σw)²/Σw² of pairs (weight, how many answers have it); 0 for none."""
    pairs = list(weights)
    squares = sum(weight * weight * count for weight, count in pairs)
    return sum(weight * count for weight, count in pairs) ** 2 / squares if squares else 0.0


def finite_factor(n: float, population: int | None) -> float:
    """√((N−n)/(N−1)): asking a good part of the population leaves less to guess. 1 when N is not known."""
    if not population or population <= 1:
        return 1.0
    return sqrt(max(0.0, (population - n) / (population - 1)))


def share_interval(share: float, *, effective_n: float, n: float, population: int | None) -> Interval:
    """Wilson's interval of a share (0–1): it stays inside 0–1 and holds for small counts.

    Answers are worth `effective_n`; the correction for a finite population looks at `n`, the people who answered.
    """
    if effective_n <= 0:
        return Interval(share, 0.0, 1.0)
    z = Z95 * finite_factor(n, population)
    square = z * z / effective_n
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * sqrt(share * (1 - share) / effective_n + square / (4 * effective_n))
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def mean_interval(counts: dict[float, float], *, effective_n: float, n: float, population: int | None) -> Interval:
    """The mean of points with its interval. Raises: ValueError when nobody answered."""
    total = sum(counts.values())
    if not total:
        raise ValueError("nobody answered: there is no mean")
    mean = sum(points * count for points, count in counts.items()) / total
    variance = sum(count * (points - mean) ** 2 for points, count in counts.items()) / total
    half = Z95 * finite_factor(n, population) * sqrt(variance / effective_n) if effective_n else 0.0
    return Interval(mean, mean - half, mean + half)


def margin_percent(n: float, population: int | None, share: float = 0.5) -> float:
    """標本誤差 of a share in percentage points, ± at 95 %."""
    return 100 * Z95 * finite_factor(n, population) * sqrt(share * (1 - share) / n) if n else 100.0


def needed_answers(population: int, *, margin: float = 0.05) -> int:
    """How many answers keep the error of a share within ± `margin`, by Krejcie & Morgan (1970), at 95 %."""
    spread = Z95 * Z95 * 0.25
    return ceil(spread * population / (margin * margin * (population - 1) + spread) - 0.5)
