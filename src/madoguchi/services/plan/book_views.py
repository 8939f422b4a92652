"""計画書: the plan as a book, on the page and as a tagged PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from madoguchi.lib import clock
from madoguchi.lib.access import public_page
from madoguchi.services.plan.documents import book_pdf
from madoguchi.services.plan.screens.book import book


@public_page
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The whole book on one page."""
    return render(request, "plan/book.html", {"book": book()})


@public_page
@require_safe
def pdf(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The same to print and to keep."""
    headers = {"Content-Disposition": 'inline; filename="plan.pdf"'}
    return HttpResponse(book_pdf(today=clock.today()), content_type="application/pdf", headers=headers)
