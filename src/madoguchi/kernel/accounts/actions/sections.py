"""組織改正: planned, previewed, applied on its day, and until then taken back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from madoguchi.kernel.accounts.errors import PlanNotPossible
from madoguchi.kernel.accounts.models import Person, Post, Reorganisation, SectionChange
from madoguchi.kernel.accounts.permissions import require
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.citydata.public import current, records, revise

REORGANISE = "accounts.section.reorganise"
Kind = SectionChange.Kind


@dataclass(frozen=True)
class Change:
    """One line of a plan: what becomes of a section."""

    kind: str
    section_key: str
    into_key: str = ""
    new_value: str = ""


@transaction.atomic
def plan_reorganisation(
    title: str, *, effective_on: date, changes: list[Change], actor: Person, now: datetime, today: date
) -> Reorganisation:
    """Write down what is to change on that day. Raises: NotAllowed, PlanNotPossible."""
    require(actor, REORGANISE)
    if effective_on <= today:
        raise PlanNotPossible("施行日は、あすより後の日にします。", "日付を直してください。")
    _check(changes)
    plan = Reorganisation.objects.create(title=title, effective_on=effective_on, planned_by=actor, planned_at=now)
    for change in changes:
        plan.changes.create(**change.__dict__)
    detail = {"on": effective_on.isoformat(), "changes": len(changes)}
    record("accounts.reorganisation.planned", actor=actor, target=plan, detail=detail)
    return plan


def _check(changes: list[Change]) -> None:
    """Every line names sections that exist, once, and nobody takes over who goes away the same day."""
    known = {section.key for section in records("section")}
    leaving = {change.section_key for change in changes if change.kind in SectionChange.SUCCEEDED}
    taken = SectionChange.objects.filter(reorganisation__applied_at=None, reorganisation__withdrawn_at=None)
    planned = set(taken.values_list("section_key", flat=True))
    for change in changes:
        if change.section_key not in known or (change.into_key and change.into_key not in known):
            raise PlanNotPossible("市のデータにない課があります。", "新しい課は、先に市のデータに加えてください。")
        if change.into_key in leaving or change.into_key == change.section_key:
            raise PlanNotPossible("引き継ぐ課が、同じ日になくなります。", "残る課か、新しい課を選んでください。")
        if change.section_key in planned:
            raise PlanNotPossible("その課には、ほかの予定があります。", "前の予定を取り消すか、施行を待ってください。")
        if bool(change.into_key) != (change.kind in SectionChange.SUCCEEDED) or not (
            change.into_key or change.new_value
        ):
            raise PlanNotPossible(
                "引き継ぐ課か、新しい名前が書かれていません。", "改正の種類にあわせて書いてください。"
            )
    if len({(change.section_key, change.into_key) for change in changes}) != len(changes) or not changes:
        raise PlanNotPossible("同じ行が2つあるか、行がありません。", "行を確かめてください。")


@transaction.atomic
def withdraw_reorganisation(plan_id: int, *, actor: Person, now: datetime) -> None:
    """Take a plan back before it is applied; nothing has changed yet. Raises: NotAllowed, PlanNotPossible."""
    require(actor, REORGANISE)
    plan = Reorganisation.objects.select_for_update().get(pk=plan_id)
    if not plan.is_planned:
        raise PlanNotPossible(
            "この改正は、もう施行されたか取り消されています。", "もどすときは、新しい改正として予定してください。"
        )
    plan.withdrawn_at = now
    plan.save(update_fields=["withdrawn_at"])
    record("accounts.reorganisation.withdrawn", actor=actor, target=plan)


def apply_due_reorganisations(*, today: date, now: datetime) -> list[Reorganisation]:
    """Apply every plan whose day has come, oldest first; each in a transaction of its own. Safe to re-run."""
    due = Reorganisation.objects.filter(effective_on__lte=today, applied_at=None, withdrawn_at=None)
    return [plan for found in due.order_by("effective_on", "pk") if (plan := _apply(found.pk, now=now))]


@transaction.atomic
def _apply(plan_id: int, *, now: datetime) -> Reorganisation | None:
    plan = Reorganisation.objects.select_for_update().get(pk=plan_id)
    if not plan.is_planned:  # another run was faster, or it was just withdrawn
        return None
    moved = 0
    succeeded: dict[str, str] = {}
    for change in plan.changes.all():
        if change.kind in SectionChange.SUCCEEDED:
            succeeded.setdefault(change.section_key, change.into_key)  # of a split the first line takes the posts
        else:
            field = "name_ja" if change.kind == Kind.RENAME else "department"
            _revise_section(change.section_key, {field: change.new_value}, plan)
    for old, new in succeeded.items():
        moved += _move_posts(old, new, plan.effective_on)
        _revise_section(old, {"valid_until": plan.effective_on - timedelta(days=1)}, plan)
    plan.applied_at = now
    plan.save(update_fields=["applied_at"])
    record("accounts.reorganisation.applied", actor=None, target=plan, detail={"posts": moved})
    return plan


def _revise_section(key: str, values: dict[str, object], plan: Reorganisation) -> None:
    """A new revision of the section; the old one stays, so what was said before keeps its name."""
    body = current("section", key).content
    revise("section", key, body.model_copy(update=values), actor=plan.planned_by)


def _move_posts(old: str, new: str, first_day: date) -> int:
    """Posts of the old section end the day before; the same role begins in the new one. How many."""
    eve = first_day - timedelta(days=1)
    ending = Post.objects.select_for_update().filter(
        Q(valid_until=None) | Q(valid_until__gte=first_day), section_key=old
    )
    posts = list(ending)
    for post in posts:
        Post.objects.get_or_create(
            person_id=post.person_id,
            section_key=new,
            role_key=post.role_key,
            valid_from=max(first_day, post.valid_from),
            defaults={"valid_until": post.valid_until},
        )
        if post.valid_from > eve:
            post.delete()  # it never began
            continue
        post.valid_until = eve
        post.save(update_fields=["valid_until"])
    return len(posts)
