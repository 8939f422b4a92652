"""The desk of those who confirm claims by their evidence."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from madoguchi.kernel.accounts.public import person_of
from madoguchi.kernel.files.public import FileShut, file_response
from madoguchi.kernel.mandates import actions, queries, rules
from madoguchi.kernel.mandates.forms import GrantForm, RefusalForm, RevocationForm
from madoguchi.kernel.mandates.models import Mandate
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError
from madoguchi.ui.forms import FaceForm

PAGE_SIZE = 50


@staff_page(actions.DECIDE)
@never_cache
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """Waiting first, oldest first; then what was decided."""
    page = Paginator(queries.claims(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "mandates/staff_claims.html", {"page": page})


def _claim(claim_uid: UUID) -> Mandate:
    found = queries.claims().filter(uid=claim_uid).first()
    if found is None:
        raise Http404
    return found


@staff_page(actions.DECIDE)
@never_cache
@require_safe
def claim(request: HttpRequest, claim_uid: UUID) -> HttpResponse:
    """What was stated, the paper, and the decision. Looking leaves a line in the trail."""
    found = _claim(claim_uid)
    actions.note_look(found, actor=person_of(request))
    return _shown(request, found)


def _shown(
    request: HttpRequest,
    mandate: Mandate,
    *,
    grant: GrantForm | None = None,
    refusal: RefusalForm | None = None,
    revocation: RevocationForm | None = None,
) -> HttpResponse:
    birthdate = date.fromisoformat(mandate.claimed["birthdate"])
    bounds = queries.bounds(clock.today())
    latest = bounds and rules.latest_end(mandate.basis, birthdate, bounds, today=clock.today())
    context = {
        "mandate": mandate,
        "birthdate": birthdate,
        "scope": queries.scope_names(mandate, queries.scopes()),
        "grant": grant or GrantForm(initial={"valid_until": latest}),
        "refusal": refusal or RefusalForm(),
        "revocation": revocation or RevocationForm(),
        "in_force": mandate.is_in_force(clock.today()),
        "form": grant or refusal or revocation,
        "latest": latest,
    }
    return render(request, "mandates/staff_claim.html", context, status=400 if context["form"] else 200)


@staff_page(actions.DECIDE)
@never_cache
@require_safe
def evidence(request: HttpRequest, claim_uid: UUID) -> HttpResponse:
    """The paper, shut in."""
    found = _claim(claim_uid)
    if found.evidence is None:
        raise Http404
    actions.note_look(found, actor=person_of(request))
    try:
        return file_response(request, found.evidence)
    except FileShut as shut:
        messages.error(request, str(shut))
        return redirect("mandates:claim", found.uid)


@staff_page(actions.DECIDE)
@never_cache
@require_POST
def grant(request: HttpRequest, claim_uid: UUID) -> HttpResponse:
    """The paper holds."""
    done = "代理権を認めました。届け出た人にお知らせします。"
    return _decided(request, claim_uid, actions.grant, "grant", GrantForm(request.POST), done)


@staff_page(actions.DECIDE)
@never_cache
@require_POST
def refuse(request: HttpRequest, claim_uid: UUID) -> HttpResponse:
    """The paper does not hold; the reason is compulsory."""
    done = "認めないことにしました。理由を添えてお知らせします。"
    return _decided(request, claim_uid, actions.refuse, "refusal", RefusalForm(request.POST), done)


@staff_page(actions.DECIDE)
@never_cache
@require_POST
def revoke(request: HttpRequest, claim_uid: UUID) -> HttpResponse:
    """It was granted and holds no more; the reason is compulsory."""
    done = "代理を終わらせました。本人と代理人にお知らせします。"
    return _decided(request, claim_uid, actions.revoke, "revocation", RevocationForm(request.POST), done)


def _decided(
    request: HttpRequest, claim_uid: UUID, act: Callable[..., object], place: str, form: FaceForm, done: str
) -> HttpResponse:
    """Do the act with what was typed; what stands in its way is said beside the first field of the form in `place`."""
    found = _claim(claim_uid)
    if form.is_valid():
        try:
            act(found.uid, actor=person_of(request), now=clock.now(), **form.cleaned_data)
        except CitizenError as error:
            form.add_error(next(iter(form.fields)), str(error))
        else:
            messages.success(request, done)
            return redirect("mandates:claims")
    return _shown(request, found, **{place: form})  # type: ignore[arg-type]
