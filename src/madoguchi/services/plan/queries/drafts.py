"""A draft beside the plan it follows."""

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan.models import Draft
from madoguchi.services.plan.pack import Indicator, Outline
from madoguchi.services.plan.queries.measures import plans
from madoguchi.services.plan.queries.reports import indicators
from madoguchi.services.plan.rules import drafts, generations


def predecessor(draft: Draft) -> Outline:
    """The plan that the draft follows, also after the draft itself was published."""
    return generations.before(plans(), draft.body["first_half"])


def years(draft: Draft) -> int:
    """By how many years the draft is later than the plan it follows."""
    return HalfYear.parse(draft.body["first_half"]).year - HalfYear.parse(predecessor(draft).first_half).year


def blank(draft: Draft) -> drafts.Body:
    """What a new measure of the draft begins with: the number after the last."""
    last = draft.measures.order_by("number").values_list("number", flat=True).last() or 0
    return drafts.blank(draft.body, last + 1)


def followed(draft: Draft) -> list[Indicator]:
    """Indicators as the draft goes on with them, once for every measure that follows theirs."""
    later, present = years(draft), indicators()
    return [
        Indicator.model_validate(drafts.followed(item.model_dump(mode="json", by_alias=True), body, later))
        for body in draft.measures.values_list("body", flat=True)
        for item in present
        if item.measure in body["ancestors"]
    ]
