"""Every table that goes out, filled with what a spreadsheet would take for a formula.

What is dangerous at the start of a cell: OWASP, CSV Injection (the full-width forms too). The exports are found by
opening the addresses of the route list, so a new one is tried at once.
"""

import csv
import io
import re

import pytest

from madoguchi.kernel.accounts.permissions import permission_names
from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.citydata.public import record, records
from madoguchi.kernel.citydata.testing import revise
from madoguchi.lib import clock
from madoguchi.lib.spreadsheets import FORMULA_STARTS, plain_cell, safe_cell
from madoguchi.services.plan.feeds import TABLES
from madoguchi.services.surveys.testing import make_opened, publish
from madoguchi.ui.words import LocalText
from tests.architecture.scene import addresses
from tests.architecture.test_routes import routes

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = r"-?\d+(\.\d+)?"


@pytest.mark.parametrize("start", DANGEROUS)
def test_a_cell_that_would_act_goes_out_as_text_and_comes_back_as_it_was(start):
    assert start in FORMULA_STARTS
    for text in (f"{start}1+1", f"{start}cmd|' /C calc'!A0", start, f"'{start}1"):
        cell = safe_cell(text)
        assert not cell.startswith(DANGEROUS)
        assert plain_cell(cell) == text or cell == text  # one that begins with an apostrophe already is left alone


def cells_of(answer):
    content = b"".join(answer) if answer.streaming else answer.content
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]


@pytest.mark.parametrize("start", ["=", "＝", "\t"])
def test_no_export_holds_a_cell_that_would_act(start, resident):
    evil = f"{start}1+1"
    person = make_staff("planning", "administrator")
    role = record("role", "administrator")
    everything = role.model_copy(update={"permissions": tuple(permission_names())})
    revise("role", "administrator", everything, actor=person)
    fill = addresses(resident)  # with a case and a survey
    survey = make_opened(make_staff("planning", "surveyor"), [{"age": "a18", "used": "no"}] * 12, key="evil")
    publish(survey.pk, actor=person, now=clock.now())
    spoil(survey, evil)
    for section in records("section"):
        revise("section", section.key, section.model_copy(update={"name_ja": evil}), actor=person)
    for measure in records("plan.measure"):
        revise("plan.measure", measure.key, measure.model_copy(update={"name": LocalText(ja=evil)}), actor=person)
    person.name = evil
    person.save()
    browser, seen = signed_in(person), {}
    paths = [
        fill(address) for address, _ in routes() if not address.startswith(("static/", "api/", "ui/", "language/"))
    ]
    paths += [path.replace("ict2019", "evil") for path in paths if "ict2019" in path]
    paths += [f"/plan/{name}.csv" for name in TABLES]
    paths += [f"/surveys/desk/evil/export/{kind}/" for kind in ("csv", "codebook")]
    for path in paths:
        ask = browser.post if "/export/" in path or path.endswith("reminders.csv") else browser.get
        answer = ask(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/csv"):
            seen[path] = cells_of(answer)
    assert len(seen) > 12
    for path, cells in seen.items():
        assert [cell for cell in cells if cell.startswith(DANGEROUS) and not is_number(cell)] == [], path
    assert sum(any(evil in cell for cell in cells) for cells in seen.values()) >= 6


def spoil(survey, evil):
    """Every label of its questionnaire."""

    def spoiled(value):
        if isinstance(value, dict):
            return {key: evil if key in {"ja", "en", "easy"} and held else spoiled(held) for key, held in value.items()}
        return [spoiled(held) for held in value] if isinstance(value, list) else value

    version = survey.version
    version.content = spoiled(version.content)
    version.save()


def is_number(cell):
    return re.fullmatch(NUMBER, cell) is not None
