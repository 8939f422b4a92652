"""Names as people write them, whole from the box of the page to paper and table: no code point is lost or changed.

𠮷 lies beyond U+FFFF, 葛 with U+E0100 is the form of a family register (IVS, Adobe-Japan1), が as か and U+3099 is
how some keyboards and file systems write it, U+FA10 is a compatibility ideograph that NFC would replace.
"""

import csv
import io
import re
import unicodedata
from datetime import date

import pytest
from pypdf import PdfReader

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.mandates.public import Acting
from madoguchi.lib import clock
from madoguchi.services.procedures import actions
from madoguchi.services.procedures.testing import make_draft
from madoguchi.services.surveys import actions as survey_actions
from madoguchi.services.surveys.testing import POPULATION, SEED, make_survey

NAMES = ["𠮷田 𠮷子", "葛󠄀城 花子", "か\u3099く ハ\u309aナ", "﨑\ufa10 德彥", "髙橋 濵子", "👩🏽‍💻 絵文字"]
SAID_SO = "〓は、この紙に印字できない文字です"  # where the machine has no font with such a character


def pdf_text(answer) -> str:
    assert answer["Content-Type"] == "application/pdf"
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages)


def composed(text: str) -> str:
    """A font may draw か and U+3099 with the glyph of が; what paper says is the same."""
    return re.sub("[か-ヿ][\u3099\u309a]", lambda found: unicodedata.normalize("NFC", found[0]), text)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_what_it_is_from_the_form_to_the_paper(name, resident, staff_clerk):
    browser, draft = signed_in(resident), make_draft(resident)
    boxes = {"birthdate_era": "ad", "birthdate_year": "1992", "birthdate_month": "4", "birthdate_day": "15"}
    given = {"asked": "name address birthdate whose", "name": name, "address": f"架空県{name}", "whose": "household"}
    assert browser.post(f"/procedures/cases/{draft.uid}/pages/whose/", {**given, **boxes}).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["name"] == name
    case = actions.submit(draft.uid, by=Acting(resident), now=clock.now())
    assert case.answers["name"] == name
    assert name in browser.get(f"/procedures/cases/{case.uid}/").content.decode()
    assert name in signed_in(staff_clerk).get(f"/procedures/desk/{case.uid}/").content.decode()
    printed = pdf_text(browser.get(f"/procedures/cases/{case.uid}/receipt.pdf"))
    assert composed("".join(name.split())) in composed(printed) or SAID_SO in printed


def test_names_of_a_list_go_out_as_they_came_in(example_city):
    """The list of addressees of a survey: in as CSV, out as CSV of those who were drawn."""
    surveyor = make_staff("planning", "surveyor")
    survey = make_survey(surveyor)
    people = "".join(f"r{number},{30 if number < 5 else 50},{name}\n" for number, name in enumerate(NAMES))
    survey_actions.set_population(survey.pk, POPULATION, source="架空", on=date(2019, 7, 1), actor=surveyor)
    survey_actions.set_letters(survey.pk, len(NAMES), actor=surveyor)
    drawn = survey_actions.draw(survey.pk, "id,age,name\n" + people, seed=SEED, actor=surveyor)
    rows = list(csv.DictReader(io.StringIO(drawn)))
    assert {row["name"] for row in rows} == set(NAMES)
