"""The days on which eras change, typed into a procedure: from the boxes of the page to the answer that is kept.

First and last days: JIS X 0301:2019; the solar calendar began on 明治6年1月1日.
"""

import pytest

from madoguchi.kernel.accounts.testing import signed_in
from madoguchi.services.procedures.testing import make_draft

KEPT = [
    ("明治", "6", "1", "1", "1873-01-01"),
    ("明治", "45", "7", "29", "1912-07-29"),
    ("大正", "元", "7", "30", "1912-07-30"),
    ("大正", "1", "7", "30", "1912-07-30"),
    ("大正", "15", "12", "24", "1926-12-24"),
    ("昭和", "元", "12", "25", "1926-12-25"),
    ("昭和", "64", "1", "7", "1989-01-07"),
    ("平成", "元", "1", "8", "1989-01-08"),
    ("平成", "31", "4", "30", "2019-04-30"),
    ("令和", "元", "5", "1", "2019-05-01"),
    ("令和", "６", "２", "２９", "2024-02-29"),
    ("ad", "1873", "1", "1", "1873-01-01"),
    ("ad", "1989", "1", "7", "1989-01-07"),
]
REFUSED = [
    ("明治", "5", "12", "31", "その年にありません"),
    ("明治", "5", "12", "3", "その年にありません"),
    ("明治", "45", "7", "30", "大正元年7月30日"),
    ("大正", "元", "7", "29", "明治45年7月29日"),
    ("大正", "15", "12", "25", "昭和元年12月25日"),
    ("昭和", "元", "12", "24", "大正15年12月24日"),
    ("昭和", "64", "1", "8", "平成元年1月8日"),
    ("昭和", "64", "2", "1", "平成元年2月1日"),
    ("平成", "元", "1", "7", "昭和64年1月7日"),
    ("平成", "31", "5", "1", "令和元年5月1日"),
    ("令和", "元", "4", "30", "平成31年4月30日"),
    ("昭和", "64", "2", "29", "その年にありません"),
    ("令和", "5", "2", "29", "その年にありません"),
    ("令和", "5", "13", "1", "月は1から12まで"),
    ("令和", "5", "0", "1", "月は1から12まで"),
    ("令和", "5", "1", "0", "その年にありません"),
    ("令和", "0", "5", "1", "その年にありません"),
    ("令和", "-1", "5", "1", "数字で入力"),
    ("令和", "９９９９", "5", "1", "その年にありません"),
    ("慶応", "4", "1", "1", "年号を選んでください"),
    ("", "5", "1", "1", "年号を選んでください"),
    ("ad", "1872", "12", "31", "西暦は4けた"),
    ("ad", "9999", "12", "31", "以前の日付"),
    ("ad", "0", "1", "1", "西暦は4けた"),
]
KNOWN = "1992-04-15"  # from the identity service


@pytest.fixture
def type_date(resident):
    """Type a date of birth into the first page of the copy of the resident record."""
    draft, browser = make_draft(resident, complete=False), signed_in(resident)

    def type_it(era, year, month, day):
        boxes = {"birthdate_era": era, "birthdate_year": year, "birthdate_month": month, "birthdate_day": day}
        answers = {
            "asked": "name address birthdate whose",
            "name": "窓口 花子",
            "address": "架空県例示市",
            "whose": "self",
        }
        answer = browser.post(f"/procedures/cases/{draft.uid}/pages/whose/", {**answers, **boxes})
        draft.refresh_from_db()
        return answer, draft.answers.get("birthdate")

    return type_it


@pytest.mark.parametrize(("era", "year", "month", "day", "kept"), KEPT)
def test_the_first_and_last_day_of_an_era_is_kept_as_the_day_it_was(era, year, month, day, kept, type_date):
    answer, birthdate = type_date(era, year, month, day)
    assert answer.status_code == 302
    assert birthdate == kept


@pytest.mark.parametrize(("era", "year", "month", "day", "words"), REFUSED)
def test_a_day_that_was_not_is_refused_with_what_to_do(era, year, month, day, words, type_date):
    answer, birthdate = type_date(era, year, month, day)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert birthdate == KNOWN
