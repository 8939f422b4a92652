"""What somebody with the rights of the database's owner could do to the trail, and that verifying names it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from madoguchi.kernel.audit import heads, scan
from madoguchi.kernel.audit.models import Head, Line, Tile
from madoguchi.kernel.audit.testing import chained, emptied_for_a_test
from madoguchi.lib import clock

pytestmark = pytest.mark.django_db
LINES = 12


@pytest.fixture
def trail():
    Line.objects.bulk_create(chained(LINES))


@pytest.fixture
def forger():
    """Somebody who lifted the refusal; the trail is whole again afterwards only in the database of the test."""
    with emptied_for_a_test():
        yield


def found() -> list[tuple[int, str]]:
    return [(place.number, place.reason) for place in scan.broken_places()[1]]


def forge(number: int, /, **changes) -> None:
    Line.objects.filter(number=number).update(**changes)


def with_own_digest(number: int, **changes) -> None:
    """Change a line and make its digest right."""
    from madoguchi.kernel.audit.chain import digest

    line = Line.objects.get(number=number)
    names = ("number", "at", "verb", "actor", "target", "detail", "previous")
    content = {name: getattr(line, name) for name in names} | changes
    forge(number, **changes, digest=digest(**content))


def renumber_after(number: int, by: int) -> None:
    """Two steps, since numbers are unique at every moment."""
    Line.objects.filter(number__gt=number).update(number=F("number") + 1000)
    Line.objects.filter(number__gt=1000).update(number=F("number") - 1000 + by)


@pytest.mark.usefixtures("trail")
def test_an_untouched_chain_holds(capsys):
    assert found() == []
    call_command("audit", "verify")
    assert f"{LINES} lines, the chain holds" in capsys.readouterr().out


def test_an_empty_trail_holds():
    assert scan.broken_places() == (0, [])


@pytest.mark.usefixtures("trail", "forger")
@pytest.mark.parametrize(
    "change",
    [
        {"verb": "x"},
        {"actor": "accounts.person:9"},
        {"target": "procedures.case:99"},
        {"detail": {"purpose": "other"}},
        {"at": clock.now()},
    ],
    ids=str,
)
def test_a_changed_line_is_named(change):
    forge(5, **change)
    assert found() == [(5, "content was changed")]


@pytest.mark.usefixtures("trail", "forger")
def test_a_changed_line_whose_digest_was_made_right_shows_at_the_next():
    with_own_digest(5, actor="accounts.person:9")
    ((number, reason),) = found()
    assert number == 6
    assert "does not follow the line before it" in reason


@pytest.mark.usefixtures("trail", "forger")
@pytest.mark.parametrize(("gone", "words"), [([5], "line 5 is missing"), ([5, 6, 7], "lines 5 to 7 are missing")])
def test_a_dropped_line_is_named(gone, words):
    Line.objects.filter(number__in=gone).delete()
    assert found() == [(5, words)]


@pytest.mark.usefixtures("trail", "forger")
def test_a_dropped_line_is_named_when_the_later_ones_were_renumbered():
    Line.objects.filter(number=5).delete()
    renumber_after(5, by=-1)
    assert found() == [(5, "was written as line 6: lines were dropped before it, or moved")]


@pytest.mark.usefixtures("trail", "forger")
def test_an_inserted_line_is_named_when_the_later_ones_were_renumbered():
    renumber_after(5, by=1)
    fifth = Line.objects.get(number=5)
    (inserted,) = chained(1, after=5, previous=fifth.digest)
    inserted.save()
    assert found() == [(7, "was written as line 6: lines were inserted before it, or moved")]


@pytest.mark.usefixtures("trail", "forger")
def test_reordered_lines_are_named():
    forge(4, number=1004)
    forge(9, number=4)
    forge(1004, number=9)
    names = [number for number, reason in found() if "was written as line" in reason]
    assert names[0] == 4
    assert 9 in names


@pytest.mark.usefixtures("trail", "forger")
def test_a_dropped_tail_shows_against_the_head():
    head = heads.take_head(now=clock.now())
    Line.objects.filter(number__gt=10).delete()
    assert found() == [(11, f"lines 11 to {LINES + 1} are missing: the head of {head.day} covers them")]


@pytest.mark.usefixtures("trail", "forger")
def test_a_chain_that_was_written_anew_shows_against_the_head():
    heads.take_head(now=clock.now())
    Line.objects.filter(number__gt=8).delete()
    eighth = Line.objects.get(number=8)
    Line.objects.bulk_create(chained(LINES - 7, after=8, previous=eighth.digest))
    assert ["is not the one that the head of" in reason for _, reason in found()] == [True]


@pytest.mark.usefixtures("forger")
def test_a_line_written_anew_is_narrowed_down_to_its_tile():
    Line.objects.bulk_create(chained(3 * heads.TILE), batch_size=500)
    heads.take_head(now=clock.now())
    start = Line.objects.get(number=heads.TILE)
    Line.objects.filter(number__gt=heads.TILE).delete()
    Line.objects.bulk_create(chained(2 * heads.TILE + 1, after=heads.TILE, previous=start.digest), batch_size=500)
    assert found()[0] == (1025, "a line between 1025 and 2048 is not the one that the daily heads cover")


@pytest.mark.usefixtures("trail", "forger")
def test_heads_kept_elsewhere_find_what_was_forged_together_with_the_heads(tmp_path, capsys):
    import json

    from madoguchi.kernel.audit.publication import document

    heads.take_head(now=clock.now())
    kept = tmp_path / "heads.json"
    kept.write_text(json.dumps(document()))
    call_command("audit", "verify", "--heads", str(kept))
    Line.objects.all().delete()
    Head.objects.all().delete()
    Line.objects.bulk_create(chained(LINES + 1))
    assert found() == []
    with pytest.raises(CommandError):
        call_command("audit", "verify", "--heads", str(kept))
    assert "is not the one that the head of" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "{}", '{"heads": [{"day": "x"}]}', "[]"])
def test_a_file_that_is_no_copy_of_the_heads_is_refused(tmp_path, text):
    path = tmp_path / "heads.json"
    path.write_text(text)
    with pytest.raises(CommandError, match="no copy"):
        call_command("audit", "verify", "--heads", str(path))


@pytest.mark.usefixtures("trail", "forger")
def test_the_command_fails_loudly_on_a_forged_chain(capsys):
    forge(5, verb="x")
    with pytest.raises(CommandError):
        call_command("audit", "verify")
    assert "line 5: content was changed" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_several_processes_find_what_one_finds(monkeypatch):
    count = 5 * heads.TILE + 7
    monkeypatch.setattr(scan, "PAGE", heads.TILE)
    Line.objects.bulk_create(chained(count), batch_size=500)
    heads.take_head(now=clock.now())
    assert scan.broken_places(processes=2) == (count + 1, [])
    with emptied_for_a_test():
        forge(3, verb="x")
        Line.objects.filter(number__in=[2048, 2049, 5000]).delete()
    one, two = scan.broken_places(processes=1), scan.broken_places(processes=2)
    assert one[0] == two[0] == count - 2
    named = [(place.number, place.reason) for place in two[1]]
    assert (3, "content was changed") in named
    assert {2048, 5000} <= {number for number, reason in named if "missing" in reason}
    assert {place.number for place in one[1]} <= {place.number for place in two[1]}


def test_details_read_the_same_from_both_databases():
    from madoguchi.kernel.audit.public import record

    detail = {"b": ["窓口", {"z": None, "a": True}], "a": 10**18, "𠮷": '\\ " \n </script> é'}
    record("citydata.pack.applied", actor=None, target="𠮷野家:1", detail=detail)
    assert found() == []
    assert Tile.objects.count() == 0
    assert connection.vendor in scan._COLUMNS
