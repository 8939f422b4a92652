"""The plan from outside: the Act's five kinds, wishes without a measure, other municipalities, the survey's table."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.citydata.public import record, records
from madoguchi.kernel.citydata.testing import revise
from madoguchi.services.plan import peer_table
from madoguchi.services.plan.pack import Peer

pytestmark = pytest.mark.django_db
TAKE = "/plan/around/peers/"


def text_of(answer) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.usefixtures("reference_city")
def test_the_five_kinds_of_the_act_stand_with_their_measures(client):
    """官民データ活用推進基本法 names five kinds of work (第1章(3)); which measure is which are our tags."""
    page = client.get("/plan/around/")
    kinds = {kind.key: {measure.number for measure in found} for kind, found in page.context["kinds"]}
    assert kinds == {
        "online": {25, 29}, "open_data": {18}, "my_number": {26}, "divide": {1, 2, 8, 10},
        "standards": {21, 22, 23, 28},
    }  # fmt: skip
    assert page.context["without"] == []
    assert page.context["untagged"] == 29 - 12
    assert "市町村官民データ活用推進計画" in text_of(page)


@pytest.mark.usefixtures("reference_city")
def test_two_wishes_of_the_survey_have_no_measure(client):
    """(11) data on local roads is wished for fourth of 18 items, (5) advice by social media ninth; neither has one."""
    found = client.get("/plan/around/").context["unanswered"]
    assert [(row.item.key, row.rank, row.of) for _, row in found] == [("11", 4, 18), ("5", 9, 18)]


@pytest.mark.usefixtures("reference_city")
def test_other_municipalities_are_compared_over_the_years(client):
    """図7: 災害時の被災者情報管理 22.2 % → 35.1 % → 45.5 %; the city lacks 共同利用 only."""
    page = client.get("/plan/around/")
    (row,) = [row for row in page.context["peers"] if row.item == "災害時の被災者情報管理"]
    assert (row.history, row.points) == ([22.2, 35.1, 45.5], 23.3)
    assert [row.item for row in page.context["not_yet"]] == ["共同利用による基幹系業務システムの導入"]
    assert "/glossary/" in page.content.decode()


def test_a_kind_without_a_measure_is_said_to_have_none(client, example_city):
    page = client.get("/plan/around/")
    empty = {kind.key for kind, found in page.context["kinds"] if not found}
    assert empty
    assert empty == {kind.key for kind in page.context["without"]}
    assert "施策なし" in text_of(page)


# the table of the national survey


def peer(**values) -> Peer:
    plain = {"item": "見本", "year": 2019, "national_percent": 22.2, "national_count": 387, "city_done": True}
    return Peer(**{"key": "sample-2019", "source": "-", **plain, **values})


HEAD = ",".join(peer_table.COLUMNS) + "\n"
ROW = "見本,2019,22.2,387,1741,済,,-\n"


def read(text: str) -> peer_table.Reading:
    return peer_table.read(text.encode("utf-8-sig"), [peer(municipalities=1741)])


@pytest.mark.parametrize(
    ("right", "wrong", "column", "words"),
    [
        ("見本", "", "項目", "空です"),
        ("2019", "H31", "年", "数字だけ"),
        ("2019", "31", "年", "西暦の4桁"),
        ("22.2", "二割", "全国の割合（％）", "小数1桁"),
        ("22.2", "122.2", "全国の割合（％）", "0から100"),
        ("22.2", "22.8", "全国の割合（％）", "1,741団体のうち387団体は22.2％"),
        ("387", "378", "全国の割合（％）", "団体数と合いません"),
        ("387", "2000", "全国の割合（％）", "団体にはなりません"),
        ("387", "", "全国の団体数", "数字だけ"),
        ("1741", "全部", "調べた団体数", "数字だけ"),
        ("済", "○", "この市", "「済」か「未」"),
        (",-", ",", "出典", "空です"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken(right, wrong, column, words):
    reading = read(HEAD + ROW.replace(right, wrong, 1))
    assert [(cell.line, cell.column) for cell in reading.refused] == [(2, column)]
    assert words in reading.refused[0].why
    assert reading.changed == []


@pytest.mark.usefixtures("reference_city")
def test_every_printed_row_of_figure_7_passes_the_check_of_share_and_count(published):
    """1,741 or 1,742 municipalities were asked, as the printed shares show."""
    for printed in published("plan.peer"):
        rows = [
            f"{printed.item},{printed.year},{printed.national_percent},{printed.national_count},{asked},済,,-\n"
            for asked in (1741, 1742)
        ]
        assert any(not read(HEAD + row).refused for row in rows), printed.key


def test_a_new_year_of_an_item_follows_its_key_and_a_new_item_gets_one(client):
    reading = read(HEAD + ROW + "見本,2022,30,522,1741,未,,調査\n" + "新しい項目,2022,10.0,174,1741,未,,調査\n")
    assert reading.refused == []
    following, fresh = (found.key for found in reading.changed)
    assert following == "sample-2022"
    assert re.fullmatch(r"item-[0-9a-f]{8}-2022", fresh)
    assert read(HEAD + ROW + ROW).refused[0].why.startswith("同じ項目と年が2回")


@pytest.mark.usefixtures("reference_city")
def test_the_exported_table_comes_back_without_a_difference(client):
    exported = client.get("/plan/peers.csv").content
    reading = peer_table.read(exported, records("plan.peer"))
    assert (reading.refused, reading.changed, reading.absent) == ([], [], 0)


@pytest.fixture
def planner(example_city):
    return signed_in(make_staff("planning", "planner"))


def chosen(text: str):
    return {"table": SimpleUploadedFile("peers.csv", text.encode("utf-8-sig"))}


def payload_of(page) -> str:
    return re.search(r'name="payload" value="([^"]+)"', page.content.decode())[1]


def test_a_table_is_shown_then_taken_whole(planner, client):
    exported = client.get("/plan/peers.csv").content.decode("utf-8-sig")
    new = "見本の項目,2022,60.0,1045,1741,未,,調査（架空）\n"
    broken = planner.post(TAKE, chosen(exported + new + "見本の項目,2025,99,1,1741,未,,調査\n"))
    assert broken.status_code == 400
    assert "この違いを取り込む" not in text_of(broken)
    page = planner.post(TAKE, chosen(exported + new))
    assert len(records("plan.peer")) == 1
    planner.post(f"{TAKE}confirm/", {"payload": payload_of(page)})
    assert record("plan.peer", "sample-2022").national_percent == 60.0
    assert "+10.0ポイント" in text_of(client.get("/plan/around/"))
    again = planner.post(f"{TAKE}confirm/", {"payload": payload_of(page)}, follow=True)
    assert "ほかの人が表を変えました" in text_of(again)


def test_a_table_that_moved_on_or_a_forged_payload_takes_nothing(planner, staff_clerk):
    page = planner.post(TAKE, chosen(HEAD + "見本の項目,2019,50.0,871,1742,未,,架空\n"))
    revise(
        "plan.peer",
        "sample-2019",
        record("plan.peer", "sample-2019").model_copy(update={"note": "x"}),
        actor=staff_clerk,
    )
    planner.post(f"{TAKE}confirm/", {"payload": payload_of(page)})
    assert record("plan.peer", "sample-2019").city_done
    answer = planner.post(f"{TAKE}confirm/", {"payload": "eyJ9:xx:yy"}, follow=True)
    assert "もう一度ファイルを選んで" in text_of(answer)


def test_only_the_plan_office_takes_the_table(staff_clerk, resident, client):
    for other in (signed_in(staff_clerk), signed_in(resident)):
        assert other.get(TAKE).status_code == 403
        assert other.post(f"{TAKE}confirm/").status_code == 403
    assert client.get(TAKE).status_code == 302
