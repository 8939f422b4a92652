"""Hearing a page: who is offered it, what can be asked for, how it is made, kept ready and let go."""

import sys
from datetime import date, timedelta

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.accounts.testing import make_resident, signed_in
from madoguchi.kernel.citydata.public import record
from madoguchi.kernel.citydata.testing import revise
from madoguchi.kernel.files.public import shelf
from madoguchi.kernel.speech import actions, engine, views
from madoguchi.kernel.speech.models import Sound
from madoguchi.kernel.speech.pages import page
from madoguchi.kernel.speech.testing import NOISE, make_sound, say_nothing
from madoguchi.lib import clock
from madoguchi.lib.limits import Limit
from madoguchi.ui.words import LocalText

PRIVACY = "/speech/?page=/about/privacy/"

pytestmark = pytest.mark.usefixtures("example_city")


@pytest.fixture
def voice(monkeypatch):
    monkeypatch.setattr(engine, "speak", say_nothing)


def change(kind: str, key: str, **values: object) -> None:
    revise(kind, key, record(kind, key).model_copy(update=values), actor=None)


def said(address: str, client: Client | None = None) -> str:
    return (client or Client()).get(address).content.decode()


def test_a_public_page_leads_to_its_sound():
    assert 'href="/speech/?page=%2Fabout%2Fprivacy%2F"' in said("/about/privacy/")
    assert "pyopenjtalk" not in sys.modules


def test_it_is_not_offered_where_it_could_not_be_heard(monkeypatch):
    english = Client(headers={"accept-language": "en"})
    for address, client in [
        ("/about/privacy/", english),
        ("/directory/?by=event", None),
        ("/search/?q=犬", None),
        ("/no-such-page/", None),
        ("/my/", signed_in(make_resident())),
        (PRIVACY, None),
    ]:
        assert "/speech/?page=" not in said(address, client).replace(f'action="{PRIVACY}"', ""), address
    monkeypatch.setattr(engine, "is_installed", lambda: False)
    assert "/speech/" not in said("/about/accessibility/")
    assert Client().get(PRIVACY).status_code == 404


def test_only_public_pages_of_ours_are_read():
    for path in (
        "",
        "/my/",
        "/staff/",
        "/no-such-page/",
        "/language/ja/",
        "/healthz",
        "/search/?q=わたしのことば",
        "/speech/",
        PRIVACY,
        "//example.com/",
        "https://example.com/",
        "/about/privacy/\r\n",
        f"/{'a' * 400}/",
    ):
        assert Client().post("/speech/", query_params={"page": path}).status_code == 404, path
    assert not Sound.objects.exists()


def test_in_english_the_page_says_that_it_speaks_japanese():
    english = Client(headers={"accept-language": "en"})
    assert "in Japanese only" in said(PRIVACY, english)


def test_from_the_button_to_the_sound(voice, django_capture_on_commit_callbacks):
    assert "<audio" not in said(PRIVACY)
    assert not Sound.objects.exists()  # looking asks for nothing
    assert Client().post(PRIVACY)["Location"] == PRIVACY
    assert "準備しています" in said(PRIVACY)
    job = DBTaskResult.objects.get(task_path__endswith="speech.actions.make")
    assert job.queue_name == "long"
    assert job.priority < 0  # a letter goes first
    for _ in range(2):
        actions.make.call(**job.args_kwargs["kwargs"])
    sound = Sound.objects.get()
    assert f'src="/speech/{sound.digest}.mp3"' in said(PRIVACY)


def test_the_sound_comes_whole_and_in_parts(voice):
    sound = make_sound("/about/privacy/", state="waiting")
    actions.make.call(sound_id=sound.pk)
    whole = Client().get(f"/speech/{sound.digest}.mp3")
    assert (whole.content, whole["Content-Type"], whole["Accept-Ranges"]) == (NOISE, "audio/mpeg", "bytes")
    part = Client().get(f"/speech/{sound.digest}.mp3", headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, NOISE[10:20])
    assert part["ETag"] == whole["ETag"]
    assert Client().get(f"/speech/{'0' * 64}.mp3").status_code == 404


def test_each_register_is_read_in_its_own_words():
    standard, easy = page("/about/privacy/", "ja"), page("/about/privacy/", "ja-easy")
    assert "手続に必要なことだけをうかがい、その手続のためだけに使います。" in standard.lines
    assert standard.digest != easy.digest
    assert any("(" in line for line in easy.lines)  # readings of the author


def test_what_is_read_is_what_everybody_sees():
    resident = signed_in(make_resident(name="窓口 花子"))
    assert "花子" in said("/about/privacy/", resident)
    resident.post(PRIVACY)
    assert Sound.objects.get().digest == page("/about/privacy/", "ja").digest


def test_a_word_of_the_pack_that_is_read_otherwise_makes_another_sound():
    before = page("/about/privacy/", "ja").digest
    change("reading", "person", reading="ほう")
    assert page("/about/privacy/", "ja").digest != before


def test_a_long_page_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr("madoguchi.kernel.speech.pages.MOST_CHARS", 30)
    found = page("/about/privacy/", "ja")
    assert found.is_cut
    assert found.lines[-1] == "よみあげは、ここまでです。つづきは、画面でご覧ください。"


def test_no_more_than_so_many_wait(monkeypatch):
    monkeypatch.setattr(actions, "MOST_WAITING", 1)
    make_sound("/")
    answer = Client().post(PRIVACY)
    assert answer.status_code == 429
    assert "こみあっています" in answer.content.decode()
    assert Sound.objects.count() == 1


def test_one_address_asks_for_so_many_an_hour(monkeypatch):
    monkeypatch.setattr(views, "ASKED", Limit("speech.ask", most=1, window=timedelta(hours=1)))
    assert Client().post(PRIVACY).status_code == 302
    answer = Client().post("/speech/?page=/about/data/")
    assert answer.status_code == 429
    assert "続けてたくさんのページ" in answer.content.decode()


def test_a_voice_that_cannot_is_told_and_asked_again(monkeypatch):
    def cannot(lines, *, pace):
        raise engine.CannotSpeak

    monkeypatch.setattr(engine, "speak", cannot)
    sound = make_sound("/about/privacy/")
    actions.make.call(sound_id=sound.pk)
    assert "作れませんでした" in said(PRIVACY)
    Client().post(PRIVACY)
    assert Sound.objects.get().state == Sound.State.WAITING


def test_a_sound_that_got_lost_can_be_asked_for_again(voice):
    sound = make_sound("/about/privacy/")
    actions.make.call(sound_id=sound.pk)
    shelf().drop(sound.name)
    assert Client().get(f"/speech/{sound.digest}.mp3").status_code == 404
    assert "まだありません" in said(PRIVACY)


def test_the_pages_of_the_pack_and_those_people_hear_are_kept_ready():
    now, page_of_copy = clock.now(), "/procedures/resident-record-copy/"
    make_sound("/about/data/")
    Sound.objects.update(used_on=date(2026, 1, 9))
    assert actions.prepare(now=now) == 10  # five pages in two registers
    assert actions.prepare(now=now + timedelta(1)) == 0
    change("procedure", "resident-record-copy", summary=LocalText(ja="証明がいるときに"))
    assert actions.prepare(now=now + timedelta(2)) > 0
    assert Sound.objects.filter(path=page_of_copy, register="ja").count() == 2
    waited_for, *prepared = DBTaskResult.objects.filter(task_path__endswith="speech.actions.make")  # as they will run
    assert waited_for.args_kwargs["kwargs"] == {"sound_id": Sound.objects.get(path="/about/data/").pk}
    assert len(prepared) > 10


def test_a_page_that_changes_every_day_is_not_made_for_ever():
    heard_on = date(2026, 1, 9)
    make_sound("/procedures/child-allowance-claim/")
    Sound.objects.update(used_on=heard_on)
    change("procedure", "child-allowance-claim", summary=LocalText(ja="子どもが生まれたとき"))
    actions.prepare(now=clock.now())
    days = Sound.objects.filter(path="/procedures/child-allowance-claim/").values_list("used_on", flat=True)
    assert list(days) == [heard_on, heard_on]


def test_what_nobody_hears_goes_and_what_waits_in_vain(voice):
    now = clock.now()
    heard, unheard, lost = (make_sound(path) for path in ("/about/data/", "/about/privacy/", "/glossary/"))
    for sound in (heard, unheard):
        actions.make.call(sound_id=sound.pk)
    Sound.objects.filter(pk=lost.pk).update(asked_at=now - timedelta(days=2))
    Sound.objects.exclude(pk=lost.pk).update(used_on=clock.day_of(now - timedelta(days=61)))
    Client().get(f"/speech/{heard.digest}.mp3")
    assert actions.tidy(now=now) == 2  # speech_unused_days is 60
    assert list(Sound.objects.all()) == [heard]
    assert {item.name for item in shelf().items("speech")} & {heard.name, unheard.name} == {heard.name}


def test_what_a_page_said_before_goes_once_there_is_a_newer_sound(voice):
    before = make_sound("/procedures/resident-record-copy/", state="ready")
    change("procedure", "resident-record-copy", summary=LocalText(ja="証明がいるときに"))
    after = make_sound("/procedures/resident-record-copy/")
    assert actions.tidy(now=clock.now()) == 0
    actions.make.call(sound_id=after.pk)
    assert actions.tidy(now=clock.now()) == 1
    assert not Sound.objects.filter(pk=before.pk).exists()
