"""Merkle trees as Certificate Transparency has them: one hash for a whole log, short proofs about its parts.

Source: RFC 6962 section 2.1 (trees, audit paths, consistency proofs); the checks follow RFC 9162 section 2.1.
"""

import hashlib
from collections.abc import Callable

EMPTY = hashlib.sha256(b"").digest()

HashOf = Callable[[int, int], bytes]  # of the leaves from a first (counted from 0) up to, not with, a last


def leaf_hash(data: bytes) -> bytes:
    """Of one entry; the prefix keeps a node from passing for an entry."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """The largest power of two below `size` (≥ 2): how many leaves stand on the left."""
    return 1 << (size - 1).bit_length() - 1


class Frontier:
    """A growing tree that remembers only the roots of its complete subtrees: log₂ n hashes for n leaves."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Append a leaf by its hash, or the root of a complete subtree when all before it were as large."""
        size = self.size
        while size & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            size >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self, tail: bytes | None = None) -> bytes:
        """The root; `tail` is the root of what follows, smaller than a whole leaf of this tree."""
        peaks = self._peaks if tail is None else [*self._peaks, tail]
        if not peaks:
            return EMPTY
        root = peaks[-1]
        for peak in reversed(peaks[:-1]):
            root = node_hash(peak, root)
        return root


def inclusion_path(index: int, size: int, hash_of: HashOf) -> list[bytes]:
    """The audit path of leaf `index` (from 0) in the tree of `size` leaves, nearest the leaf first."""
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            path.append(hash_of(middle, end))
            end = middle
        else:
            path.append(hash_of(start, middle))
            start = middle
    return path[::-1]


def consistency_path(first: int, second: int, hash_of: HashOf) -> list[bytes]:
    """Shows that the tree of `second` leaves begins with the tree of `first` leaves (0 < first ≤ second)."""
    path: list[bytes] = []
    start, end, known = 0, second, True  # `known`: the verifier has the root of this subtree already
    while first != end:
        middle = start + split(end - start)
        if first <= middle:
            path.append(hash_of(middle, end))
            end = middle
        else:
            path.append(hash_of(start, middle))
            start, known = middle, False
    if not known:
        path.append(hash_of(start, end))
    return path[::-1]


def root_by_inclusion(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that the path leads to, None for a path that cannot be one of this tree."""
    if not 0 <= index < size:
        return None
    place, last, root = index, size - 1, leaf
    for node in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            root = node_hash(node, root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            root = node_hash(root, node)
        place, last = place >> 1, last >> 1
    return root if last == 0 else None


def is_consistent(first: int, first_root: bytes, second: int, second_root: bytes, path: list[bytes]) -> bool:
    """Whether the path proves that the tree of `second` leaves begins with that of `first`."""
    if first == second:
        return not path and first_root == second_root
    if not 0 < first < second or not path:
        return False
    nodes = path if first & (first - 1) else [first_root, *path]
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, node)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
