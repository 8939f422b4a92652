"""What people did not find: kept only when many asked, never who they are."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection

from madoguchi.kernel.accounts.public import NotAllowed
from madoguchi.kernel.accounts.testing import make_staff
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.search.missed import handle, missed_words, note, tells_nobody, totals
from madoguchi.kernel.search.models import Day, Missed, Sighting
from madoguchi.kernel.search.testing import make_missed

MONDAY = date(2026, 11, 23)


@pytest.fixture
def planner(example_city):
    return make_staff("planning", "planner")


def ask(text: str, *, visitors: list[int], on: date = MONDAY) -> None:
    for visitor in visitors:
        note(text, is_answered=False, visitor=f"192.0.2.{visitor}", today=on)


def shown() -> list[str]:
    return list(Missed.objects.exclude(text="").values_list("text", flat=True))


def everything_stored() -> str:
    rows = []
    with connection.cursor() as cursor:
        for table in ("search_day", "search_missed", "search_sighting"):
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    return repr(rows)


def test_a_word_shows_when_five_visitors_on_three_days_looked_for_it(db):
    ask("タケコプター", visitors=[1, 2])
    ask("たけこぷたー", visitors=[3, 4, 5], on=MONDAY + timedelta(days=1))
    assert shown() == []
    ask("タケコプター", visitors=[6], on=MONDAY + timedelta(days=2))
    assert shown() == ["タケコプター"]


@pytest.mark.parametrize(
    "days",
    [
        [[1, 2, 3, 4, 5, 6, 7, 8]],
        [[1, 2, 3, 4], [5, 6, 7, 8]],
        [[1], [1], [1], [1], [1], [1]],
        [[1, 1, 1, 1, 1], [1, 1], [1, 1, 1]],
        [[1, 2], [3], [4]],
    ],
    ids=["one day", "two days", "one visitor every day", "one visitor again and again", "four visitors"],
)
def test_fewer_visitors_or_days_leave_no_word(db, days):
    for number, visitors in enumerate(days):
        ask("タケコプター", visitors=visitors, on=MONDAY + timedelta(days=number))
    assert shown() == []
    assert "ケコプ" not in everything_stored()
    assert "けこぷ" not in everything_stored()


def test_a_clock_that_was_set_back_makes_nobody_two(db):
    ask("タケコプター", visitors=[1])
    ask("タケコプター", visitors=[1], on=MONDAY + timedelta(days=1))
    ask("タケコプター", visitors=[1])
    assert Sighting.objects.count() == 2


@pytest.mark.parametrize(
    "text",
    [
        "山田太郎",
        "山田太郎 住民票",
        "090-1234-5678",
        "０９０１２３４５６７８",
        "hanako@example.jp",
        "一二三四五六七八九",
        "三丁目1-2",
        "あ" * 41,
        "!?",
        "",
    ],
)
def test_names_numbers_addresses_and_long_texts_are_never_remembered(db, text):
    assert not tells_nobody(text)
    for number in range(12):
        ask(text, visitors=[number], on=MONDAY + timedelta(days=number % 4))
    assert not Missed.objects.exists()
    assert sum(Day.objects.values_list("unanswered", flat=True)) == 12


def test_no_address_of_a_visitor_is_stored_and_the_secret_of_a_day_goes_on_the_next(db):
    ask("タケコプター", visitors=[1])
    assert "192.0.2." not in everything_stored()
    assert Day.objects.get(day=MONDAY).secret
    (first,) = Sighting.objects.values_list("visitor", flat=True)
    ask("タケコプター", visitors=[1], on=MONDAY + timedelta(days=1))
    assert not Day.objects.get(day=MONDAY).secret
    assert Sighting.objects.filter(visitor=first).count() == 1  # the same visitor is another one on the next day


def test_what_is_old_goes(db):
    ask("タケコプター", visitors=[1])
    make_missed("どこでもドア")
    ask("何か", visitors=[1], on=max(MONDAY, Missed.objects.latest("pk").last_on) + timedelta(days=91))
    assert shown() == ["どこでもドア"]
    assert Missed.objects.count() == 2
    assert Sighting.objects.count() == 1


def test_only_what_was_not_answered_is_remembered_but_all_is_counted(planner):
    note("住民票", is_answered=True, visitor="a", today=MONDAY)
    ask("タケコプター", visitors=[1])
    assert totals(planner, since=MONDAY) == (2, 1)
    assert totals(planner, since=MONDAY + timedelta(days=1)) == (0, 0)
    assert Missed.objects.count() == 1


def test_a_word_is_seen_to_taken_back_and_comes_again_when_people_go_on_asking(planner):
    word = make_missed("タケコプター")
    handle(word.pk, is_handled=True, actor=planner, today=word.last_on)
    assert [found.is_open for found in missed_words(planner)] == [False]
    handle(word.pk, is_handled=False, actor=planner, today=word.last_on)
    assert [found.is_open for found in missed_words(planner)] == [True]
    handle(word.pk, is_handled=True, actor=planner, today=word.last_on)
    ask("タケコプター", visitors=[1], on=word.last_on + timedelta(days=1))
    assert [found.is_open for found in missed_words(planner)] == [True]
    verbs = [line.verb for line in history(word)]
    assert verbs == ["search.word.handled", "search.word.reopened", "search.word.handled"]


def test_others_neither_see_nor_handle(staff_clerk):
    word = make_missed("タケコプター")
    for act in (
        lambda: missed_words(staff_clerk),
        lambda: totals(staff_clerk, since=MONDAY),
        lambda: handle(word.pk, is_handled=True, actor=staff_clerk, today=MONDAY),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_word_that_few_asked_for_cannot_be_handled_by_its_number(planner):
    ask("タケコプター", visitors=[1])
    with pytest.raises(ObjectDoesNotExist):
        handle(Missed.objects.get().pk, is_handled=True, actor=planner, today=MONDAY)
