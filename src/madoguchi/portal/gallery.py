"""The gallery of the face at `/ui/`: parts and layouts as they are, for people who make pages."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from madoguchi.kernel.accounts.public import public_page
from madoguchi.ui import gallery


@public_page
def index(request: HttpRequest) -> HttpResponse:
    names = gallery.group_names()
    groups = [
        (names[group], [part for part in gallery.parts().values() if part.group == group]) for group in gallery.GROUPS
    ]
    return render(request, "ui/gallery/index.html", {"groups": groups})


@public_page
def part(request: HttpRequest, key: str) -> HttpResponse:
    shown = gallery.parts().get(key)
    if shown is None:
        raise Http404
    names = gallery.state_names()
    states = [
        {"name": names[state.name], "title": state.title, "template": state.template, "html": html}
        for place, state in enumerate(shown.states)
        for html in [gallery.render(state, request, place=place)]
    ]
    return render(request, "ui/gallery/part.html", {"part": shown, "states": states})


@public_page
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the search box of the gallery suggests: the parts themselves, in the form any page's suggestions have."""
    typed = request.GET.get("q", "")
    items = [
        {"label": str(part.title), "url": reverse("portal:gallery_part", args=[part.key])}
        for part in gallery.parts().values()
        if typed and (typed in part.key or typed in str(part.title))
    ]
    return JsonResponse({"items": items})
