"""For staff: what people did not find, and what is done about it."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts.public import may
from madoguchi.kernel.desk.public import offer_undo
from madoguchi.kernel.search.public import add_synonym, handle, missed_words, totals
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError
from madoguchi.portal.forms import SynonymForm

PAGE_SIZE = 50
PERIOD = timedelta(days=28)


@staff_page("search.missed.view")
@never_cache
@require_safe
def missed(request: HttpRequest) -> HttpResponse:
    """What people looked for in vain, and how often."""
    searches, unanswered = totals(request.user, since=clock.today() - PERIOD)
    page = Paginator(missed_words(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "searches": searches,
        "unanswered": unanswered,
        "days": PERIOD.days,
        "may_add": may(request.user, "search.synonym.add"),
    }
    return render(request, "portal/staff_missed.html", context)


@staff_page("search.missed.view")
@require_POST
def handle_missed(request: HttpRequest, missed_id: int) -> HttpResponse:
    """Somebody saw to a word; `again` takes that back."""
    is_handled = "again" not in request.POST
    try:
        handle(missed_id, is_handled=is_handled, actor=request.user, today=clock.today())
    except ObjectDoesNotExist as error:
        raise Http404 from error
    done = "対応済みにしました。" if is_handled else "対応済みを取り消しました。"
    fact = {"name": "ことば", "missed": missed_id}
    undo = offer_undo(request.user, "search.word", [fact] if is_handled else [], now=clock.now())
    messages.success(request, done, extra_tags=undo)
    return redirect("portal:missed")


@staff_page("search.synonym.add")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def synonym(request: HttpRequest, missed_id: int) -> HttpResponse:
    """Name a word that finds what people meant."""
    word = missed_words(request.user).filter(pk=missed_id).first()
    if word is None:
        raise Http404
    form = SynonymForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            add_synonym(missed_id, form.cleaned_data["other"], actor=request.user, today=clock.today())
        except CitizenError as error:
            form.add_error("other", str(error))
        else:
            messages.success(
                request, f"「{word.text}」で「{form.cleaned_data['other']}」と同じものが見つかるようにしました。"
            )
            return redirect("portal:missed")
    status = 400 if form.is_bound else 200
    return render(request, "portal/staff_synonym.html", {"word": word, "form": form}, status=status)
