"""Saved views, acts taken back, things closed for good. Each leads back to the page it was pressed on."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from madoguchi.kernel.accounts.public import person_of
from madoguchi.kernel.desk import actions, undoing
from madoguchi.kernel.desk.forms import SaveViewForm
from madoguchi.lib import clock
from madoguchi.lib.access import signed_in_page, staff_page
from madoguchi.lib.errors import CitizenError
from madoguchi.lib.ways import own_path


@staff_page("desk.open")
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Under a name; the same name again replaces it."""
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, "。".join(str(text) for errors in form.errors.values() for text in errors))
        return _back(request)
    try:
        view = actions.save_view(person_of(request), **form.cleaned_data)
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"表示「{view.name}」を保存しました。")
    return _back(request)


@staff_page("desk.open")
@require_POST
def change(request: HttpRequest, view_uid: UUID) -> HttpResponse:
    """Delete it, or let the list open with it, or no longer."""
    person = person_of(request)
    if "delete" in request.POST:
        actions.delete_view(person, view_uid)
        messages.success(request, "保存した表示を消しました。")
        return _back(request)
    try:
        actions.set_default(person, view_uid, is_default="default" in request.POST)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    messages.success(
        request, "いつも開く表示を決めました。" if "default" in request.POST else "いつも開く表示をやめました。"
    )
    return _back(request)


@staff_page("desk.open")
@require_POST
def undo(request: HttpRequest, undo_uid: UUID) -> HttpResponse:
    """Take an act of one's own back; what something else came after stays as it is, and is named."""
    try:
        outcome = undoing.take_back(undo_uid, actor=person_of(request), now=clock.now())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except CitizenError as error:
        messages.error(request, str(error))
        return _back(request)
    if outcome.done:
        messages.success(request, f"{len(outcome.done)}件を取り消しました。")
    for refusal in outcome.refused:
        messages.warning(request, refusal)
    return _back(request)


@signed_in_page
@require_POST
def close(request: HttpRequest, what: str) -> HttpResponse:
    """First steps that were read, keys that are not wanted; `again` brings them back."""
    if what not in actions.CLOSABLE:
        raise Http404
    actions.set_closed(person_of(request), what, is_closed="again" not in request.POST)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(own_path(request.POST.get("next", ""), reverse("portal:home")))
