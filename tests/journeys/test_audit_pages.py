"""The auditors' pages, and what everyone may keep."""

import csv
import io
from base64 import b64decode
from datetime import timedelta

import pytest
from django.db import transaction

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.audit import heads
from madoguchi.kernel.audit.models import Line
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.audit.testing import grow
from madoguchi.kernel.audit.views import PAGE_SIZE
from madoguchi.lib import clock, merkle

VERB = "citydata.pack.applied"


@pytest.fixture
def auditor(example_city):
    return make_staff("planning", "auditor")


@pytest.fixture
def browser(auditor):
    return signed_in(auditor)


def lines(*targets: str, actor=None) -> None:
    with transaction.atomic():
        for target in targets:
            record(VERB, actor=actor, target=target)


def test_an_auditor_finds_lines_by_target_actor_act_and_day(browser, auditor):
    lines("thing:1", "thing:2", "thing:1", actor=auditor)
    page = browser.get("/audit/", {"target": "thing:1"}).content.decode()
    assert page.count(">thing:1</a>") == 2
    assert "thing:2" not in page
    assert f"職員 planning（架空）（{auditor.username}）" in page
    assert browser.get("/audit/", {"actor": f"accounts.person:{auditor.pk}"}).content.decode().count("thing:") >= 3
    assert "thing:1" in browser.get("/audit/", {"verb": VERB}).content.decode()
    today = clock.today()
    assert "thing:1" in browser.get("/audit/", {"since": today, "until": today}).content.decode()
    tomorrow = today + timedelta(days=1)
    assert "当てはまる記録はありません" in browser.get("/audit/", {"since": tomorrow}).content.decode()


@pytest.mark.parametrize(
    "query", [{"since": "2026-02-30"}, {"verb": "no.such.verb"}, {"since": "2026-02-02", "until": "2026-02-01"}]
)
def test_a_filter_that_is_wrong_says_so(browser, query):
    answer = browser.get("/audit/", query)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "²"])
def test_nonsense_in_the_address_is_no_fault(browser, before):
    assert browser.get("/audit/", {"before": before}).status_code == 200


def test_a_long_trail_is_paged_with_the_same_few_queries(browser, django_assert_max_num_queries):
    grow(3 * PAGE_SIZE)
    browser.get("/audit/")
    with django_assert_max_num_queries(20):
        page = browser.get("/audit/").content.decode()
    last = Line.objects.order_by("-number").first().number
    assert f"before={last - PAGE_SIZE + 1}" in page
    with django_assert_max_num_queries(20):
        page = browser.get("/audit/", {"before": last - PAGE_SIZE + 1}).content.decode()
    assert f">{last - PAGE_SIZE}</th>" in page


def test_the_export_holds_no_formula_and_is_itself_recorded(browser):
    with transaction.atomic():
        record(VERB, actor=None, target="=HYPERLINK(1)", detail={"+x": "y"})
    answer = browser.get("/audit/lines.csv", {"target": "=HYPERLINK(1)"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text))
    assert head[0] == "番号"
    assert row[4:6] == ["'=HYPERLINK(1)", "'+x=y"]
    last = Line.objects.order_by("-number").first()
    assert (last.verb, last.detail) == ("audit.trail.viewed", {"purpose": "audit.inspection"})


def test_a_clerk_does_not_see_the_trail(staff_clerk):
    assert signed_in(staff_clerk).get("/audit/").status_code == 403


@pytest.fixture
def two_heads(example_city):
    grow(5)
    first = heads.take_head(now=clock.now())
    grow(7)
    return first, heads.take_head(now=clock.now() + timedelta(days=1))


def test_anyone_can_check_with_what_is_published(client, two_heads):
    first, second = (head.size for head in two_heads)
    entries = client.get("/audit/heads.json").json()["heads"]
    assert [entry["tree_size"] for entry in entries] == [first, second]
    roots = [b64decode(entry["sha256_root_hash"]) for entry in entries]
    path = client.get("/audit/consistency.json", {"first": first, "second": second}).json()["consistency"]
    assert merkle.is_consistent(first, roots[0], second, roots[1], [b64decode(node) for node in path])
    line = Line.objects.get(number=3)
    proof = client.get("/audit/inclusion.json", {"hash": line.digest, "tree_size": second}).json()
    leaf, nodes = merkle.leaf_hash(bytes.fromhex(line.digest)), [b64decode(node) for node in proof["audit_path"]]
    assert merkle.root_by_inclusion(leaf, proof["leaf_index"], second, nodes) == roots[1]


@pytest.mark.parametrize(
    "address",
    [
        "inclusion.json",
        "inclusion.json?hash=xx&tree_size=9",
        "inclusion.json?hash=&tree_size=99",
        "consistency.json?first=1&second=9",
        "consistency.json?first=x&second=9",
        "consistency.json?first=9&second=6",
        f"consistency.json?first={'9' * 40}&second=6",
    ],
)
def test_what_cannot_be_proved_is_not_found(client, two_heads, address):
    assert client.get(f"/audit/{address}").status_code == 404


@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
def test_everyone_can_read_the_heads(client, two_heads, language, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get("/audit/heads/").content.decode()
    assert two_heads[1].root in page


@pytest.mark.usefixtures("example_city")
def test_before_the_first_head_the_page_says_when_it_comes(client):
    assert "要約値はまだありません" in client.get("/audit/heads/").content.decode()
