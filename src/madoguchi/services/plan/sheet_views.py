"""A table back from a spreadsheet in two steps, whatever it holds: see the differences, then take all of them."""

from collections.abc import Callable
from typing import Any, Protocol

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from madoguchi.lib.errors import CitizenError
from madoguchi.services.plan.sheet_forms import SheetForm

VALID_S = 60 * 60  # a page of differences that is older is shown anew


class Reading(Protocol):
    """What a file says; nothing is taken while anything is refused."""

    refused: list[Any]


def shown(
    request: HttpRequest,
    template: str,
    form_class: type[SheetForm],
    *,
    salt: str,
    read: Callable[[bytes], Reading],
    packed: Callable[[Any], dict[str, Any]],
) -> HttpResponse:
    """Choose a file, see the differences; a wrong cell is named. `packed`, signed, comes back with the confirmation."""
    form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class()
    if not form.is_bound or not form.is_valid():
        return render(request, template, {"form": form}, status=400 if form.is_bound else 200)
    reading = read(form.cleaned_data["table"])
    payload = signing.dumps(packed(reading), salt=salt, compress=True)
    context = {"form": form_class(), "reading": reading, "payload": payload}
    return render(request, template, context, status=400 if reading.refused else 200)


def confirmed(request: HttpRequest, *, salt: str, act: Callable[[dict[str, Any]], str]) -> bool:
    """Take what was shown; `act` gives the sentence that says so. False, with the reason on the next page, if not."""
    try:
        done = act(signing.loads(request.POST.get("payload", ""), salt=salt, max_age=VALID_S))
    except signing.BadSignature:
        messages.error(request, "確認の画面が古くなりました。もう一度ファイルを選んでください。")
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
        return True
    return False
