"""The next plan: begun as a copy, changed, remarked on, put before the council, approved, published on its day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from madoguchi.kernel.accounts.public import Person, require
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.citydata.public import revise
from madoguchi.lib import clock
from madoguchi.services.plan import queries, rules
from madoguchi.services.plan.actions.texts import needed
from madoguchi.services.plan.errors import DraftMovedOn, DraftNotPossible
from madoguchi.services.plan.models import AgendaItem, Draft, DraftMeasure, DraftRemark
from madoguchi.services.plan.pack import Measure, Outline
from madoguchi.services.plan.queries import drafts as drafting
from madoguchi.services.plan.rules import drafts as shaping
from madoguchi.services.plan.rules.changes import digest_of

OFFICE, COUNCIL, REMARK = "plan.report.check", "plan.council.keep", "plan.report.comment"
State = Draft.State
MOST_NAME, MOST_REASON = 100, 500  # characters


@transaction.atomic
def begin(*, name: str, actor: Person, now: datetime) -> Draft:
    """Copy the plan in force into the period after it: every measure carried over as it stands now.

    Raises: NotAllowed, TextMissing, TextTooLong.
    """
    require(actor, OFFICE)
    named = needed(name, "計画の名前", most=MOST_NAME)
    plan = queries.outline()
    body = shaping.next_outline(plan.model_dump(mode="json", by_alias=True), name=named)
    draft, created = Draft.objects.get_or_create(
        key=body["key"], defaults={"body": body, "begun_at": now, "begun_by": actor}
    )
    if created:
        for running in drafting.running(plan).values():
            _write(draft, shaping.carried(running, draft.body, drafting.years(draft)))
        record("plan.draft.begun", actor=actor, target=draft, detail={"key": draft.key})
    return draft


@transaction.atomic
def edit(
    draft_key: str,
    number: int,
    fields: Mapping[str, Any],
    *,
    actor: Person,
    seen: Mapping[str, str] | None = None,
) -> DraftMeasure:
    """New words, sections, steps and targets of a measure of the draft, by name as `queries.drafts.standing` has them.

    `seen` are the tokens of what the writer saw, without them what stands now.
    Raises: NotAllowed, DraftNotPossible, DraftMovedOn, ValidationError.
    """
    draft = _writable(draft_key, actor)
    found = draft.measures.get(number=number)
    stands = drafting.standing(found)
    targets = {name: value for name, value in fields.items() if name.startswith("target.")}
    words = {name: value for name, value in fields.items() if name not in targets}
    whole = _checked(found.body | words)
    given = {name: whole[name] for name in words} | targets
    taken, met = shaping.met(stands, given, shaping.tokens(stands) if seen is None else seen)
    if met:
        raise DraftMovedOn(met)
    found.body = _checked(found.body | {name: taken[name] for name in taken.keys() & words.keys()})
    found.indicator_targets |= {name.removeprefix("target."): taken[name] for name in taken.keys() & targets.keys()}
    found.save(update_fields=["body", "indicator_targets"])
    _changed(draft, actor, "edit", number)
    return found


@transaction.atomic
def describe(
    draft_key: str, fields: Mapping[str, Any], *, actor: Person, seen: Mapping[str, str] | None = None
) -> Draft:
    """New texts of the plan as a whole, and another length: bars stay where they are. `seen` as in `edit`.

    Raises: NotAllowed, DraftNotPossible, DraftMovedOn, ValidationError.
    """
    draft = _writable(draft_key, actor)
    taken, met = shaping.met(draft.body, fields, shaping.tokens(draft.body) if seen is None else seen)
    if met:
        raise DraftMovedOn(met)
    body = draft.body | taken
    body["source"] = body["name"]["ja"]
    if body["last_half"] not in shaping.ends(body["first_half"]):
        raise DraftNotPossible(f"計画の期間は、1年から{shaping.LONGEST}年までにしてください。")
    draft.body = Outline.model_validate(body).model_dump(mode="json", by_alias=True)
    draft.save(update_fields=["body"])
    for found in draft.measures.all():
        found.body = {**found.body, "source": draft.body["source"]}
        found.save(update_fields=["body"])
    _changed(draft, actor, "describe")
    return draft


@transaction.atomic
def add(draft_key: str, fields: Mapping[str, Any], *, actor: Person) -> DraftMeasure:
    """新規施策 at the number in `fields`. Raises: NotAllowed, DraftNotPossible, ValidationError."""
    draft = _writable(draft_key, actor)
    number = fields["number"]
    if draft.measures.filter(number=number).exists():
        raise DraftNotPossible(f"施策{number}は、案にもうあります。ほかの番号にしてください。")
    found = _write(draft, {**shaping.blank(draft.body, number), **fields})
    _changed(draft, actor, "add", number)
    return found


@transaction.atomic
def merge(draft_key: str, numbers: Sequence[int], *, actor: Person) -> None:
    """Several measures become one, under the first number. Raises: NotAllowed, DraftNotPossible."""
    draft = _writable(draft_key, actor)
    found = list(draft.measures.filter(number__in=numbers).order_by("number"))
    if len(found) < 2:
        raise DraftNotPossible("まとめる施策を2つ以上選んでください。")
    first, *others = found
    first.body = _checked(shaping.merged(first.body, [other.body for other in others]))
    for other in others:
        first.indicator_targets = other.indicator_targets | first.indicator_targets
    first.save(update_fields=["body", "indicator_targets"])
    draft.measures.filter(pk__in=[other.pk for other in others]).delete()
    _changed(draft, actor, "merge", first.number)


@transaction.atomic
def split(draft_key: str, number: int, *, actor: Person) -> DraftMeasure:
    """A second measure with the same ancestors, at the end of the list. Raises: NotAllowed, DraftNotPossible."""
    draft = _writable(draft_key, actor)
    found = draft.measures.get(number=number)
    copy = _write(draft, found.body, found.indicator_targets)
    _changed(draft, actor, "split", number)
    return copy


@transaction.atomic
def end(draft_key: str, number: int, *, reason: str, actor: Person) -> None:
    """The draft does not go on with a measure; the reason will be public. A new measure goes without one.

    Raises: NotAllowed, DraftNotPossible, TextMissing, TextTooLong.
    """
    draft = _writable(draft_key, actor)
    found = draft.measures.get(number=number)
    told = needed(reason, "終える理由", most=MOST_REASON) if found.body["ancestors"] else ""
    found.delete()
    kept = {key for body in draft.measures.values_list("body", flat=True) for key in body["ancestors"]}
    over = [{"measure": key, "reason": told} for key in found.body["ancestors"] if key not in kept]
    draft.body = {**draft.body, "ended": [*draft.body["ended"], *over]}
    draft.save(update_fields=["body"])
    _changed(draft, actor, "end", number)


@transaction.atomic
def carry(draft_key: str, measure_key: str, *, actor: Person) -> DraftMeasure:
    """Take up again a measure that the draft had ended. Raises: NotAllowed, DraftNotPossible."""
    draft = _writable(draft_key, actor)
    draft.body = {**draft.body, "ended": [end for end in draft.body["ended"] if end["measure"] != measure_key]}
    draft.save(update_fields=["body"])
    running = drafting.running(drafting.predecessor(draft))[measure_key]
    found = _write(draft, shaping.carried(running, draft.body, drafting.years(draft)))
    _changed(draft, actor, "carry", found.number)
    return found


@transaction.atomic
def remark(draft_key: str, number: int | None, *, text: str, section: str, actor: Person, now: datetime) -> None:
    """意見 of a section. Raises: NotAllowed, TextMissing, TextTooLong, DraftNotPossible."""
    require(actor, REMARK)
    draft = Draft.objects.get(key=draft_key)
    if draft.state == State.PUBLISHED:
        raise DraftNotPossible("この案は公開されています。")
    told = needed(text, "意見")
    found = DraftRemark.objects.create(
        draft=draft, number=number, text=told, section_key=section, author=actor, written_at=now
    )
    record("plan.draft.remarked", actor=actor, target=found, detail={"draft": draft_key})


@transaction.atomic
def put(draft_key: str, *, actor: Person, now: datetime) -> Draft:
    """付議: to the next meeting of the council; nothing is changed from here on.

    Raises: NotAllowed, DraftNotPossible where a measure is forgotten or a step or target lies outside the period.
    """
    draft = _writable(draft_key, actor)
    present = [measure.key for measure in queries.measures()]
    bodies = list(draft.measures.values_list("body", flat=True))
    if forgotten := shaping.left(present, bodies, draft.body["ended"]):
        raise DraftNotPossible(f"引き継ぐか終えるかが決まっていない施策があります：{'、'.join(forgotten)}。")
    if outside := drafting.outside(draft):
        steps = "、".join(f"施策{number}「{title}」" for number, title in outside)
        raise DraftNotPossible(f"計画の期間の外にある工程や目標があります：{steps}。")
    draft.state = State.PUT
    draft.indicators = [item.model_dump(mode="json", by_alias=True) for item in drafting.followed(draft)]
    draft.save(update_fields=["state", "indicators"])
    name = draft.body["name"]["ja"]
    AgendaItem.objects.create(
        kind=AgendaItem.Kind.OTHER, title=f"次の計画の案：{name}", text=f"施策{len(bodies)}件", raised_at=now
    )
    record("plan.draft.put", actor=actor, target=draft, detail={"key": draft.key})
    return draft


@transaction.atomic
def send_back(draft_key: str, *, actor: Person) -> Draft:
    """The council wants changes: the plan office writes again. Raises: NotAllowed, DraftNotPossible."""
    draft = _before_the_council(draft_key, actor)
    draft.state, draft.digest = State.WRITTEN, ""
    draft.indicators = draft.publish_on = draft.approved_at = draft.approved_by = None
    draft.save()
    record("plan.draft.sent_back", actor=actor, target=draft, detail={"key": draft.key})
    return draft


@transaction.atomic
def approve(draft_key: str, *, publish_on: date, actor: Person, now: datetime) -> Draft:
    """承認: frozen with a digest, and published on its day. Raises: NotAllowed, DraftNotPossible."""
    draft = _before_the_council(draft_key, actor)
    if publish_on < clock.day_of(now):
        raise DraftNotPossible("公開する日は、今日かあとの日にしてください。")
    draft.state, draft.publish_on, draft.approved_at, draft.approved_by = State.APPROVED, publish_on, now, actor
    draft.digest = digest_of(_whole(draft))
    draft.save()
    detail = {"key": draft.key, "publish_on": str(publish_on), "digest": draft.digest}
    record("plan.draft.approved", actor=actor, target=draft, detail=detail)
    return draft


@transaction.atomic
def publish_due(*, today: date, now: datetime) -> list[str]:
    """Publish what is approved for today or before: outline, measures and indicators at once. Idempotent."""
    due = Draft.objects.select_for_update(of=("self",)).filter(state=State.APPROVED, publish_on__lte=today)
    return [_publish(draft, now) for draft in due]


def _publish(draft: Draft, now: datetime) -> str:
    if digest_of(_whole(draft)) != draft.digest:
        raise RuntimeError(f"draft {draft.key} is not what was approved")
    actor: Any = draft.approved_by
    found = [Measure.model_validate(body) for body in _whole(draft)["measures"]]
    printed = {"printed_goal_totals": rules.goal_totals(found)}
    fields = [
        {**field, "printed_total": sum(measure.field == field["key"] for measure in found)}
        for field in draft.body["fields"]
    ]
    revise("plan.outline", draft.key, Outline.model_validate(draft.body | printed | {"fields": fields}), actor=actor)
    for measure in found:
        revise("plan.measure", measure.key, measure, actor=actor)
    for item in drafting.followed(draft):
        revise("plan.indicator", item.key, item, actor=actor)
    draft.state, draft.published_at = State.PUBLISHED, now
    draft.save(update_fields=["state", "published_at"])
    record("plan.draft.published", actor=actor, target=draft, detail={"key": draft.key, "digest": draft.digest})
    return draft.key


def _whole(draft: Draft) -> dict[str, Any]:
    whole = {"outline": draft.body, "measures": list(draft.measures.values_list("body", flat=True))}
    return whole if draft.indicators is None else whole | {"indicators": draft.indicators}


def _writable(draft_key: str, actor: Person) -> Draft:
    """Locked, and open to the plan office. Raises: NotAllowed, DraftNotPossible."""
    require(actor, OFFICE)
    draft = Draft.objects.select_for_update().get(key=draft_key)
    if draft.state != State.WRITTEN:
        raise DraftNotPossible(f"この案は「{draft.get_state_display()}」のため、変えられません。")
    return draft


def _before_the_council(draft_key: str, actor: Person) -> Draft:
    require(actor, COUNCIL)
    draft = Draft.objects.select_for_update().get(key=draft_key)
    if draft.state not in (State.PUT, State.APPROVED):
        raise DraftNotPossible(f"この案は「{draft.get_state_display()}」です。会議に付議されたものだけを決められます。")
    return draft


def _write(draft: Draft, body: shaping.Body, targets: Mapping[str, shaping.Body] | None = None) -> DraftMeasure:
    """A measure at its own number where that is free, else at the end."""
    taken = set(draft.measures.values_list("number", flat=True))
    number = body["number"] if body["number"] not in taken else max(taken) + 1
    body = body | {"number": number, "key": shaping.key_of(draft.key, number)}
    return DraftMeasure.objects.create(
        draft=draft, number=number, body=_checked(body), indicator_targets=dict(targets or {})
    )


def _checked(body: dict[str, Any]) -> dict[str, Any]:
    """The body as the schema of a measure has it."""
    return Measure.model_validate(body).model_dump(mode="json", by_alias=True)


def _changed(draft: Draft, actor: Person, act: str, number: int | None = None) -> None:
    record("plan.draft.changed", actor=actor, target=draft, detail={"act": act, "number": number})
