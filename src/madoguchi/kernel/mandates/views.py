"""Pages for residents: mandates given and held, an offer, a code, a claim, and acting for somebody."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts.public import Person, person_of
from madoguchi.kernel.files.public import FileRefused
from madoguchi.kernel.mandates import acting, actions, queries
from madoguchi.kernel.mandates.forms import ClaimForm, CodeForm, OfferForm
from madoguchi.kernel.mandates.models import Mandate
from madoguchi.kernel.mandates.paper import letter_pdf
from madoguchi.lib import clock
from madoguchi.lib.access import public_page, resident_page
from madoguchi.lib.errors import CitizenError
from madoguchi.ui.words import LocalText

SURE = 3  # who gives or takes a mandate shows the card
MOST_SHOWN = 100
State = Mandate.State


@resident_page()
@never_cache
@require_safe
def mandates(request: HttpRequest) -> HttpResponse:
    """Given and held, those in force and those that wait first. A constant number of queries."""
    person = person_of(request)
    known = queries.scopes()
    lines = [_line(mandate, person, known) for mandate in queries.mandates_of(person)[:MOST_SHOWN]]
    context = {
        "lines": [line for line in lines if line["can_end"]],
        "over": [line for line in lines if not line["can_end"]],
    }
    return render(request, "mandates/mandates.html", context)


def _line(mandate: Mandate, person: Person, known: Mapping[str, LocalText]) -> dict[str, object]:
    given = mandate.principal_id == person.pk
    in_force = mandate.is_in_force(clock.today())
    lapsed = mandate.state == State.GRANTED and not in_force
    return {
        "mandate": mandate,
        "given": given,
        "other": (mandate.agent.name if mandate.agent else "") if given else mandate.principal_name,
        "scope": queries.scope_names(mandate, known),
        "can_act": in_force and not given,
        "can_end": in_force or mandate.state in (State.OFFERED, State.ASKED),
        "state": _("期間が終わりました") if lapsed else mandate.get_state_display(),
        "kind": "ok" if in_force else "wait" if mandate.state in (State.OFFERED, State.ASKED) else "plain",
    }


@resident_page(identity=SURE, fresh_minutes=15)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """委任: what and until when; then the code, shown this once."""
    form = OfferForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        mandate, code = actions.offer(
            person_of(request), scope=form.cleaned_data["scope"], valid_until=form.last_day, now=clock.now()
        )
        context = {"code": code, "mandate": mandate, "scope": queries.scope_names(mandate, queries.scopes())}
        return render(request, "mandates/code.html", context)
    return render(request, "mandates/give.html", {"form": form}, status=400 if form.is_bound else 200)


@resident_page(identity=SURE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """The agent types the code, sees what it is for, and takes it."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "refusal": None}
    if form.is_bound and form.is_valid():
        try:
            mandate = actions.offered(form.cleaned_data["code"], agent=person_of(request), now=clock.now())
            if "accept" in request.POST:
                actions.accept(mandate, agent=person_of(request), now=clock.now())
                messages.success(request, _("代理を引き受けました。「代わりに手続する」からはじめられます。"))
                return redirect("mandates:mandates")
            shown = {
                "mandate": mandate,
                "scope": queries.scope_names(mandate, queries.scopes()),
                "code": form.cleaned_data["code"],
            }
            return render(request, "mandates/accept.html", shown)
        except CitizenError as error:
            context["refusal"] = error
    return render(request, "mandates/take.html", context, status=400 if form.is_bound else 200)


@resident_page(identity=SURE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """A parent, a guardian, or the bearer of a signed 委任状: the city looks at the paper first."""
    form = ClaimForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.claim(
                person_of(request),
                basis=clean["basis"],
                claimed=form.claimed(),
                scope=clean["scope"],
                upload=clean["evidence"],
                now=clock.now(),
            )
        except FileRefused as error:
            form.add_error("evidence", str(error))
        else:
            messages.success(request, _("届出を受け付けました。確かめてから、お知らせします。"))
            return redirect("mandates:mandates")
    return render(request, "mandates/claim.html", {"form": form}, status=400 if form.is_bound else 200)


@resident_page()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, mandate_uid: UUID) -> HttpResponse:
    """Asked once more, because it is final."""
    mandate = queries.own_mandate(person_of(request), mandate_uid)
    if request.method != "POST":
        return render(request, "mandates/end.html", _line(mandate, person_of(request), queries.scopes()))
    actions.end(mandate.uid, person=person_of(request), now=clock.now())
    messages.success(request, _("代理を終わらせました。"))
    return redirect("mandates:mandates")


@resident_page(identity=SURE)
@require_POST
def act(request: HttpRequest, mandate_uid: UUID) -> HttpResponse:
    """From here on for the principal."""
    mandate = queries.own_mandate(person_of(request), mandate_uid)
    if mandate.agent_id != person_of(request).pk or not mandate.is_in_force(clock.today()):
        raise Http404
    acting.begin(request, mandate)
    return redirect("portal:my_page")


@resident_page()
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """From here on for oneself."""
    acting.stop(request)
    messages.success(request, _("ご自分の操作にもどりました。"))
    return redirect("portal:my_page")


@public_page
@require_safe
def letter(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """委任状 to print, sign and bring or photograph: no device needed by the principal."""
    headers = {"Content-Disposition": 'inline; filename="ininjo.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(letter_pdf(), content_type="application/pdf", headers=headers)
