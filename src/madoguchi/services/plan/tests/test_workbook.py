"""進捗管理表 as Excel: locked, with drop-downs; back again cell by cell, whole or not at all."""

import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.lib import clock
from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.models import Aside, Intake, Line
from madoguchi.services.plan.testing import open_period, write

pytestmark = pytest.mark.django_db
ROOM = "/plan/reports/2020H1/sections/welfare/"
NOW = datetime(2020, 10, 20, 3, tzinfo=UTC)


@pytest.fixture
def lead(example_city, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return make_staff("welfare", "clerk")


@pytest.fixture
def client(lead):
    return signed_in(lead)


@pytest.fixture
def report(lead):
    return open_period(HalfYear(2020, 1)).reports.get(measure_key="03")


def received(client):
    return load_workbook(io.BytesIO(client.get(ROOM).content))


def sent_back(client, book):
    stream = io.BytesIO()
    book.save(stream)
    upload = SimpleUploadedFile("表.xlsx", stream.getvalue())
    return client.post(f"{ROOM}take/", {"table": upload}, follow=True)


def taken(client):
    return client.post(f"{ROOM}{Intake.objects.latest('pk').pk}/take/", follow=True).content.decode()


def test_heads_are_locked_fields_are_open_and_have_lists_and_notes(client, report):
    sheet = received(client)["施策3"]
    assert sheet.protection.sheet
    assert sheet["B6"].value == "設計"
    assert sheet["B6"].protection.locked
    assert not sheet["E6"].protection.locked
    assert sheet["E5"].comment.text.startswith("実際に着手した日")
    kinds = {validation.type: str(validation.sqref) for validation in sheet.data_validations.dataValidation}
    assert kinds == {"list": "G6:G8 H6:H8", "date": "E6:E8 F6:F8"}


def test_what_was_filled_in_offline_comes_back_after_its_differences_were_seen(client, report):
    book = received(client)
    sheet = book["施策3"]
    sheet["E6"], sheet["F6"] = date(2020, 4, 10), date(2020, 9, 1)
    sheet["G7"], sheet["J7"] = "令和2年度下半期", "順調"
    sheet["B10"] = "人手が足りない"
    page = sent_back(client, book).content.decode()
    assert "5か所が変わります" in page
    assert not Line.objects.exclude(started_on=None).exists()
    assert "取り込みました" in taken(client)
    line = report.lines.get(step__key="1")
    assert [str(line.started_on), str(line.finished_on)] == ["2020-04-10", "2020-09-01"]
    assert report.lines.get(step__key="2").forecast_first == "2020H2"
    report.refresh_from_db()
    assert report.issues == "人手が足りない"


def test_refused_cells_are_named_with_their_remedy_and_nothing_is_taken(client, report):
    book = received(client)
    sheet = book["施策3"]
    sheet["E6"], sheet["G6"], sheet["I6"], sheet["J6"] = "きのう", "来年ごろ", "=1+1", "これは残らない"
    page = sent_back(client, book)
    words = page.content.decode()
    assert page.status_code == 400
    for cell in (
        "施策3 E6",
        "施策3 G6",
        "施策3 I6",
        "日付ではありません",
        "一覧から選んでください",
        "式が入っています",
    ):
        assert cell in words
    assert not Intake.objects.exists()
    assert not Line.objects.exclude(comment="").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"not a workbook", b"\xd0\xcf\x11\xe0 old xls"])
def test_a_damaged_file_is_refused_in_words(client, report, content):
    answer = client.post(f"{ROOM}take/", {"table": SimpleUploadedFile("表.xlsx", content or b" ")})
    assert answer.status_code == 400
    assert "このファイルを開けません" in answer.content.decode()


def test_half_a_file_is_refused(client, report):
    content = client.get(ROOM).content
    answer = client.post(f"{ROOM}take/", {"table": SimpleUploadedFile("表.xlsx", content[: len(content) // 2])})
    assert "このファイルを開けません" in answer.content.decode()


def test_a_workbook_of_another_section_is_refused(client, report):
    content = signed_in(make_staff("library", "clerk")).get(ROOM.replace("welfare", "library")).content
    answer = client.post(f"{ROOM}take/", {"table": SimpleUploadedFile("表.xlsx", content)})
    assert "別の課" in answer.content.decode()


def test_a_text_that_looks_like_a_formula_leaves_as_text(client, report, lead):
    write(report, lead, NOW, s1={"comment": "=cmd|' /C calc'!A0"})
    cell = received(client)["施策3"]["J6"]
    assert (cell.data_type, cell.value) == ("s", "=cmd|' /C calc'!A0")


def test_words_written_on_line_meanwhile_survive_the_workbook(client, report, lead):
    book = received(client)
    book["施策3"]["J6"] = "Excelの文"
    write(report, lead, NOW, s1={"comment": "画面の文"}, s2={"comment": "画面だけの文"})
    assert "ほかの人が先に書いた欄があります" in sent_back(client, book).content.decode()
    taken(client)
    assert report.lines.get(step__key="1").comment == "画面の文"
    assert report.lines.get(step__key="2").comment == "画面だけの文"
    assert Aside.objects.get().text == "Excelの文"


def test_one_table_that_was_handed_in_holds_back_the_whole_file(client, report, lead):
    book = received(client)
    book["施策3"]["J6"] = "あとから"
    sent_back(client, book)
    report.state = "submitted"
    report.save(update_fields=["state"])
    assert "操作はできません" in taken(client)
    assert report.lines.get(step__key="1").comment == ""


def test_a_workbook_is_taken_once(client, report):
    book = received(client)
    book["施策3"]["J6"] = "一度だけ"
    sent_back(client, book)
    taken(client)
    assert "変わっていません" in taken(client)


def test_another_section_cannot_take(report):
    stranger = signed_in(make_staff("library", "clerk"))
    assert stranger.get(f"{ROOM}take/").status_code == 404
    assert stranger.get(ROOM).status_code == 404
