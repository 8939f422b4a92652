"""Acts on cases: once each, by the right people, with trail and notice, on the real database."""

import threading
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from madoguchi.kernel.accounts.public import NotAllowed, Person
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.mandates.public import Acting
from madoguchi.kernel.notify.public import Notice
from madoguchi.services.procedures import actions
from madoguchi.services.procedures.errors import IncompleteCase, NotPossibleNow, ReasonMissing
from madoguchi.services.procedures.models import Case, Decision
from madoguchi.services.procedures.testing import COPY, make_draft, make_submitted

TUESDAY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 10:00 in the city
MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def verbs(case: Case) -> list[str]:
    return [line.verb.removeprefix("procedures.") for line in history(case)]


def test_beginning_twice_resumes_the_same_draft_with_known_facts(resident):
    first, second = (actions.begin(Acting(resident), COPY, now=TUESDAY) for _ in range(2))
    assert first.pk == second.pk
    assert first.answers["name"] == resident.name
    assert first.answers["birthdate"] == "1992-04-15"
    assert verbs(first) == ["case.begun"]


def test_saving_touches_only_the_questions_of_that_page(resident):
    case = actions.begin(Acting(resident), COPY, now=TUESDAY)
    case = actions.save_answers(
        case.uid,
        by=Acting(resident),
        page_key="contents",
        answers={"copies": 3, "whose": "self"},
        done=False,
        now=TUESDAY,
    )
    assert case.answers["copies"] == 3
    assert "whose" not in case.answers


def test_submitting_twice_makes_one_case_one_number_one_notice_one_line(resident):
    case = make_draft(resident, now=TUESDAY)
    first = actions.submit(case.uid, by=Acting(resident), now=TUESDAY)
    second = actions.submit(case.uid, by=Acting(resident), now=MONDAY)
    assert first.receipt_number == second.receipt_number
    assert second.submitted_at == TUESDAY
    assert (Case.objects.count(), Notice.objects.count()) == (1, 1)
    assert verbs(case) == ["case.begun", "case.submitted"]


def test_a_submitted_case_has_fee_due_date_and_number(resident):
    case = make_submitted(resident, now=TUESDAY)
    assert case.fee_yen == 400  # two copies at 200 yen, 例示市手数料条例 別表第1
    assert case.due_on.isoformat() == "2026-11-26"  # two open days after Tuesday 24 November
    assert case.receipt_number.startswith("R8-000001-")


def test_an_incomplete_draft_stays_a_draft(resident):
    case = make_draft(resident, complete=False)
    with pytest.raises(IncompleteCase) as error:
        actions.submit(case.uid, by=Acting(resident), now=TUESDAY)
    assert error.value.page_key == "whose"
    case.refresh_from_db()
    assert (case.state, case.receipt_number) == ("draft", None)


def test_a_case_is_pinned_to_the_revision_it_began_with(resident, staff_clerk):
    from madoguchi.kernel.citydata.public import record
    from madoguchi.kernel.citydata.testing import revise

    case = make_draft(resident)
    revise(
        "procedure", COPY, record("procedure", COPY).model_copy(update={"standard_working_days": 99}), actor=staff_clerk
    )
    assert actions.submit(case.uid, by=Acting(resident), now=TUESDAY).due_on.isoformat() == "2026-11-26"


@pytest.mark.parametrize(
    "act",
    [
        lambda case, person: actions.submit(case.uid, by=Acting(person), now=TUESDAY),
        lambda case, person: actions.withdraw(case.uid, by=Acting(person), now=TUESDAY),
        lambda case, person: actions.answer_correction(case.uid, by=Acting(person), value=1, now=TUESDAY),
        lambda case, person: actions.save_answers(
            case.uid, by=Acting(person), page_key="whose", answers={}, done=True, now=TUESDAY
        ),
    ],
)
def test_another_resident_cannot_act(resident, other_resident, act):
    case = make_submitted(resident)
    with pytest.raises(Http404):
        act(case, other_resident)


STAFF_ACTS = [
    lambda case, actor: actions.ask_correction(
        case.uid, actor=actor, question_key="copies", message="確かめてください。", now=TUESDAY
    ),
    lambda case, actor: actions.approve(case.uid, actor=actor, now=TUESDAY),
    lambda case, actor: actions.refuse(case.uid, actor=actor, reason="理由", now=TUESDAY),
    lambda case, actor: actions.note_look(case, actor=actor),
]


@pytest.mark.parametrize("act", STAFF_ACTS)
def test_only_staff_of_the_section_may_act(resident, other_clerk, staff_clerk, act):
    case = make_submitted(resident)
    before = verbs(case)
    for actor in (resident, other_clerk):
        with pytest.raises(NotAllowed):
            act(case, actor)
    assert verbs(case) == before
    act(case, staff_clerk)
    assert len(verbs(case)) == len(before) + 1


def test_a_correction_pauses_the_clock_and_keeps_both_answers(resident, staff_clerk):
    case = make_submitted(resident, now=TUESDAY)
    case = actions.ask_correction(
        case.uid, actor=staff_clerk, question_key="copies", message="通数を確かめてください。", now=TUESDAY
    )
    assert (case.state, case.due_on) == ("correcting", None)
    correction = case.corrections.get()
    assert correction.answer_by.isoformat() == "2026-12-08"  # ten open days after 24 November
    case = actions.answer_correction(case.uid, by=Acting(resident), value=1, now=MONDAY)
    correction.refresh_from_db()
    assert (correction.before, correction.after, case.answers["copies"]) == (2, 1, 1)
    assert case.due_on.isoformat() == "2026-12-02"  # 26 November and the four open days of the pause
    assert verbs(case)[-2:] == ["correction.asked", "correction.answered"]


def test_a_second_correction_waits_for_the_first(resident, staff_clerk):
    case = make_submitted(resident)
    STAFF_ACTS[0](case, staff_clerk)
    with pytest.raises(NotPossibleNow):
        STAFF_ACTS[0](case, staff_clerk)


def test_a_decision_is_final_and_told_once(resident, staff_clerk):
    case = make_submitted(resident)
    actions.approve(case.uid, actor=staff_clerk, now=TUESDAY)
    with pytest.raises(NotPossibleNow):
        actions.refuse(case.uid, actor=staff_clerk, reason="やはり", now=TUESDAY)
    with pytest.raises(NotPossibleNow):
        actions.withdraw(case.uid, by=Acting(resident), now=TUESDAY)
    assert Notice.objects.filter(key="procedures.case_decided").count() == 1


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_refusal_without_reason_is_refused_by_the_action(resident, staff_clerk, reason):
    case = make_submitted(resident)
    with pytest.raises(ReasonMissing):
        actions.refuse(case.uid, actor=staff_clerk, reason=reason, now=TUESDAY)
    case.refresh_from_db()
    assert case.state == "submitted"


@pytest.mark.parametrize(("reason", "appeal"), [("", "教示"), ("理由", "")])
def test_a_refusal_without_reason_or_appeal_is_refused_by_the_database(resident, staff_clerk, reason, appeal):
    case = make_submitted(resident)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            case=case, approved=False, reason=reason, appeal=appeal, decided_by=staff_clerk, decided_at=TUESDAY
        )


def test_the_database_refuses_a_second_draft_and_a_case_without_number(resident):
    draft = make_draft(resident)
    draft.pk, draft.uid = None, "0dd9e56d-ef42-4bf7-8254-7a1661df8627"
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(state="submitted")


def test_nothing_personal_stands_in_trail_notice_or_row(resident, staff_clerk):
    case = make_submitted(resident)
    actions.refuse(case.uid, actor=staff_clerk, reason="窓口花子さんの秘密の理由", now=TUESDAY)
    models = [Case, Decision, Notice, *(apps.get_model(name) for name in ("audit.Line", "accounts.Person"))]
    jobs = [name for name in connection.introspection.table_names() if name.startswith("django_tasks")]
    assert jobs
    found = []
    with connection.cursor() as cursor:
        for table in [*(model._meta.db_table for model in models), *jobs]:
            cursor.execute(f"SELECT * FROM {table}")
            found.append(str(cursor.fetchall()))
    text = " ".join(found)
    for secret in ("花子", "例示市見本町", "1992-04-15", "秘密", "03-0000-0000", "@example.jp"):
        assert secret not in text, secret


@pytest.mark.django_db(transaction=True)
def test_submits_at_the_same_moment_make_one_case(example_city):
    from madoguchi.kernel.accounts.testing import make_resident

    person = make_resident()
    case = make_draft(person)
    numbers, errors = [], []
    barrier = threading.Barrier(4)

    def submit() -> None:
        try:
            barrier.wait(10)
            numbers.append(
                actions.submit(case.uid, by=Acting(Person.objects.get(pk=person.pk)), now=TUESDAY).receipt_number
            )
        except Exception as error:  # shown by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=submit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert errors == []
    assert len(numbers) == 4
    assert len(set(numbers)) == 1
    assert Notice.objects.count() == 1
    assert verbs(case).count("case.submitted") == 1


@pytest.mark.django_db(transaction=True)
def test_receipt_numbers_of_many_people_have_no_gap_and_no_double(example_city):
    from madoguchi.kernel.accounts.testing import make_resident

    people = [make_resident(f"person-{number}") for number in range(6)]
    drafts = [make_draft(person) for person in people]

    def submit(index: int) -> None:
        actions.submit(drafts[index].uid, by=Acting(people[index]), now=TUESDAY)
        connection.close()

    threads = [threading.Thread(target=submit, args=(index,)) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    numbers = sorted(Case.objects.values_list("receipt_number", flat=True))
    assert [number[3:9] for number in numbers] == [f"{serial:06}" for serial in range(1, 7)]
