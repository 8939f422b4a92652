"""Designing and drawing a sample: how many to ask in each stratum, whom, and the codes that prove the right to answer.

Everything here gives the same result on any machine: selection is by SHA-256, not by a library's random numbers.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from stdnum import luhn

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I: codes are read from paper
CODE_CHARACTERS = 9  # 45 bits, and one check character


@dataclass(frozen=True)
class Layer:
    """層: a part of the population with the share of it that is expected to answer (percent)."""

    population: int
    expected_percent: float


def letters_for(layers: Sequence[Layer], answers: int) -> int:
    """How many letters bring about `answers` answers spread like the population."""
    people = sum(layer.population for layer in layers)
    return ceil(sum(answers * layer.population / people / (layer.expected_percent / 100) for layer in layers))


def allocate(layers: Sequence[Layer], letters: int) -> list[int]:
    """Letters per layer so that the expected answers resemble the population: nᵢ ∝ Nᵢ ÷ rateᵢ.

    Largest remainders bring the sum to `letters`; no layer gets more letters than it has people.
    """
    wanted = [layer.population / layer.expected_percent for layer in layers]
    sizes = [0] * len(layers)
    open_places = set(range(len(layers)))
    while open_places:
        rest = letters - sum(sizes[place] for place in range(len(layers)) if place not in open_places)
        scale = rest / sum(wanted[place] for place in open_places)
        full = {place for place in open_places if wanted[place] * scale >= layers[place].population}
        if not full:
            break
        for place in full:
            sizes[place] = layers[place].population
        open_places -= full
    exact = {place: wanted[place] * scale for place in open_places}
    for place, value in exact.items():
        sizes[place] = int(value)
    left = min(letters, sum(layer.population for layer in layers)) - sum(sizes)
    for place in sorted(exact, key=lambda place: (-(exact[place] % 1), place))[: max(0, left)]:
        sizes[place] += 1
    return sizes


def select(frame: Mapping[int, Iterable[str]], sizes: Mapping[int, int], seed: str) -> dict[int, list[str]]:
    """Draw `sizes` ids from the ids of each stratum: those with the smallest SHA-256 of `seed:draw:id`.

    The order of the frame does not matter. Raises: ValueError when a stratum has too few people.
    """
    drawn: dict[int, list[str]] = {}
    for stratum, size in sizes.items():
        ids = sorted(frame.get(stratum, ()), key=lambda key: _digest(seed, "draw", key))
        if len(ids) < size:
            raise ValueError(f"{len(ids)} < {size}")
        drawn[stratum] = ids[:size]
    return drawn


def in_mailing_order(drawn: Mapping[int, Iterable[str]], seed: str) -> list[tuple[int, str]]:
    """All drawn (stratum, id) in the order of `seed:serial:id`: the serial number says nothing about the stratum."""
    pairs = [(stratum, key) for stratum, keys in drawn.items() for key in keys]
    return sorted(pairs, key=lambda pair: _digest(seed, "serial", pair[1]))


def _digest(seed: str, purpose: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}:{purpose}:{key}".encode()).digest()


def code_of(secret: str, serial: int, issue: int) -> str:
    """The code of a letter: made from the survey's secret, so that it need not be stored to be printed again."""
    digest = hmac.new(secret.encode(), f"{serial}/{issue}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    body = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(CODE_CHARACTERS))
    return body + luhn.calc_check_digit(body, ALPHABET)


def shown(code: str) -> str:
    """ABCDE-FGHJK."""
    return f"{code[:5]}-{code[5:]}"


def read_code(typed: str) -> str | None:
    """The code in what a person typed: small letters, spaces and hyphens do not matter; None when it cannot be one."""
    code = "".join(mark for mark in unicodedata.normalize("NFKC", typed).upper() if mark in ALPHABET)
    return code if len(code) == CODE_CHARACTERS + 1 and luhn.is_valid(code, ALPHABET) else None
