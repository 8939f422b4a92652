"""Results are found while they are public."""

from madoguchi.kernel.events.testing import tell_everything
from madoguchi.kernel.search.public import find
from madoguchi.lib import clock
from madoguchi.services.surveys import actions
from madoguchi.services.surveys.testing import make_opened


def found() -> list[str]:
    return [hit.url for hit in find("アンケート", person=None, kind="survey").hits]


def test_results_are_found_once_they_are_public_and_not_after(planner):
    survey = make_opened(planner, [])
    assert found() == []
    actions.publish(survey.pk, actor=planner, now=clock.now())
    tell_everything()
    assert found() == [f"/surveys/{survey.key}/"]
    actions.withdraw(survey.pk, actor=planner, now=clock.now())
    tell_everything()
    assert found() == []
