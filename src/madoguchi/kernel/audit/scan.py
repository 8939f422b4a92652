"""Walking the whole trail: every line recomputed, every head compared, each fault named. Streams; uses every core."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, islice

from django.db import connection, connections

from madoguchi.kernel.audit.chain import START, canonical_text, digest_of_text
from madoguchi.kernel.audit.heads import TILE, leaf
from madoguchi.kernel.audit.models import Head, Line, Tile
from madoguchi.kernel.audit.publication import Kept
from madoguchi.lib import merkle

PAGE = 20_000
MOST_NAMED = 1000  # breaks of one part; beyond that the list helps nobody
PARALLEL_FROM = 200_000
DIGITS = 64  # of a digest in hex
NEARBY = 1000  # how far a number is looked for when lines were renumbered

Row = tuple[int, str, str, str, str, str, str, str]


@dataclass(frozen=True)
class Broken:
    """Where the trail does not hold, and how."""

    number: int
    reason: str


@dataclass
class Part:
    """What came of one part of the trail: the lines after `start` up to `end`."""

    lines: int = 0
    last: int = 0
    broken: list[Broken] = field(default_factory=list)
    tiles: list[bytes] = field(default_factory=list)
    tails: dict[int, bytes] = field(default_factory=dict)  # by size of a head: the root of its unfinished tile

    def add(self, other: "Part") -> None:
        self.lines += other.lines
        self.last = max(self.last, other.last)
        self.broken += other.broken
        self.tiles += other.tiles
        self.tails |= other.tails


_COLUMNS = {
    "sqlite": "replace(at, ' ', 'T') || CASE length(at) WHEN 19 THEN '.000000+00:00' ELSE '+00:00' END, "
    "verb, actor, target, detail || '', previous, digest",
    "postgresql": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), """
    "verb, actor, target, detail::text, previous, digest",
}


def rows(start: int, end: int) -> Iterator[Row]:
    """The lines after `start` up to `end` as text, page by page: no long transaction, no objects."""
    query = (
        f"SELECT number, {_COLUMNS[connection.vendor]} FROM audit_line "  # noqa: S608 - constants
        f"WHERE number > %s AND number <= %s ORDER BY number LIMIT {PAGE}"
    )
    with connection.cursor() as cursor:
        while True:
            cursor.execute(query, [start, end])
            page: list[Row] = cursor.fetchall()
            yield from page
            if len(page) < PAGE:
                return
            start = page[-1][0]


def broken_places(*, processes: int | None = None, kept: Sequence[Kept] = ()) -> tuple[int, list[Broken]]:
    """How many lines there are, and every place in which the chain does not hold, or not with the heads.

    `kept` are heads that somebody kept elsewhere.
    """
    heads = sorted([*Head.objects.values_list("day", "size", "root"), *kept])
    sizes = frozenset(size for _, size, _ in heads)
    last = Line.objects.order_by("-number").values_list("number", flat=True).first() or 0
    whole = Part()
    for part in _parts(last, sizes, processes):
        whole.add(part)
    return whole.lines, [*whole.broken, *_against_heads(whole, heads)]


def first_break() -> Broken | None:
    """The first place in which the trail does not hold."""
    return next(iter(broken_places(processes=1)[1]), None)


def _parts(last: int, sizes: frozenset[int], processes: int | None) -> Iterator[Part]:
    if processes is None:
        processes = (os.cpu_count() or 1) if last >= PARALLEL_FROM and not connection.in_atomic_block else 1
    if processes == 1:
        yield scan(0, last, sizes)
        return
    step = max(PAGE // TILE, last // TILE // (processes * 8) + 1) * TILE
    starts = range(0, last, step)
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, mp_context=fork, initializer=_leave_inherited_connections) as pool:
        yield from pool.map(scan, starts, [min(start + step, last) for start in starts], [sizes] * len(starts))


def _leave_inherited_connections() -> None:
    """A child opens its own. Where an event loop ran, the parent closed those of the loop and kept the thread's."""
    for inherited in connections.all(initialized_only=True):
        inherited.connection = None


def scan(start: int, end: int, sizes: frozenset[int]) -> Part:
    """Walk the lines after `start` (a multiple of TILE) up to `end`, which is there."""
    part, walk, tile = Part(), _Walk(start), merkle.Frontier()
    for row in chain(rows(start, end), [None]):
        number = row[0] if row else end + 1
        for _missing in range(walk.expected, number):  # a place kept free, so that later tiles can be compared
            tile = _grown(tile, merkle.EMPTY, part)
        if row is None:
            part.broken += walk.gap_before(number)
            break
        digest = row[7]
        if number != walk.expected or row[6] != walk.previous or digest_of_text(*_content(row)) != digest:
            part.broken += islice(walk.explain(row), max(0, MOST_NAMED - len(part.broken)))
        walk.expected, walk.previous = number + 1, digest
        part.lines, part.last = part.lines + 1, number
        tile = _grown(tile, leaf(digest) if len(digest) == DIGITS else merkle.EMPTY, part)
        if number in sizes:
            part.tails[number] = tile.root()
    return part


def _grown(tile: merkle.Frontier, found: bytes, part: Part) -> merkle.Frontier:
    tile.add(found)
    if tile.size < TILE:
        return tile
    part.tiles.append(tile.root())
    return merkle.Frontier()


def _content(row: Row) -> tuple[int, str, str, str, str, str, str]:
    detail = row[5]
    return (*row[:5], detail if detail == "{}" else canonical_text(detail), row[6])


class _Walk:
    """Where the chain should go on, and how the numbers run when somebody renumbered lines."""

    def __init__(self, start: int) -> None:
        self.expected = start + 1
        self.previous: str | None = START if start == 0 else _digest_of(start)
        self.shift = 0  # number when written minus number now

    def explain(self, row: Row) -> Iterator[Broken]:
        """What is wrong with a line that does not hold."""
        number = row[0]
        yield from self.gap_before(number)
        if digest_of_text(*_content(row)) == row[7]:
            if number == self.expected and self.previous not in (None, row[6]):
                yield Broken(number, "does not follow the line before it: one of the two was written anew or inserted")
            self.shift = 0
            return
        written = self._number_when_written(row)
        if written is None:
            yield Broken(number, "content was changed")
            return
        if number + self.shift != written:
            yield Broken(number, f"was written as line {written}: lines were {_moved(number, written)}")
            self.shift = written - number

    def gap_before(self, number: int) -> Iterator[Broken]:
        if number > self.expected:
            last = number - 1
            what = f"lines {self.expected} to {last} are" if last > self.expected else f"line {last} is"
            yield Broken(self.expected, f"{what} missing")

    def _number_when_written(self, row: Row) -> int | None:
        """The number with which the digest holds: as the lines before it, after its own forerunner, or nearby."""
        forerunner = _number_of(row[6])
        near = [row[0] + self.shift, *([forerunner + 1, forerunner + 1 + self.shift] if forerunner else [])]
        around = (row[0] + sign * step for step in range(1, NEARBY) for sign in (1, -1)) if not self.shift else ()
        _, *content = _content(row)
        return next((found for found in (*near, *around) if digest_of_text(found, *content) == row[7]), None)


def _moved(number: int, written: int) -> str:
    return "inserted before it, or moved" if written < number else "dropped before it, or moved"


def _digest_of(number: int) -> str | None:
    return Line.objects.filter(number=number).values_list("digest", flat=True).first()


def _number_of(digest: str) -> int | None:
    return Line.objects.filter(digest=digest).values_list("number", flat=True).first()


def _against_heads(whole: Part, heads: list[Kept]) -> Iterator[Broken]:
    """What the heads know: a tail that is gone, and a stretch that was written anew with digests that hold."""
    for place, root in Tile.objects.order_by("place").values_list("place", "root"):
        if place < len(whole.tiles) and whole.tiles[place].hex() != root:
            first, last = place * TILE + 1, (place + 1) * TILE
            yield Broken(first, f"a line between {first} and {last} is not the one that the daily heads cover")
    covered = 0
    for day, size, root in heads:
        if size > whole.last:
            yield Broken(whole.last + 1, f"lines {whole.last + 1} to {size} are missing: the head of {day} covers them")
            return
        if _root(whole, size) != root:
            reason = f"a line between {covered + 1} and {size} is not the one that the head of {day} covers"
            yield Broken(covered + 1, reason)
            return
        covered = size


def _root(whole: Part, size: int) -> str:
    tree = merkle.Frontier()
    for root in whole.tiles[: size // TILE]:
        tree.add(root)
    return tree.root(whole.tails.get(size) if size % TILE else None).hex()
