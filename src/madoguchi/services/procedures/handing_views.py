"""担当: taking, handing on and putting back, one case or many at once."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from madoguchi.kernel.accounts.public import Person, person_of
from madoguchi.kernel.desk.public import Outcome, offer_undo
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.ways import own_path
from madoguchi.services.procedures import actions, queries
from madoguchi.services.procedures.staff_forms import HandForm

DONE = {
    "take": "{n}件の担当になりました。",
    "hand_on": "{n}件の担当を渡しました。",
    "put_back": "{n}件の担当を外しました。",
}


@staff_page("procedures.case.decide")
@require_POST
def hand(request: HttpRequest) -> HttpResponse:
    """Each case in a transaction of its own; what was refused is said case by case, what was done can be undone."""
    person = person_of(request)
    colleagues = queries.colleagues(person, on=clock.today())
    form = HandForm(request.POST, cases=queries.visible_to(person), colleagues=colleagues)
    back = redirect(own_path(request.POST.get("next", ""), reverse("procedures:desk")))
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return back
    outcome = _hand(form, person)
    changed = [fact for fact in outcome.done if fact["before"] != fact["after"]]
    if outcome.done:
        done = DONE[form.cleaned_data["act"]].format(n=len(outcome.done))
        messages.success(request, done, extra_tags=offer_undo(person, "procedures.handing", changed, now=clock.now()))
    for refusal in outcome.refused:
        messages.warning(request, refusal)
    return back


def _hand(form: HandForm, person: Person) -> Outcome:
    given, outcome = form.cleaned_data, Outcome()
    act = {
        "take": partial(actions.take, actor=person),
        "hand_on": partial(actions.hand_on, to=given["to"], actor=person),
        "put_back": partial(actions.put_back, actor=person),
    }[given["act"]]
    for case in given["case"]:
        outcome.add(case.receipt_number, partial(act, case.uid))
    return outcome
