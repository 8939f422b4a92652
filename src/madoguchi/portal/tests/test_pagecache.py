"""A kept page is what making it anew would give, in the coding the browser reads."""

import gzip

import brotli
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from madoguchi.kernel.accounts.testing import signed_in
from madoguchi.kernel.audit.public import look
from madoguchi.kernel.citydata.public import record
from madoguchi.kernel.citydata.testing import revise
from madoguchi.portal import pagecache

PROCEDURE = "/procedures/resident-record-copy/"


def rename(title: str) -> None:
    procedure = record("procedure", "resident-record-copy")
    words = procedure.name.model_copy(update={"ja": title})
    revise("procedure", procedure.key, procedure.model_copy(update={"name": words}), actor=None)


def queries_of(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


def test_a_page_is_made_once_and_anew_after_an_act(example_city):
    browser = Client()
    made, kept = queries_of(browser, PROCEDURE), queries_of(browser, PROCEDURE)
    assert made > kept == 1  # which act was the last
    rename("住民票の写しの請求（改）")
    assert "住民票の写しの請求（改）" in browser.get(PROCEDURE).content.decode()


def test_a_look_makes_no_page_anew(staff_clerk):
    browser = Client()
    browser.get(PROCEDURE)
    with transaction.atomic():
        look("audit.trail.viewed", actor=staff_clerk, target="audit.trail", purpose="audit.inspection")
    assert queries_of(browser, PROCEDURE) == 1


def test_what_moves_without_an_act_is_a_minute_old_at_most(example_city, monkeypatch):
    browser, now = Client(), [1000.0]
    monkeypatch.setattr(pagecache.time, "monotonic", lambda: now[0])
    browser.get(PROCEDURE)
    now[0] += 60
    assert queries_of(browser, PROCEDURE) == 1
    now[0] += 1
    assert queries_of(browser, PROCEDURE) > 1


@pytest.mark.parametrize(
    ("accepted", "coding", "decoded"),
    [
        ("", None, bytes),
        ("identity", None, bytes),
        ("gzip, deflate", "gzip", gzip.decompress),  # what a browser sends over http
        ("gzip, deflate, br, zstd", "br", brotli.decompress),  # and over https
        ("br;q=0, gzip", "gzip", gzip.decompress),
    ],
)
def test_the_browser_gets_the_coding_it_reads_and_hears_that_nothing_changed(example_city, accepted, coding, decoded):
    browser, headers = Client(), {"Accept-Encoding": accepted}
    plain = Client().get(PROCEDURE).content
    answer = browser.get(PROCEDURE, headers=headers)
    assert answer.get("Content-Encoding") == coding
    assert decoded(answer.content) == plain
    assert "Accept-Encoding" in answer["Vary"]
    assert int(answer["Content-Length"]) == len(answer.content)
    again = browser.get(PROCEDURE, headers={**headers, "If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "coding"), [("/plan/book.pdf", None), ("/plan/measures.csv", "br"), ("/api/v1/plan/measures", "br")]
)
def test_what_is_compressed_already_is_left_as_it_is(example_city, path, coding):
    answer = Client().get(path, headers={"Accept-Encoding": "gzip, br"})
    assert answer.status_code == 200
    assert answer.get("Content-Encoding") == coding


def test_registers_do_not_share_a_page(example_city):
    browser = Client()
    said = {browser.get(PROCEDURE, headers={"Accept-Language": each}).content for each in ("ja", "ja-easy", "en")}
    assert len(said) == 3


def test_a_page_of_somebody_is_neither_kept_nor_coded(resident):
    """Its length could tell what stands in it (BREACH)."""
    answer = signed_in(resident).get("/my/", headers={"Accept-Encoding": "br, gzip"})
    assert not answer.has_header("Content-Encoding")
    assert not answer.has_header("ETag")
