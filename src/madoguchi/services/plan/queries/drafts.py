"""A draft beside the plan it follows."""

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.models import Change, Draft, DraftMeasure
from madoguchi.services.plan.pack import Indicator, Outline
from madoguchi.services.plan.queries.measures import measures, plans
from madoguchi.services.plan.queries.reports import Promise, indicators, promise
from madoguchi.services.plan.rules import drafts, generations


def predecessor(draft: Draft) -> Outline:
    """The plan that the draft follows, also after the draft itself was published."""
    return generations.before(plans(), draft.body["first_half"])


def years(draft: Draft) -> int:
    """By how many years the draft is later than the plan it follows."""
    return HalfYear.parse(draft.body["first_half"]).year - HalfYear.parse(predecessor(draft).first_half).year


def outside(draft: Draft) -> list[tuple[int, str]]:
    """Number of the measure and name of every step and target that does not lie within the period of the draft."""
    bodies = {body["key"]: body for body in draft.measures.values_list("body", flat=True)}
    steps = [(body["number"], title) for body in bodies.values() for title in drafts.outside(body, draft.body)]
    targets = [
        (bodies[item.measure]["number"], f"{item.name.ja}の目標")
        for item in followed(draft)
        if not drafts.lies_within(item.target_half, draft.body)
    ]
    return steps + targets


def blank(draft: Draft) -> drafts.Body:
    """What a new measure of the draft begins with: the number after the last."""
    last = draft.measures.order_by("number").values_list("number", flat=True).last() or 0
    return drafts.blank(draft.body, last + 1)


def running(plan: Outline) -> dict[str, drafts.Body]:
    """The measures of a plan as they stand now, by key: as printed, with what 計画の変更 made of them."""
    changed = _changed(plan)
    bodies = {measure.key: measure.model_dump(mode="json", by_alias=True) for measure in measures(plan)}
    return {key: drafts.revised(body, changed[key]) if key in changed else body for key, body in bodies.items()}


def running_indicators(plan: Outline) -> list[drafts.Body]:
    """The indicators with their targets as they stand now."""
    effects = {effect["key"]: effect for promise in _changed(plan).values() for effect in promise["effects"]}
    return [_with_target(item, effects.get(item.key)) for item in indicators()]


def followed(draft: Draft) -> list[Indicator]:
    """Indicators as the draft goes on with them, once for every measure that follows theirs; fixed once it was put."""
    bodies = draft.indicators
    if bodies is None:
        present, later = running_indicators(predecessor(draft)), years(draft)
        found = (drafts.followed(row.body, present, later, row.indicator_targets) for row in draft.measures.all())
        bodies = [body for by_key in found for body in by_key.values()]
    return [Indicator.model_validate(body) for body in bodies]


def standing(found: DraftMeasure) -> drafts.Body:
    """All that the form of a measure writes: the fields of its body, and `target.` with the key of an indicator."""
    targets = {
        f"target.{key}": {name: item[name] for name in ("target", "target_half")}
        for key, item in indicators_of(found).items()
    }
    return found.body | targets


def indicators_of(found: DraftMeasure) -> dict[str, drafts.Body]:
    """The indicators that a measure of the draft goes on with, by the key they have in the present plan."""
    plan, later = predecessor(found.draft), years(found.draft)
    return drafts.followed(found.body, running_indicators(plan), later, found.indicator_targets)


def _changed(plan: Outline) -> dict[str, Promise]:
    """What the measures that were changed promise now, by key."""
    keys = set(Change.objects.values_list("measure_key", flat=True))
    return {measure.key: promise(measure) for measure in measures(plan) if measure.key in keys}


def _with_target(item: Indicator, effect: drafts.Body | None) -> drafts.Body:
    """With the target as it was changed; one that was set without its half-year cannot go on."""
    body = item.model_dump(mode="json", by_alias=True)
    if effect is None or effect["target_half"] is None:
        return body
    return body | {name: effect[name] for name in ("target", "target_half")}
