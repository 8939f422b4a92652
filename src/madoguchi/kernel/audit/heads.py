"""Daily heads: one hash over the whole trail (RFC 6962), its proofs, and the tiles that make both quick."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from madoguchi.kernel.audit.actions import record
from madoguchi.kernel.audit.models import Head, Line, Tile
from madoguchi.kernel.audit.queries import last_line
from madoguchi.lib import clock, merkle

TILE = 1024  # lines; a power of two, so that a tile is a whole subtree


class NoSuchHead(LookupError):
    """Proofs are given for heads that were taken, not for any size."""


def leaf(digest: str) -> bytes:
    """The leaf of a line, by its digest in hex."""
    return merkle.leaf_hash(bytes.fromhex(digest))


@transaction.atomic
def take_head(*, now: datetime) -> Head:
    """The head of today, over every line there is; taken once a day, a second call gives the same."""
    day = clock.day_of(now)
    if found := Head.objects.filter(day=day).first():
        return found
    record("audit.head.taken", actor=None, target="audit.head", detail={"day": day.isoformat()})
    size = last_line()[0]  # with the line just added, which holds the end of the chain for this transaction
    _lay_tiles(size)
    return Head.objects.create(day=day, taken_at=now, size=size, root=root_at(size).hex())


def _lay_tiles(size: int) -> None:
    laid = Tile.objects.count()
    for place in range(laid, size // TILE):
        tree = merkle.Frontier()
        for found in _leaves(place * TILE, (place + 1) * TILE):
            tree.add(found)
        Tile.objects.create(place=place, root=tree.root().hex())


def _leaves(start: int, end: int) -> Iterator[bytes]:
    """Of the lines `start` + 1 to `end`."""
    digests = Line.objects.filter(number__gt=start, number__lte=end).order_by("number").values_list("digest", flat=True)
    return (leaf(digest) for digest in digests.iterator(chunk_size=TILE))


def root_at(size: int) -> bytes:
    """The root over the first `size` lines. Two queries."""
    tree = merkle.Frontier()
    whole = size // TILE
    for root in Tile.objects.filter(place__lt=whole).order_by("place").values_list("root", flat=True):
        tree.add(bytes.fromhex(root))
    tail = merkle.Frontier()
    for found in _leaves(whole * TILE, size):
        tail.add(found)
    return tree.root(tail.root() if tail.size else None)


class _Hashes:
    """Roots of parts of the trail, from tiles where they are whole, from lines inside a tile; each read once."""

    def __init__(self) -> None:
        self._tiles = [bytes.fromhex(root) for root in Tile.objects.order_by("place").values_list("root", flat=True)]
        self._lines: dict[int, list[bytes]] = {}

    def __call__(self, start: int, end: int) -> bytes:
        if end - start == TILE and start // TILE < len(self._tiles):
            return self._tiles[start // TILE]
        if end - start == 1:
            return self._leaf(start)
        middle = start + merkle.split(end - start)
        return merkle.node_hash(self(start, middle), self(middle, end))

    def _leaf(self, index: int) -> bytes:
        place = index // TILE
        if place not in self._lines:
            self._lines[place] = list(_leaves(place * TILE, (place + 1) * TILE))
        return self._lines[place][index % TILE]


def inclusion(digest: str, *, size: int) -> tuple[int, list[bytes]]:
    """Leaf index and audit path of the line with that digest below the head of that size.

    Raises: NoSuchHead; Line.DoesNotExist for a digest that is not below it.
    """
    _require_head(size)
    number = Line.objects.values_list("number", flat=True).get(digest=digest, number__lte=size)
    return number - 1, merkle.inclusion_path(number - 1, size, _Hashes())


def consistency(*, first: int, second: int) -> list[bytes]:
    """The proof that the head of size `second` begins with the head of size `first`. Raises: NoSuchHead."""
    _require_head(first)
    _require_head(second)
    if first > second:
        raise NoSuchHead(f"{first} is larger than {second}")
    return merkle.consistency_path(first, second, _Hashes())


def _require_head(size: int) -> None:
    if not Head.objects.filter(size=size).exists():
        raise NoSuchHead(f"no head has the size {size}")
