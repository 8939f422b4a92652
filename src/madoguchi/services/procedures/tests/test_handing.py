"""担当: taken, handed on, put back, many at once, and taken back."""

from datetime import timedelta

import pytest

from madoguchi.kernel.accounts.public import NotAllowed
from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.audit.public import history
from madoguchi.kernel.desk.testing import Undo, forget
from madoguchi.lib import clock
from madoguchi.services.procedures import actions
from madoguchi.services.procedures.errors import HasHolder, NotPossibleNow, NotTheirCase
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.testing import make_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    person = make_staff("citizens", "registrar")
    person.posts.create(section_key="citizens", role_key="clerk", valid_from=clock.today())
    return person


def holder(case: Case):
    return Case.objects.get(pk=case.pk).holder


def verbs(case: Case) -> list[str]:
    return [line.verb for line in history(case)][2:]


def post(person, act, *cases, to=None):
    data = {"act": act, "case": [case.uid for case in cases], "to": to.uid if to else ""}
    return signed_in(person).post("/procedures/desk/hand/", data, follow=True).content.decode()


def test_a_case_goes_from_hand_to_hand_with_a_line_each(resident, staff_clerk, colleague):
    case = make_submitted(resident)
    actions.take(case.uid, actor=staff_clerk)
    actions.take(case.uid, actor=staff_clerk)  # again changes nothing
    with pytest.raises(HasHolder):
        actions.take(case.uid, actor=colleague)
    actions.hand_on(case.uid, to=colleague, actor=staff_clerk)
    assert holder(case) == colleague
    actions.put_back(case.uid, actor=staff_clerk)
    assert holder(case) is None
    assert verbs(case) == [f"procedures.case.{verb}" for verb in ("taken", "handed_on", "put_back")]


def test_only_who_may_decide_a_case_can_have_or_give_it(resident, staff_clerk, other_clerk):
    case = make_submitted(resident)
    with pytest.raises(NotTheirCase):
        actions.hand_on(case.uid, to=other_clerk, actor=staff_clerk)
    with pytest.raises(NotAllowed):
        actions.take(case.uid, actor=other_clerk)
    actions.approve(case.uid, actor=staff_clerk, now=clock.now())
    with pytest.raises(NotPossibleNow):
        actions.take(case.uid, actor=staff_clerk)
    assert verbs(case) == ["procedures.case.approved"]


def test_of_many_each_is_done_or_refused_by_itself_and_what_was_done_is_undone(
    resident, other_resident, staff_clerk, colleague
):
    free, held = make_submitted(resident), make_submitted(other_resident)
    actions.take(held.uid, actor=colleague)
    page = post(staff_clerk, "take", free, held)
    assert "1件の担当になりました。" in page
    assert f"{held.receipt_number}：ほかの人が担当しています。" in page
    assert (holder(free), holder(held)) == (staff_clerk, colleague)
    way_back = f"/desk/undo/{Undo.objects.get().uid}/"
    assert way_back in page
    assert signed_in(colleague).post(way_back).status_code == 404
    assert "1件を取り消しました。" in signed_in(staff_clerk).post(way_back, follow=True).content.decode()
    assert (holder(free), holder(held)) == (None, colleague)
    assert verbs(free) == ["procedures.case.taken", "procedures.case.handing_undone"]
    assert "一度だけ" in signed_in(staff_clerk).post(way_back, follow=True).content.decode()


def test_a_case_of_another_section_is_not_even_found(resident, other_clerk):
    case = make_submitted(resident)
    assert "いま扱えない申請" in post(other_clerk, "take", case)
    assert holder(case) is None


def test_handing_on_wants_somebody_to_hand_to(resident, staff_clerk, colleague):
    case = make_submitted(resident)
    assert "だれに渡すか" in post(staff_clerk, "hand_on", case)
    post(staff_clerk, "hand_on", case, to=colleague)
    assert holder(case) == colleague
    mine = signed_in(colleague).get("/staff/?whose=mine").content.decode()
    assert case.receipt_number in mine
    assert case.receipt_number not in signed_in(staff_clerk).get("/staff/?whose=free").content.decode()


def test_what_came_after_is_not_undone(resident, staff_clerk, colleague):
    case = make_submitted(resident)
    post(staff_clerk, "take", case)
    actions.hand_on(case.uid, to=colleague, actor=staff_clerk)
    page = signed_in(staff_clerk).post(f"/desk/undo/{Undo.objects.get().uid}/", follow=True).content.decode()
    assert f"{case.receipt_number}：ほかの人が担当しています。" in page
    assert holder(case) == colleague


def test_after_ten_minutes_it_stays_and_in_the_night_the_way_back_goes(resident, staff_clerk):
    case = make_submitted(resident)
    post(staff_clerk, "take", case)
    Undo.objects.update(done_at=clock.now() - timedelta(minutes=11))
    signed_in(staff_clerk).post(f"/desk/undo/{Undo.objects.get().uid}/")
    assert holder(case) == staff_clerk
    forget(now=clock.now() + timedelta(days=1))
    assert not Undo.objects.exists()


def test_who_lost_the_permission_cannot_undo(resident, staff_clerk):
    case = make_submitted(resident)
    post(staff_clerk, "take", case)
    staff_clerk.posts.update(role_key="viewer")
    signed_in(staff_clerk).post(f"/desk/undo/{Undo.objects.get().uid}/")
    assert holder(case) is not None


def test_of_a_case_that_is_gone_the_rest_is_still_undone(resident, other_resident, staff_clerk):
    gone, there = make_submitted(resident), make_submitted(other_resident)
    post(staff_clerk, "take", gone, there)
    Case.objects.filter(pk=gone.pk).delete()
    page = signed_in(staff_clerk).post(f"/desk/undo/{Undo.objects.get().uid}/", follow=True).content.decode()
    assert f"{gone.receipt_number}：もうありません。" in page
    assert holder(there) is None
