"""お知らせ: what the city told a resident, unread first seen; and one press that stops what is not owed."""

from uuid import UUID

from django.core.paginator import Paginator
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts.public import Person, person_of
from madoguchi.kernel.notify import actions, reaching
from madoguchi.kernel.notify.mailing import person_uid_of
from madoguchi.kernel.notify.wording import words
from madoguchi.lib import clock
from madoguchi.lib.access import public_page, resident_page

PAGE_SIZE = 20


@resident_page()
@never_cache
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first, in the language of the page. Four queries."""
    person = person_of(request)
    page = Paginator(actions.notices_of(person), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(notice, words(notice, get_language() or "ja")[0]) for notice in page]
    context = {"page": page, "rows": rows, "unread": actions.unread_count(person)}
    return render(request, "notify/notices.html", context)


@resident_page()
@never_cache
@require_safe
def notice(request: HttpRequest, notice_uid: UUID) -> HttpResponse:
    """One notice; opened, it counts as read."""
    person = person_of(request)
    found = get_object_or_404(actions.notices_of(person), uid=notice_uid)
    subject, text = words(found, get_language() or "ja")
    actions.mark_read(person, now=clock.now(), notice=found)
    return render(request, "notify/notice.html", {"notice": found, "subject": subject, "text": text})


@resident_page()
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    actions.mark_read(person_of(request), now=clock.now())
    return redirect("notify:notices")


@csrf_exempt  # RFC 8058: the mail program posts, without a cookie; the signed address is the proof
@public_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails that are not owed. A GET only asks: programs that look at every link press nothing."""
    try:
        person = get_object_or_404(Person, uid=person_uid_of(token), is_active=True)
    except (BadSignature, ValueError) as error:
        raise Http404 from error
    if request.method == "POST":
        reaching.unsubscribe(person)
    return render(request, "notify/unsubscribe.html", {"done": request.method == "POST"})
