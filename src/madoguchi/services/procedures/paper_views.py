"""Papers and files of a case."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from madoguchi.kernel.files.public import FileShut, file_response
from madoguchi.lib.access import staff_page
from madoguchi.services.procedures import actions, documents, queries
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.views import own_case_page

FOR_STAFF = {
    False: "検査が済むと開けます。時間をおいて開きなおしてください。",
    True: "別のファイルを送ってもらうには、補正をお願いしてください。",
}


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@own_case_page
@require_safe
def receipt(request: HttpRequest, case: Case) -> HttpResponse:  # noqa: ARG001
    """受付票 as PDF."""
    if case.receipt_number is None:
        raise Http404
    return _pdf(documents.receipt_pdf(case), case.receipt_number)


@own_case_page
@require_safe
def decision(request: HttpRequest, case: Case) -> HttpResponse:  # noqa: ARG001
    """決定通知書 as PDF."""
    if not hasattr(case, "decision"):
        raise Http404
    return _pdf(documents.decision_pdf(case), f"{case.receipt_number}-decision")


@own_case_page
@require_safe
def own_file(request: HttpRequest, case: Case, file_uid: UUID) -> HttpResponse:
    """A file the applicant attached."""
    back = reverse("procedures:case", args=[case.uid])
    return _file(request, case, file_uid, layout="ui/layouts/public.html", back=back)


@staff_page("procedures.case.view")
@never_cache
@require_safe
def desk_file(request: HttpRequest, case_uid: UUID, file_uid: UUID) -> HttpResponse:
    """A file of a case on the desk; the look is recorded."""
    case = queries.desk_case(request.user, case_uid)
    actions.note_look(case, actor=request.user)
    back = reverse("procedures:desk_case", args=[case.uid])
    return _file(request, case, file_uid, layout="ui/layouts/staff.html", back=back)


def _file(request: HttpRequest, case: Case, file_uid: UUID, **page: str) -> HttpResponse:
    """The content, shut in; or a page that says why the file does not open."""
    found = case.attachments.select_related("file").filter(file__uid=file_uid).first()
    if found is None:
        raise Http404
    try:
        return file_response(request, found.file)
    except FileShut as error:
        for_staff = request.user.is_staff_member and not error.away
        words = FOR_STAFF[found.file.is_bad] if for_staff else str(error)
        context = {"status": "warn" if error.away else found.file.status, "words": words, **page}
        code = HTTPStatus.SERVICE_UNAVAILABLE if error.away else HTTPStatus.CONFLICT
        return render(request, "procedures/file_shut.html", context, status=code)
