"""A draft beside the plan it follows."""

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.models import Change, Draft
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
    """Number of the measure and title of every step that does not lie within the period of the draft."""
    rows = draft.measures.values_list("number", "body")
    return [(number, title) for number, body in rows for title in drafts.outside(body, draft.body)]


def blank(draft: Draft) -> drafts.Body:
    """What a new measure of the draft begins with: the number after the last."""
    last = draft.measures.order_by("number").values_list("number", flat=True).last() or 0
    return drafts.blank(draft.body, last + 1)


def running(plan: Outline) -> dict[str, drafts.Body]:
    """The measures of a plan as they stand now, by key: as printed, with what 計画の変更 made of them."""
    changed = _changed(plan)
    bodies = {measure.key: measure.model_dump(mode="json", by_alias=True) for measure in measures(plan)}
    return {key: drafts.revised(body, changed[key]) if key in changed else body for key, body in bodies.items()}


def followed(draft: Draft) -> list[Indicator]:
    """Indicators as the draft goes on with them, once for every measure that follows theirs."""
    plan, later = predecessor(draft), years(draft)
    effects = {effect["key"]: effect for promise in _changed(plan).values() for effect in promise["effects"]}
    present = [_with_target(item, effects.get(item.key)) for item in indicators()]
    return [
        Indicator.model_validate(drafts.followed(item, body, later))
        for body in draft.measures.values_list("body", flat=True)
        for item in present
        if item["measure"] in body["ancestors"]
    ]


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
