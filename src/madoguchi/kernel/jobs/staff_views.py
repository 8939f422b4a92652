"""For staff: what runs by itself, and what stopped."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts.public import person_of
from madoguchi.kernel.jobs import dead_letters as letters
from madoguchi.kernel.jobs.models import DeadLetter
from madoguchi.kernel.jobs.naming import NAMES
from madoguchi.kernel.jobs.timetable import outlook, work_of
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page

PAGE_SIZE = 50


@staff_page("jobs.timetable.view")
@never_cache
@require_safe
def timetable(request: HttpRequest) -> HttpResponse:
    """Rhythm, last and next run of everything that runs by itself."""
    return render(request, "jobs/staff_timetable.html", {"lines": outlook(clock.now())})


@staff_page(letters.PERMISSION)
@never_cache
@require_safe
def dead_letters(request: HttpRequest) -> HttpResponse:
    """What was given up, the newest first."""
    page = Paginator(letters.dead_letters(person_of(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(letter, name_of(letter), letters.reason_of(letter.result.exception_class_path)) for letter in page]
    return render(request, "jobs/staff_dead_letters.html", {"page": page, "rows": rows})


@staff_page(letters.PERMISSION)
@never_cache
@require_safe
def dead_letter(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Why one stopped, and at which lines of the code."""
    return render(request, "jobs/staff_dead_letter.html", _context(request, job_id))


@staff_page(letters.PERMISSION)
@require_POST
def retry(request: HttpRequest, job_id: UUID) -> HttpResponse:
    try:
        letters.retry(job_id, actor=person_of(request), now=clock.now())
    except DeadLetter.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, "もう一度動かします。1分ほどで結果が分かります。")
    return redirect("jobs:dead_letters")


@staff_page(letters.PERMISSION)
@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    count = letters.retry_all(actor=person_of(request), now=clock.now())
    messages.success(request, f"{count}件をもう一度動かします。")
    return redirect("jobs:dead_letters")


@staff_page(letters.PERMISSION)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The question first: what is discarded is not done by anybody."""
    context = _context(request, job_id)
    if request.method != "POST":
        return render(request, "jobs/staff_discard.html", context)
    try:
        letters.discard(job_id, actor=person_of(request))
    except DeadLetter.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, "取りやめました。監査記録に残っています。")
    return redirect("jobs:dead_letters")


def name_of(letter: DeadLetter) -> str:
    """In words where somebody gave them, else the place of the function."""
    path = letter.result.task_path
    work = work_of(letter.result)
    return work.name if work else NAMES.get(path) or path.removeprefix("madoguchi.")


def _context(request: HttpRequest, job_id: UUID) -> dict[str, object]:
    letter = get_object_or_404(letters.dead_letters(person_of(request)), result=job_id)
    job = letter.result
    return {
        "letter": letter,
        "job": job,
        "name": name_of(letter),
        "arguments": ", ".join(f"{key}={value}" for key, value in job.args_kwargs["kwargs"].items()),
        "reason": letters.reason_of(job.exception_class_path),
    }
