"""進捗管理表 as Excel: out, back, differences, taken."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts.public import may, person_of
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError
from madoguchi.services.plan.access import Seat
from madoguchi.services.plan.actions import intake as actions
from madoguchi.services.plan.errors import WorkbookRefused
from madoguchi.services.plan.models import Intake, Period
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.plan.screens import workbook as screens
from madoguchi.ui.forms import FaceForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkbookForm(FaceForm):
    """The file that was filled in."""

    table = forms.FileField(label="記入した進捗管理表（.xlsx）")


@staff_page("plan.report.view")
@never_cache
@require_safe
def out(request: HttpRequest, half: str, section: str) -> HttpResponse:
    """The workbook of a section's measures."""
    content = screens.out(person_of(request), queries.period(half), section)
    if content is None:
        raise Http404
    name = f"report-{half}-{section}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@staff_page("plan.report.write")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest, half: str, section: str) -> HttpResponse:
    """Choose the filled-in file; its cells are checked and its differences shown before anything is taken."""
    if not may(person_of(request), "plan.report.write", Seat(section)):
        raise Http404
    period = queries.period(half)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    context = {"period": period, "half": period.half_year.label, "section": section, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "plan/staff_workbook.html", context, status=400 if form.is_bound else 200)
    try:
        read = screens.back(form.cleaned_data["table"].read(), period, today=clock.today())
        refuse_another(read.half, read.section_key, period, section)
    except CitizenError as error:
        form.add_error("table", str(error))
        return render(request, "plan/staff_workbook.html", context, status=400)
    if read.refused:
        return render(request, "plan/staff_workbook.html", {**context, "refused": read.refused}, status=400)
    kept = actions.keep(period, section, read.edits, actor=person_of(request), now=clock.now())
    return redirect("plan:workbook_preview", half, section, kept.pk)


def refuse_another(half: str, section_key: str, period: Period, section: str) -> None:
    """Raises: WorkbookRefused for the table of another half-year or section."""
    if (half, section_key) != (period.half, section):
        raise WorkbookRefused(
            what="別の半期か、別の課の進捗管理表です。", next_step="この画面で受け取った表を選んでください。"
        )


@staff_page("plan.report.write")
@never_cache
@require_safe
def preview(request: HttpRequest, half: str, section: str, intake_id: int) -> HttpResponse:
    """The differences; nothing is taken yet."""
    return render(request, "plan/staff_workbook_preview.html", screens.preview(_own(request, half, section, intake_id)))


@staff_page("plan.report.write")
@require_POST
def take(request: HttpRequest, half: str, section: str, intake_id: int) -> HttpResponse:
    """Take them all, or none."""
    intake = _own(request, half, section, intake_id)
    try:
        met = actions.take(intake.pk, actor=person_of(request), now=clock.now())
    except CitizenError as error:
        messages.error(request, str(error))
        return redirect("plan:workbook_preview", half, section, intake_id)
    messages.success(request, "Excelの内容を取り込みました。まだ提出はしていません。")
    if met:
        messages.warning(request, f"{len(met)}か所は、ほかの人の文と行き違いになりました。両方残っています。")
    return redirect("plan:reports", half)


def _own(request: HttpRequest, half: str, section: str, intake_id: int) -> Intake:
    found = Intake.objects.filter(pk=intake_id, sender=person_of(request), period__half=half, section_key=section)
    intake = found.select_related("period").first()
    if intake is None:
        raise Http404
    return intake
