"""Daily heads and their proofs."""

from datetime import timedelta

import pytest

from madoguchi.kernel.audit import heads
from madoguchi.kernel.audit.models import Head, Line, Tile
from madoguchi.kernel.audit.testing import chained
from madoguchi.lib import clock, merkle

pytestmark = pytest.mark.django_db
COUNT = 2 * heads.TILE + 300


@pytest.fixture
def two_days():
    Line.objects.bulk_create(chained(COUNT), batch_size=500)
    first = heads.take_head(now=clock.now())
    last = Line.objects.get(number=first.size)
    Line.objects.bulk_create(chained(heads.TILE, after=last.number, previous=last.digest), batch_size=500)
    return first, heads.take_head(now=clock.now() + timedelta(days=1))


def root_by_definition(size: int) -> str:
    tree = merkle.Frontier()
    for digest in Line.objects.order_by("number").values_list("digest", flat=True)[:size]:
        tree.add(merkle.leaf_hash(bytes.fromhex(digest)))
    return tree.root().hex()


def test_a_head_covers_every_line_with_its_own(two_days):
    first, second = two_days
    assert (first.size, second.size) == (COUNT + 1, COUNT + heads.TILE + 2)
    for head in two_days:
        assert head.root == root_by_definition(head.size)
    assert Tile.objects.count() == second.size // heads.TILE


def test_a_head_is_taken_once_a_day():
    now = clock.now()
    assert heads.take_head(now=now) == heads.take_head(now=now)
    assert Head.objects.count() == Line.objects.count() == 1


@pytest.mark.parametrize("number", [1, 2, heads.TILE, heads.TILE + 1, COUNT, COUNT + 1])
def test_every_line_is_proved_below_each_head(two_days, number):
    line = Line.objects.get(number=number)
    for head in two_days:
        index, path = heads.inclusion(line.digest, size=head.size)
        assert index == number - 1
        assert merkle.root_by_inclusion(heads.leaf(line.digest), index, head.size, path).hex() == head.root


def test_a_line_of_the_second_day_is_not_below_the_first_head(two_days):
    first, second = two_days
    late = Line.objects.get(number=second.size)
    with pytest.raises(Line.DoesNotExist):
        heads.inclusion(late.digest, size=first.size)


def test_the_second_head_begins_with_the_first(two_days, django_assert_max_num_queries):
    first, second = two_days
    with django_assert_max_num_queries(6):
        path = heads.consistency(first=first.size, second=second.size)
    roots = [bytes.fromhex(head.root) for head in two_days]
    assert merkle.is_consistent(first.size, roots[0], second.size, roots[1], path)


def test_proofs_are_for_heads_that_were_taken(two_days):
    first, second = two_days
    with pytest.raises(heads.NoSuchHead):
        heads.consistency(first=first.size - 1, second=second.size)
    with pytest.raises(heads.NoSuchHead):
        heads.consistency(first=second.size, second=first.size)
    with pytest.raises(heads.NoSuchHead):
        heads.inclusion("0" * 64, size=1)
