"""For staff who write やさしい日本語: what in a text is hard to read. The text is looked at and not kept."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from madoguchi.kernel.language.public import rules
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.easy import SENTENCE, findings
from madoguchi.portal.forms import EasyForm


@staff_page("desk.open")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def easy(request: HttpRequest) -> HttpResponse:
    form = EasyForm(request.POST if request.method == "POST" else None)
    city = rules(clock.today())
    context = {"form": form, "rules": city, "words": sorted(city.words.items())}
    if form.is_bound and form.is_valid():
        context["found"] = list(_shown(form.cleaned_data["text"], city))
        context["is_checked"] = True
    return render(request, "portal/staff_easy.html", context, status=400 if form.errors else 200)


def _shown(text: str, city: Any) -> Iterator[tuple[str, str, str, str]]:
    """Each finding in its sentence: what stands before, the part, what follows, and what to do."""
    sentences = [one.span() for one in SENTENCE.finditer(text)]
    for one in findings(text, city):
        begin, end = next(span for span in sentences if span[0] <= one.begin < span[1])
        yield text[begin : one.begin], text[one.begin : one.end], text[one.end : end], one.advice
