"""The gallery of the face at `/ui/`: parts and layouts as they are, for people who make pages."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from madoguchi.lib.access import public_page
from madoguchi.ui import gallery
from madoguchi.ui.examples import forms
from madoguchi.ui.mail import as_html


@public_page
def index(request: HttpRequest) -> HttpResponse:
    names = gallery.group_names()
    groups = [
        (names[group], [part for part in gallery.parts().values() if part.group == group]) for group in gallery.GROUPS
    ]
    return render(request, "ui/gallery/index.html", {"groups": groups, "layouts": list(gallery.LAYOUTS)})


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


@public_page
def layout(request: HttpRequest, name: str) -> HttpResponse:
    """One of the layouts with a little in it; the public layout is that of the gallery itself."""
    if name not in gallery.LAYOUTS:
        raise Http404
    return render(request, f"ui/gallery/layout_{name}.html", gallery.LAYOUTS[name])


@public_page
@csp_update({"style-src": [UNSAFE_INLINE]})
def mail(_request: HttpRequest) -> HttpResponse:
    """The HTML part of a mail, which brings its style along: mail programs fetch none."""
    return HttpResponse(as_html(*gallery.MAIL))


@public_page
def first_page(request: HttpRequest) -> HttpResponse:
    form = forms.Text(request.GET or None)
    return render(request, "ui/gallery/first_page.html", {"form": form, **gallery.FIRST_PAGE})
