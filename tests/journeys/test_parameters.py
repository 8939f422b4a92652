"""Dated values by staff: what is typed, what it changes from which day, what stays, who may."""

from datetime import date

import pytest

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.citydata import parameters
from madoguchi.kernel.citydata.models import Revision
from madoguchi.kernel.citydata.public import current, parameter

FEE = "resident_record_copy_fee_yen"
PAGE = f"/staff/parameters/{FEE}/"


@pytest.fixture
def planner(example_city):
    return make_staff("planning", "planner")


def typed(since: date, value: object, **more: object) -> dict[str, object]:
    boxes = {"since_era": "ad", "since_year": since.year, "since_month": since.month, "since_day": since.day}
    number = current("parameter", FEE).number
    return {
        **boxes,
        "value": value,
        "source": "例示市条例 令和10年第2号（架空）",
        "reason": "条例の改正",
        "seen": number,
        **more,
    }


def test_a_new_value_is_looked_at_before_it_is_saved_and_acts_from_its_day(planner):
    browser = signed_in(planner)
    given = typed(date(2028, 4, 1), "３００", confirmed="on")
    preview = browser.post(f"{PAGE}add/", given)
    assert preview.status_code == 200
    text = preview.content.decode()
    assert "300 円／通" in text
    assert "令和10年4月1日" in text
    assert "つぎの値を入れるまで" in text
    assert parameter(FEE, on=date(2028, 4, 1)).value == 250  # nothing is saved yet
    assert browser.post(f"{PAGE}add/", {**given, "save": "1"})["Location"] == PAGE
    assert [parameter(FEE, on=day).value for day in (date(2028, 3, 31), date(2028, 4, 1))] == [250, 300]
    found = current("parameter", FEE)
    assert (found.number, found.reason) == (2, "条例の改正")
    line = history(found.record).last()
    assert (line.verb, line.detail["number"]) == ("citydata.record.revised", 2)
    page = browser.get(PAGE).content.decode()
    assert planner.name in page
    assert "理由：条例の改正" in page


def test_a_correction_replaces_one_value_and_the_old_revision_stays(planner):
    browser = signed_in(planner)
    given = typed(date(2027, 4, 1), "260", save="1")
    assert browser.post(f"{PAGE}correct/2027-04-01/", given).status_code == 302
    assert parameter(FEE, on=date(2027, 4, 1)).value == 260
    old = Revision.objects.select_related("record").get(record__kind="parameter", record__key=FEE, number=1)
    assert old.content.on(date(2027, 4, 1)).value == 250
    newest, first = parameters.steps(FEE)
    assert [value.value for value in newest.brought] == [260]
    assert [value.value for value in newest.took] == [250]
    assert (first.actor, len(first.brought)) == ("", 2)


def test_a_change_of_the_past_is_said_to_be_one(planner):
    text = signed_in(planner).post(f"{PAGE}correct/2017-04-01/", typed(date(2017, 4, 1), "210")).content.decode()
    assert "きょうより前の値が変わります" in text


def test_what_was_typed_comes_back_from_the_preview(planner):
    answer = signed_in(planner).post(f"{PAGE}add/", typed(date(2028, 4, 1), "300", back="1"))
    assert answer.status_code == 200
    assert 'value="300"' in answer.content.decode()
    assert current("parameter", FEE).number == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": "たくさん"}, "数字だけを入力してください"),
        ({"value": "9" * 30}, "けた"),
        ({"source": ""}, "根拠を入力してください"),
        ({"reason": ""}, "改める理由を入力してください"),
        ({"since_month": "13"}, "月は1から12まで"),
        ({"since_year": "2027"}, "その日から始まる値が、すでにあります"),
        ({"seen": "7", "save": "1"}, "ほかの職員がこの値を改めました"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(planner, changes, words):
    answer = signed_in(planner).post(f"{PAGE}add/", {**typed(date(2028, 4, 1), "300"), **changes})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert current("parameter", FEE).number == 1


@pytest.mark.parametrize("query", ["住民票", "RESIDENT_record", "jpy"])
def test_a_value_is_found_by_name_key_and_unit(planner, query):
    text = signed_in(planner).get("/staff/parameters/", {"q": query}).content.decode()
    assert FEE in text
    assert "surveys_small_cell" not in text


def test_nothing_found_says_so(planner):
    assert "当てはまる値はありません" in signed_in(planner).get("/staff/parameters/?q=zzz").content.decode()


@pytest.mark.parametrize("since", ["2017-04-02", "today", "2017-4-1", "9" * 400])
def test_a_day_no_value_begins_on_is_not_there(planner, since):
    assert signed_in(planner).get(f"{PAGE}correct/{since}/").status_code == 404


def test_who_may_only_look_finds_nothing_to_press(example_city, planner):
    from madoguchi.kernel.citydata.public import record, revise

    role = record("role", "viewer")
    revise("role", "viewer", role.model_copy(update={"permissions": ("citydata.parameter.view",)}), actor=planner)
    viewer = signed_in(make_staff("planning", "viewer"))
    text = viewer.get(PAGE).content.decode()
    assert "改めた記録" in text
    assert "/add/" not in text
    assert viewer.get(f"{PAGE}add/").status_code == 403
    assert viewer.post(f"{PAGE}add/", typed(date(2028, 4, 1), "300", save="1")).status_code == 403
