"""計画書: the book carries every measure, every half-year bar and the published totals of costs."""

import io
import re
from datetime import date

import pytest
import yaml
from django.test import Client
from pypdf import PdfReader

from madoguchi.services.plan.documents import book_pdf
from madoguchi.services.plan.screens.book import book

pytestmark = pytest.mark.django_db
# 第六次総合情報化基本計画 第6章(3), in thousand yen
PRINTED_COSTS = ["403,891", "119,525", "451,831", "975,247"]
CHAPTERS = [
    "第1章　本計画の位置づけ",
    "第2章　国・都などにおける情報化の動向",
    "第3章　本市における情報化の動向",
    "第4章　市民ニーズの動向",
    "第5章　これからの主な課題と解決の方向性（目指すべき姿）",
    "第6章　情報化施策と取組内容",
    "第7章　推進体制",
]


@pytest.fixture
def printed(reference_city):
    return PdfReader(io.BytesIO(book_pdf(today=date(2020, 2, 28))))


@pytest.fixture
def sheets(reference_directory):
    """The measures as their files have them."""
    paths = sorted((reference_directory / "plan" / "measures").glob("*.yaml"))
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]


def length(bar):
    """In half-years; a bar without an end is printed for its first."""
    (first, last) = (2 * int(half[:4]) + int(half[-1]) for half in (bar["from"], bar["to"] or bar["from"]))
    return last - first + 1


def covered(task):
    """The half-years of a task; bars may touch, a half-year is printed once."""
    return sum(length(bar) for bar in task["planned"] or ())


def text_of(reader):
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))


def test_the_book_is_tagged_and_carries_every_measure_in_order(printed, sheets):
    assert printed.trailer["/Root"]["/MarkInfo"]["/Marked"]
    body = text_of(printed)
    body = body[body.rindex("(2)具体的な情報化施策") :]  # behind the table of contents
    places = [body.index(re.sub(r"\s", "", f"施策{sheet['number']}{sheet['name']['ja']}")) for sheet in sheets]
    assert len(places) == 29
    assert places == sorted(places)


def test_the_book_carries_every_half_year_bar(printed, sheets):
    legend = 1
    assert text_of(printed).count("■") == sum(covered(task) for sheet in sheets for task in sheet["tasks"]) + legend


def test_the_book_carries_the_published_totals(printed):
    found = text_of(printed)
    for total in PRINTED_COSTS:
        assert total in found


def test_chapters_stand_in_the_order_of_the_plan(reference_city):
    found = book()
    assert [one["title"] for one in [*found["before"], *found["after"]] if one["title"]] == CHAPTERS


def test_the_page_shows_what_the_paper_shows(reference_city):
    page = Client().get("/plan/book/").content.decode()
    for words in (*CHAPTERS, *PRINTED_COSTS, "窓口手続時間の短縮および簡素化の研究"):
        assert words in page
    answer = Client().get("/plan/book.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content[:5] == b"%PDF-"
