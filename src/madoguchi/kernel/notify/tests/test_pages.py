"""お知らせ on the page: unread, read, none, many; whose they are; in which language."""

from uuid import uuid4

import pytest
from django.conf import settings

from madoguchi.kernel.accounts.testing import signed_in
from madoguchi.kernel.notify.public import choices_of, unread_count
from madoguchi.kernel.notify.tests.test_notices import queue

pytestmark = pytest.mark.django_db


def test_with_none_the_page_says_what_would_be_here(resident):
    assert "お知らせはまだありません" in signed_in(resident).get("/notices/").content.decode()
    assert "未読" not in signed_in(resident).get("/my/").content.decode()


def test_a_notice_is_unread_until_it_is_opened(resident):
    notice, _other = queue(resident), queue(resident, "two")
    browser = signed_in(resident)
    assert "未読 2件" in browser.get("/my/").content.decode()
    page = browser.get(f"/notices/{notice.uid}/").content.decode()
    assert "R8-000001-0" in page
    assert f'href="{settings.SITE_URL}/procedures/cases/' in page
    assert unread_count(resident) == 1
    listed = browser.get("/notices/").content.decode()
    assert listed.count(">未読<") + listed.count("未読</") >= 1
    browser.post("/notices/read/")
    assert unread_count(resident) == 0


def test_nobody_opens_or_reads_those_of_another(resident, other_resident, client):
    notice = queue(resident)
    assert signed_in(other_resident).get(f"/notices/{notice.uid}/").status_code == 404
    signed_in(other_resident).post("/notices/read/")
    assert unread_count(resident) == 1
    assert client.get("/notices/").status_code == 302
    assert signed_in(resident).get(f"/notices/{uuid4()}/").status_code == 404


def test_many_have_pages_and_cost_the_same(resident, django_assert_num_queries, django_assert_max_num_queries):
    for number in range(45):
        queue(resident, str(number))
    browser = signed_in(resident)
    browser.get("/notices/")
    with django_assert_max_num_queries(12):
        first = browser.get("/notices/").content.decode()
    assert first.count("R8-000001-0") == 20
    assert browser.get("/notices/?page=3").content.decode().count("R8-000001-0") == 5


def test_a_resident_chooses_the_language_of_pages_and_notices(resident):
    queue(resident)
    browser = signed_in(resident)
    assert browser.post("/accounts/language/", {"language": "tlh"}).status_code == 400
    assert browser.post("/accounts/language/", {"language": "en"}).status_code == 302
    resident.refresh_from_db()
    assert resident.language == "en"
    assert "Received" in browser.get("/notices/").content.decode()


def test_a_resident_chooses_address_and_channel_on_one_page(resident):
    browser = signed_in(resident)
    answer = browser.post("/my/email/", {"email": "hanako.new@example.jp", "channel": "page"})
    assert answer.status_code == 302
    resident.refresh_from_db()
    assert resident.email == "hanako.new@example.jp"
    assert choices_of(resident) == {"channel": "page", "courtesy": False}
    assert browser.post("/my/email/", {"email": "hanako.new@example.jp"}).status_code == 400  # which channel?
