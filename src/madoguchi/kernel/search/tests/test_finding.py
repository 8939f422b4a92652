"""Finding: order, permissions, near answers, suggestions, marks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madoguchi.kernel.search.index import rebuild, refresh
from madoguchi.kernel.search.models import Indexed
from madoguchi.kernel.search.public import find, suggest
from madoguchi.kernel.search.testing import document, only, source

PAGES = [
    document("copy", "住民票の写し", words=("じゅうみんひょうのうつし",)),
    document("tax", "住民税の申告"),
    document("moving", "引っ越しのとき", text=("住民票を移します。",)),
    document("waste", "ごみの出し方"),
    document("dog", "犬の登録"),
]


@pytest.fixture
def pages(example_city):
    with only(source("page", list(PAGES))):
        yield


def keys(found) -> list[str]:
    return [hit.key for hit in found.hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("住民票", "copy"),
        ("じゅうみんひょう", "copy"),
        ("ジュウミンヒョウ", "copy"),
        ("引越し", "moving"),
        ("ひっこし", "moving"),
        ("ゴミ", "waste"),
        ("gomi", "waste"),
        ("犬", "dog"),
        ("いぬ", "dog"),
        ("犬　登録", "dog"),
    ],
)
def test_the_spelling_does_not_matter(pages, typed, first):
    assert keys(find(typed, person=None))[0] == first


def test_what_is_called_so_stands_before_what_only_says_it(pages):
    assert keys(find("住民票", person=None)) == ["copy", "moving"]


@pytest.mark.parametrize("typed", ["住民標", "じゅうみんひよ", "じゅうみんびょう", "住民票が欲しいけど遠い"])
def test_a_slip_gives_near_answers(pages, typed):
    found = find(typed, person=None)
    assert (*found.hits, *found.near)[0].key == "copy"


def test_nothing_is_near_to_nonsense(pages):
    found = find("ぷぺぽぽぽ", person=None)
    assert (list(found.hits), list(found.near)) == ([], [])


@pytest.mark.parametrize(
    "typed", ["", "　", "!?", "'", '"', "(((", "*", "-", "あ'; --", "\x00", "NOT AND OR", "a" * 5000]
)
def test_whatever_is_typed_the_page_answers(pages, typed):
    find(typed, person=None)
    suggest(typed, person=None)


def test_only_those_who_may_find_what_is_guarded(example_city, staff_clerk, other_clerk, resident):
    guarded = [
        document("own", "課の手引き", permission="procedures.case.view", section="citizens"),
        document("any", "職員の手引き", permission="desk.open"),
        document("all", "市民の手引き"),
    ]
    with only(source("page", guarded)):
        seen = {
            person: set(keys(find("手引き", person=person))) for person in (None, resident, staff_clerk, other_clerk)
        }
        assert seen == {
            None: {"all"},
            resident: {"all"},
            staff_clerk: {"own", "any", "all"},
            other_clerk: {"any", "all"},
        }
        assert {hit.key for hit in suggest("課の", person=other_clerk)} == set()
        assert {hit.key for hit in suggest("課の", person=staff_clerk)} == {"own"}
        assert {hit.key for hit in find("手引木", person=other_clerk).near} == {"any", "all"}


def test_a_kind_can_be_chosen(example_city):
    with only(source("page", [document("a", "犬の登録")]), source("measure", [document("a", "犬の公園")])):
        assert [(hit.kind, hit.key) for hit in find("犬", person=None).hits] == [("page", "a"), ("measure", "a")]
        assert [hit.kind for hit in find("犬", person=None, kind="measure").hits] == ["measure"]
        assert [(kind, count) for kind, _, count in find("犬", person=None).kinds] == [("page", 1), ("measure", 1)]


def test_synonyms_of_the_pack_find_each_other(example_city):
    with only(source("page", [document("seal", "印鑑の登録")])):
        assert keys(find("はんこ", person=None)) == ["seal"]
        assert keys(find("ハンコ 登録", person=None)) == ["seal"]


@pytest.mark.parametrize(
    ("typed", "title", "marked"),
    [
        ("住民票", "住民票の写し", ["住民票"]),
        ("じゅうみんひょう", "住民票の写し", ["住民票"]),
        ("引越し", "引っ越しのとき", ["引っ越し"]),
        ("ゴミ", "ごみの出し方", ["ごみ"]),
        ("犬 登録", "犬の登録", ["犬", "登録"]),
    ],
)
def test_the_words_looked_for_are_marked(pages, typed, title, marked):
    hit = next(hit for hit in find(typed, person=None).hits if "".join(piece.text for piece in hit.title) == title)
    assert [piece.text for piece in hit.title if piece.is_marked] == marked


@pytest.mark.parametrize(
    ("typed", "key"), [("じゅ", "copy"), ("住", "copy"), ("写", "copy"), ("ひっこ", "moving"), ("ごm", None)]
)
def test_suggestions_begin_with_the_first_letter(pages, typed, key):
    found = [hit.key for hit in suggest(typed, person=None)]
    assert (key in found) if key else found == []


def test_a_search_asks_the_database_a_fixed_number_of_times(pages):
    find("住民票", person=None)
    with CaptureQueriesContext(connection) as few:
        find("住民票", person=None)
    with only(source("page", [document(f"copy{number}", f"住民票の写し{number}") for number in range(300)])):
        with CaptureQueriesContext(connection) as many:
            found = find("住民票", person=None)
        assert len(many) <= len(few)
        assert found.is_cut
        assert len(found.hits) == 100


def test_a_refresh_writes_what_changed_and_nothing_else(example_city):
    given = [document("a", "犬の登録"), document("b", "猫の登録")]
    with only(source("page", given)):
        given[1] = document("b", "鳥の登録")
        given.append(document("c", "魚の登録"))
        del given[0]
        tally = refresh("page")
        assert (tally.documents, tally.written, tally.removed) == (2, 2, 1)
        assert keys(find("猫", person=None)) == []
        assert keys(find("犬", person=None)) == []
        assert keys(find("鳥", person=None)) == ["b"]
        assert refresh("page").written == 0


def test_documents_of_a_service_that_is_gone_go_with_a_rebuild(example_city):
    with only(source("page", [document("a", "犬の登録")])):
        pass
    rebuild(lambda *_: None)
    assert not Indexed.objects.filter(kind="page", key="a").exists()
