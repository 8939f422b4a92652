"""Post-stratification by raking: weights that give age, sex and district their shares of the population.

Deming & Stephan (1940). It works on the cells of the answers, not on the answers: a few hundred numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Cell = tuple[str, ...]  # one category per dimension; "" where the person did not say
UNSAID = ""
MOST_ROUNDS = 500
CLOSE_ENOUGH = 1e-7  # of a category's target


@dataclass(frozen=True)
class Raking:
    """Weights by cell; their sum over the answers is the number of answers.

    `largest_gap` is the greatest distance of a weighted category from its target, as a share of the target.
    `unreached` are categories of the population from which nobody answered: weights cannot speak for them.
    """

    weights: dict[Cell, float]
    rounds: int
    converged: bool
    largest_gap: float
    unreached: tuple[str, ...]


def rake(cells: Mapping[Cell, int], targets: Sequence[Mapping[str, float]]) -> Raking:
    """Weights for the answers in `cells` (answers by cell), `targets` the population by category of each dimension.

    Who did not say in a dimension keeps the share of the answers there: the known categories are fitted to the rest.
    """
    weights = {cell: 1.0 for cell, count in cells.items() if count}
    answers = sum(cells.values())
    goals = [_goal(cells, target, place) for place, target in enumerate(targets)]
    unreached = tuple(
        category
        for place, target in enumerate(targets)
        for category, population in target.items()
        if population and category not in {cell[place] for cell in weights}
    )
    gap, rounds = 1.0, 0
    while gap > CLOSE_ENOUGH and rounds < MOST_ROUNDS:
        rounds += 1
        for place, goal in enumerate(goals):
            now = _totals(cells, weights, place)
            weights = {cell: weight * goal[cell[place]] / now[cell[place]] for cell, weight in weights.items()}
        gap = max((_gap(_totals(cells, weights, place), goal) for place, goal in enumerate(goals)), default=0.0)
    total = sum(weight * cells[cell] for cell, weight in weights.items())
    scaled = {cell: weight * answers / total for cell, weight in weights.items()}
    return Raking(scaled, rounds, gap <= CLOSE_ENOUGH, gap, unreached)


def _goal(cells: Mapping[Cell, int], target: Mapping[str, float], place: int) -> dict[str, float]:
    """How many answers each category should be worth."""
    counts: dict[str, float] = {}
    for cell, count in cells.items():
        if count:
            counts[cell[place]] = counts.get(cell[place], 0) + count
    known = {category: target.get(category, 0.0) for category in counts if target.get(category)}
    kept = sum(count for category, count in counts.items() if category not in known)
    scale = (sum(counts.values()) - kept) / sum(known.values()) if known else 0.0
    return {category: known[category] * scale if category in known else count for category, count in counts.items()}


def _totals(cells: Mapping[Cell, int], weights: Mapping[Cell, float], place: int) -> dict[str, float]:
    totals: dict[str, float] = {}
    for cell, weight in weights.items():
        totals[cell[place]] = totals.get(cell[place], 0.0) + weight * cells[cell]
    return totals


def _gap(now: Mapping[str, float], goal: Mapping[str, float]) -> float:
    return max((abs(now[category] - wanted) / wanted for category, wanted in goal.items() if wanted), default=0.0)
