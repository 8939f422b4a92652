"""A whole copy of the database, taken after the journey, tells nothing about the residents in it.

The copy is what a thief of the disk has: SQLite's file with its write-ahead log and free pages, or everything that
`pg_dump` writes. Looked for in every form in which a database or a library may keep text.
"""

import json
import os
import re
import subprocess
import zlib
from base64 import b64decode, urlsafe_b64decode
from urllib.parse import quote

import pytest
import yaml

from tests.conftest import ROOT
from tests.steps import approve, fill_resident_record, sign_in, staff_sign_in, submit

PERSON, EMAIL = "SAMPLE ANNA MARIA", "anna.maria@example.jp"
CLAIM = """
from django.core.files.uploadedfile import SimpleUploadedFile
from madoguchi.kernel.accounts.testing import make_resident, make_staff
from madoguchi.kernel.files.public import clean, store
from madoguchi.kernel.files.testing import blank_pdf
from madoguchi.kernel.mandates.public import Acting
from madoguchi.lib import clock
from madoguchi.services.procedures import actions
from madoguchi.services.procedures.testing import make_draft, make_numbered_claim
person, now = make_resident("dumped", name="漏洩 試子"), clock.now()
by = Acting(person)
claim = make_numbered_claim(person, "621498320257", now=now)
clerk = make_staff("childcare", "dump")
clerk.posts.create(section_key="childcare", role_key="clerk", valid_from="2020-04-01")
clerk.posts.create(section_key="childcare", role_key="number_handler", valid_from="2020-04-01")
question = claim.procedure.question("personal_number")
assert actions.show_number(claim, question, actor=clerk) == "621498320257"
actions.ask_correction(claim.uid, actor=clerk, question_key="bank", message="漏洩 試子さんの支店名を", now=now)
actions.answer_correction(claim.uid, by=by, value="漏洩銀行", now=now)
actions.refuse(claim.uid, actor=clerk, reason="漏洩 試子さんは要件に当たらない", now=now)
store(clean(SimpleUploadedFile("漏洩 試子.pdf", blank_pdf())), owner=person, retention_years=1)
copy = make_draft(person, now=now)
actions.withdraw(actions.submit(copy.uid, by=by, now=now).uid, by=by, now=now)
"""
TOLD = {  # nothing so short that ciphertext may hold it by chance
    "漏洩 試子", "窓口 花子", "窓口 葵", "マドグチ　アオイ", "架空県例示市見本町一丁目2番3号",
    "1992-04-15",
    "dumped@example.jp", "hanako@example.jp", "03-0000-0000", "0300000000", '"0012345"', "621498320257",
    "6214 9832 0257", "漏洩銀行", "要件に当たらない", "架空銀行 例示支店",
}  # fmt: skip


def facts() -> set[str]:
    people = yaml.safe_load((ROOT / "cities/example/demo/people.yaml").read_text(encoding="utf-8"))["people"]
    person = next(entry for entry in people if entry["name"] == PERSON)
    return TOLD | {PERSON, "ANNA MARIA", person["address"], "四丁目9番10号", person["birthdate"], EMAIL}


def forms(fact: str) -> set[bytes]:
    """As text, escaped in JSON, quoted in an address, in hexadecimal, in UTF-16."""
    written = {fact, json.dumps(fact)[1:-1], quote(fact), fact.lower()}
    raw = fact.encode()
    return {form.encode() for form in written} | {
        raw.hex().encode(),
        fact.encode("utf-16-le"),
        fact.encode("utf-16-be"),
    }


def whole_database(installation) -> bytes:
    if url := installation.environment["DATABASE_URL"]:
        return subprocess.run(["pg_dump", "--inserts", url], capture_output=True, check=True).stdout
    files = sorted(installation.var.glob("madoguchi.sqlite3*"))
    assert [path.name for path in files][:2] == ["madoguchi.sqlite3", "madoguchi.sqlite3-shm"]
    return b"".join(path.read_bytes() for path in files)


def unpacked(dump: bytes) -> bytes:
    """What stands in base64, compressed or not: sessions and signed values; sealed values stay unreadable."""
    found = []
    for text in set(re.findall(rb"[A-Za-z0-9+/_=-]{24,}", dump)):
        for decode in (urlsafe_b64decode, b64decode):
            try:
                raw = decode(text.strip(b"-.") + b"=" * (-len(text) % 4))
            except ValueError:
                continue
            found.append(raw)
            try:
                found.append(zlib.decompress(raw))
            except zlib.error:
                continue
    return b"\n".join(found)


@pytest.mark.browser
def test_a_whole_dump_tells_nothing_about_a_resident(installation, person_page):
    page, staff = person_page(), person_page()
    page.goto(f"{installation.url}/search/?q={quote(PERSON)}")
    page.goto(f"{installation.url}/procedures/resident-record-copy/start/")
    page.get_by_role("button", name=re.compile("本人確認をはじめる")).click()
    sign_in(page, PERSON)
    fill_resident_record(page, EMAIL)
    number = submit(page)
    staff_sign_in(staff, installation.url, "demo-shimin")
    approve(staff, installation.url, number, found_by=PERSON)
    installation.command("shell", "--no-imports", "-c", CLAIM)
    installation.command("search", "rebuild")

    dump = whole_database(installation)
    assert number.encode() in dump, "the copy holds the case, so it would hold the name"
    read = dump + unpacked(dump)
    assert b"_auth_user_id" in read, "the copy holds the sessions, and they were unpacked"
    assert [fact for fact in sorted(facts()) if any(form in read for form in forms(fact))] == []


@pytest.mark.parametrize("fact", ["漏洩 試子", "1992-04-15", PERSON])
def test_a_fact_would_be_found_in_every_form(fact):
    from django.core import signing

    for raw in (
        fact.encode(),
        json.dumps({"a": fact}).encode(),
        f"/search/?q={quote(fact)}".encode(),
        signing.dumps({"name": fact}, key=os.urandom(8).hex(), compress=False).encode(),
        signing.dumps({"name": fact * 40}, key=os.urandom(8).hex(), compress=True).encode(),
        b"\\x" + fact.encode().hex().encode(),
    ):
        read = raw + unpacked(raw)
        assert any(form in read for form in forms(fact)), raw
