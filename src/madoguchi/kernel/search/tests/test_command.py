"""`madoguchi search rebuild`: fills an index that was lost, says how far it is, and can be run again."""

from django.core.management import call_command

from madoguchi.kernel.search import index
from madoguchi.kernel.search.models import Indexed
from madoguchi.kernel.search.public import find
from madoguchi.kernel.search.testing import document, only, source


def test_a_lost_index_is_rebuilt(example_city, capsys):
    Indexed.objects.all().delete()
    assert not find("住民票", person=None).hits
    call_command("search", "rebuild")
    said = capsys.readouterr().out
    assert "procedure: 14 documents, 14 written, 0 removed" in said
    assert find("住民票", person=None).hits[0].key == "resident-record-copy"
    call_command("search", "rebuild")
    assert "procedure: 14 documents, 0 written, 0 removed" in capsys.readouterr().out


def test_applying_an_unchanged_pack_fills_an_empty_index(example_city, settings):
    """An installation that is upgraded to the first release with a search."""
    Indexed.objects.all().delete()
    call_command("city", "apply", pack=settings.CITY_PACK)
    assert find("住民票", person=None).hits


def test_progress_is_said_after_every_batch(example_city, capsys, monkeypatch):
    monkeypatch.setattr(index, "BATCH", 2)
    with only(source("page", [document(f"a{number}", "犬の登録") for number in range(5)])):
        capsys.readouterr()
        call_command("search", "rebuild")
    assert [line.split(",")[0] for line in capsys.readouterr().out.splitlines()] == [
        "page: 2 documents",
        "page: 4 documents",
        "page: 5 documents",
    ]
