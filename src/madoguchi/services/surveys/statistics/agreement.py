"""Do two coders read the same remarks the same way?"""

from collections import Counter
from collections.abc import Iterable


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Cohen's κ of the codes two coders gave the same remarks; None for no remark, 1 for full agreement."""
    found = list(pairs)
    if not found:
        return None
    agreed = sum(first == second for first, second in found) / len(found)
    firsts, seconds = Counter(first for first, _ in found), Counter(second for _, second in found)
    by_chance = sum(count * seconds[code] for code, count in firsts.items()) / len(found) ** 2
    return 1.0 if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)
