"""Trees and proofs, against the values that Certificate Transparency's own tests publish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.lib import merkle

# google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc: the entries, the roots of the first n of them,
# audit paths (leaf counted from 1, size) and consistency proofs (first size, second size)
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
AUDIT_PATHS = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (3, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (2, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
LEAVES = [merkle.leaf_hash(bytes.fromhex(entry)) for entry in ENTRIES]


def hash_of(start: int, end: int) -> bytes:
    """By the definition, without anything remembered."""
    if end - start == 1:
        return LEAVES[start]
    middle = start + merkle.split(end - start)
    return merkle.node_hash(hash_of(start, middle), hash_of(middle, end))


def root_of(size: int) -> bytes:
    return bytes.fromhex(ROOTS[size - 1])


def unhex(path: list[str]) -> list[bytes]:
    return [bytes.fromhex(node) for node in path]


def test_the_tree_of_nothing_is_the_hash_of_nothing():
    assert merkle.Frontier().root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size):
    frontier = merkle.Frontier()
    for leaf in LEAVES[:size]:
        frontier.add(leaf)
    assert frontier.root() == root_of(size) == hash_of(0, size)


@pytest.mark.parametrize(("place", "path"), AUDIT_PATHS.items(), ids=str)
def test_audit_paths_are_the_published_ones(place, path):
    number, size = place
    assert merkle.inclusion_path(number - 1, size, hash_of) == unhex(path)
    assert merkle.root_by_inclusion(LEAVES[number - 1], number - 1, size, unhex(path)) == root_of(size)


@pytest.mark.parametrize(("sizes", "path"), CONSISTENCY.items(), ids=str)
def test_consistency_proofs_are_the_published_ones(sizes, path):
    first, second = sizes
    assert merkle.consistency_path(first, second, hash_of) == unhex(path)
    assert merkle.is_consistent(first, root_of(first), second, root_of(second), unhex(path))


@pytest.mark.parametrize("second", range(1, 9))
@pytest.mark.parametrize("first", range(1, 9))
def test_every_smaller_tree_is_the_beginning_of_a_larger_one_and_of_no_other(first, second):
    if first > second:
        assert not merkle.is_consistent(first, root_of(first), second, root_of(second), [])
        return
    path = merkle.consistency_path(first, second, hash_of)
    assert merkle.is_consistent(first, root_of(first), second, root_of(second), path)
    assert not merkle.is_consistent(first, merkle.EMPTY, second, root_of(second), path)
    assert not merkle.is_consistent(first, root_of(first), second, merkle.EMPTY, path)
    assert not merkle.is_consistent(first, root_of(first), second, root_of(second), [*path, merkle.EMPTY])


@given(st.data())
def test_a_changed_leaf_place_or_path_leads_to_another_root(data):
    size = data.draw(st.integers(2, 8))
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion_path(index, size, hash_of)
    assert merkle.root_by_inclusion(LEAVES[index], index, size, path) == root_of(size)
    assert merkle.root_by_inclusion(merkle.EMPTY, index, size, path) != root_of(size)
    other = data.draw(st.integers(0, size - 1).filter(lambda place: place != index))
    assert merkle.root_by_inclusion(LEAVES[index], other, size, path) != root_of(size)
    broken = data.draw(st.integers(0, len(path) - 1))
    changed = [*path[:broken], merkle.EMPTY, *path[broken + 1 :]]
    assert merkle.root_by_inclusion(LEAVES[index], index, size, changed) != root_of(size)
    assert merkle.root_by_inclusion(LEAVES[index], index, size, path[:-1]) is None


def test_whole_subtrees_may_stand_for_their_leaves():
    frontier = merkle.Frontier()
    for start in (0, 2, 4):
        frontier.add(hash_of(start, start + 2))
    assert frontier.root(tail=LEAVES[6]) == root_of(7)
