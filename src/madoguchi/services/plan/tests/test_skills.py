"""Skills: the matrix of 図31, one's own answers that nobody else reads, groups that tell of nobody, courses."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.kernel.accounts.public import NotAllowed
from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.citydata.public import record
from madoguchi.lib import clock
from madoguchi.services.plan.actions import skills as actions
from madoguchi.services.plan.models import SelfAssessment
from madoguchi.services.plan.pack import Skills
from madoguchi.services.plan.rules import skills as rules

TODAY = date(2026, 11, 29)
ITEM = "security.0"  # the one item of 情報セキュリティ that is asked of 担当者


@pytest.fixture
def matrix(published):
    return published("plan.skills")[0]


def test_figure_31_has_eight_rows_and_what_is_mainly_needed_for_four_columns(matrix):
    """図31: 9 rows × 4 columns = 36 cells; the items of each cell as printed."""
    assert [column.name for column in matrix.columns] == ["システム部門", "担当者", "管理者", "責任者"]
    assert [row.stage for row in matrix.rows].count("システム導入") == 3
    assert [row.stage for row in matrix.rows].count("前提") == 3
    printed = {
        "policy": (1, 3, 1, 1), "specify": (1, 1, 1, 1), "select": (1, 1, 1, 1), "build": (1, 1, 1, 1),
        "operate": (1, 3, 2, 2), "security": (2, 1, 1, 1), "continuity": (1, 1, 1, 1), "advanced": (3, 2, 2, 2),
        "main": (4, 3, 4, 3),
    }  # fmt: skip
    assert {row.key: tuple(len(row.asks[column.key]) for column in matrix.columns) for row in matrix.rows} == printed


def small(**changes) -> Skills:
    columns = [{"key": "staff", "name": "担当者", "posts": "-"}]
    rows = [{"key": key, "stage": "-", "name": key, "asks": {"staff": ["一", "二"]}} for key in ("a", "b")]
    bands = [{"name": "少", "at_most": 33}, {"name": "半", "at_most": 67}, {"name": "多", "at_most": 100}]
    plain = {
        "key": "skills", "source": "-", "columns": columns, "rows": rows, "levels": ["0", "1", "2"],
        "needed_level": 2, "fewest_answers": 5, "bands": bands, "keep_days": 730,
    }  # fmt: skip
    return Skills(**{**plain, **changes})


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"needed_level": 3}, "needed_level"),
        ({"fewest_answers": 2}, "fewest_answers"),
        ({"bands": [{"name": "x", "at_most": 50}, {"name": "y", "at_most": 90}]}, "bands"),
        ({"rows": [{"key": "a", "stage": "-", "name": "a", "asks": {}}]}, "has to ask something"),
    ],
)
def test_a_matrix_that_does_not_hold_together_is_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        small(**wrong)


def test_a_row_has_a_gap_where_one_of_its_items_lies_below_the_needed_level():
    assert rules.gaps(small(), {"a": {"一": 2, "二": 1}, "b": {"一": 2}}) == {"a": True, "b": False}
    assert rules.gaps(small(), {}) == {}


@pytest.mark.parametrize(
    ("below", "people", "told"),
    [
        (0, 5, "少"),
        (1, 5, "少"),
        (2, 5, "半"),
        (3, 5, "半"),
        (4, 5, "多"),
        (5, 5, "多"),
        (33, 100, "少"),
        (34, 100, "半"),
    ],
)
def test_a_share_is_told_as_a_band(below, people, told):
    assert rules.band(small(), below, people) == told


def test_fewer_than_five_are_not_shown_and_people_are_counted_in_fives():
    def group(size, **more):
        return rules.groups(small(), [("s", {"a": True, **more})] * size)[0]

    assert (group(4).at_least, group(4).bands) == (None, {})
    assert (group(5).at_least, group(9).at_least, group(10).at_least) == (5, 5, 10)
    mixed = [("s", {"a": True, "b": True})] * 4 + [("s", {"a": True})]
    assert rules.groups(small(), mixed)[0].bands == {"a": "多"}  # only four answered b


@given(st.lists(st.booleans(), min_size=5, max_size=40), st.integers(0, 39))
def test_the_report_is_the_same_for_two_answers_of_one_person_but_at_the_edge_of_a_band(others, place):
    """Somebody who knows the answers of all others learns one person's only where the band itself changes."""
    place %= len(others)
    reports = []
    for own in (True, False):
        people = [("s", {"a": own if number == place else found}) for number, found in enumerate(others)]
        reports.append(rules.groups(small(), people)[0])
    rest = sum(found for number, found in enumerate(others) if number != place)
    crossing = rules.band(small(), rest, len(others)) != rules.band(small(), rest + 1, len(others))
    assert (reports[0] != reports[1]) == crossing


# pages


@pytest.fixture
def clerk(example_city):
    return make_staff("welfare", "clerk")


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def answered(client, level, **more):
    return client.post("/plan/skills/?as=staff", {"section": "welfare", ITEM: level, **more}, follow=True)


@pytest.mark.django_db
def test_a_person_answers_sees_corrects_and_deletes_their_own(clerk):
    client = signed_in(clerk)
    assert "担当者（主任・主事など）" in text_of(client.get("/plan/skills/"))
    page = answered(client, "1")
    assert "見られるのはあなただけです" in text_of(page)
    assert "求められる水準に届かないところ（1）" in text_of(page)
    assert "情報セキュリティの基礎（1.5時間" in text_of(page)  # the course that fits gap and rank
    assert client.get("/plan/skills/").context["form"][ITEM].value() == "1"
    assert "すべて水準に届いています" in text_of(answered(client, "2"))
    found = SelfAssessment.objects.get()
    assert found.answers == {"security": {"ルールを守る": 2}}
    client.post("/plan/skills/delete/")
    assert not SelfAssessment.objects.exists()
    trail = list(history(f"plan.selfassessment:{found.pk}"))
    assert [line.verb for line in trail] == ["plan.skill.answered", "plan.skill.answered", "plan.skill.deleted"]
    assert [line.detail for line in trail] == [{}, {}, {}]


@pytest.mark.django_db
def test_answers_lie_sealed_and_bound_to_the_person(clerk):
    answered(signed_in(clerk), "1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM plan_selfassessment")
        (stored,) = cursor.fetchone()
    assert "security" not in stored
    assert "ルール" not in stored


@pytest.mark.django_db
def test_nobody_sees_another_persons_answers(clerk):
    answered(signed_in(clerk), "0")
    for role in ("planner", "auditor", "administrator"):
        other = signed_in(make_staff("planning", role))
        assert not other.get("/plan/skills/").context["answered"]
        other.post("/plan/skills/delete/")
    assert SelfAssessment.objects.get().person == clerk
    report = text_of(signed_in(make_staff("planning", "planner")).get("/plan/skills/report/"))
    assert "5人未満のため、示しません" in report
    assert signed_in(clerk).get("/plan/skills/report/").status_code == 403


@pytest.mark.django_db
def test_a_rank_or_section_that_is_not_ones_own_is_refused(clerk):
    client = signed_in(clerk)
    assert client.post("/plan/skills/?as=system", {"section": "welfare", "security.0": "1"}).status_code == 200
    assert client.post("/plan/skills/?as=staff", {"section": "planning", ITEM: "1"}).status_code == 400
    assert client.post("/plan/skills/?as=staff", {"section": "welfare", ITEM: "9"}).status_code == 400
    with pytest.raises(NotAllowed):
        actions.answer(clerk, section_key="planning", column_key="staff", answers={}, today=TODAY)
    with pytest.raises(NotAllowed):
        actions.answer(clerk, section_key="welfare", column_key="system", answers={}, today=TODAY)
    assert not SelfAssessment.objects.exists()
    owner = signed_in(make_staff("planning", "clerk"))
    assert "システム部門" in text_of(owner.get("/plan/skills/"))


def staff_who_answered(count: int, level: int) -> None:
    from madoguchi.kernel.accounts.public import Person

    for number in range(count):
        person = Person.objects.create(kind=Person.Kind.STAFF, username=f"s{number}", name=f"試験 {number}（架空）")
        SelfAssessment.objects.create(
            person=person,
            section_key="welfare",
            column_key="staff",
            answers={"security": {"ルールを守る": level}},
            answered_on=TODAY,
        )


@pytest.mark.django_db
def test_the_report_shows_groups_and_where_no_course_stands_against_a_gap(example_city, django_assert_max_num_queries):
    staff_who_answered(7, 0)
    client = signed_in(make_staff("planning", "planner"))
    page = client.get("/plan/skills/report/")
    (group,) = page.context["tables"][0][2]
    assert (group["name"], group["at_least"], dict(group["cells"])["情報セキュリティ"]) == ("福祉課", 5, "多い")
    wide = {found["row"].key: found["is_wide"] for found in page.context["rows"]}
    assert wide == {"policy": False, "security": True, "main": False}
    with django_assert_max_num_queries(20):
        client.get("/plan/skills/report/")


@pytest.mark.django_db
def test_the_plan_office_keeps_the_courses(clerk):
    client = signed_in(make_staff("planning", "planner"))
    given = {
        "name": "課題の見つけ方",
        "rows": ["policy"],
        "columns": ["staff"],
        "hours": "2",
        "held": "",
        "source": "架空",
    }
    assert client.post("/plan/skills/courses/new/", {**given, "rows": []}).status_code == 400
    assert "課題の見つけ方" in text_of(client.post("/plan/skills/courses/new/", given, follow=True))
    over = {"until_era": "令和", "until_year": 2, "until_month": 3, "until_day": 31}
    changed = {**given, "name": "情報セキュリティの基礎", "rows": ["security"], "columns": ["staff"], **over}
    client.post("/plan/skills/courses/security-basics/", changed)
    assert record("plan.course", "security-basics").until == date(2020, 3, 31)
    assert "情報セキュリティの基礎" not in text_of(client.get("/plan/skills/report/"))
    assert client.get("/plan/skills/courses/nowhere/").status_code == 404
    assert signed_in(clerk).post("/plan/skills/courses/new/", given).status_code == 403


@pytest.mark.django_db
def test_old_answers_are_forgotten_once(example_city):
    staff_who_answered(2, 1)
    SelfAssessment.objects.filter(person__username="s0").update(answered_on=TODAY - timedelta(days=731))
    assert actions.forget(today=TODAY) == 1
    assert actions.forget(today=TODAY) == 0
    assert SelfAssessment.objects.get().person.username == "s1"
    (line,) = history("plan.selfassessment")
    assert line.detail == {"count": 1}


@pytest.mark.django_db
def test_somebody_without_a_post_has_nothing_to_answer_for(clerk):
    clerk.posts.update(valid_until=clock.today() - timedelta(days=1))
    assert "職に就いている課がない" in text_of(signed_in(clerk).get("/plan/skills/"))
