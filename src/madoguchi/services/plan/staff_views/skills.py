"""Skills: everybody's own self-assessment, the report by groups, the courses."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts.public import person_of
from madoguchi.kernel.citydata.public import UnknownRecord, record
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.services.plan import queries
from madoguchi.services.plan.actions import skills as actions
from madoguchi.services.plan.queries import skills as reading
from madoguchi.services.plan.screens import skills as screens
from madoguchi.services.plan.skill_forms import CourseForm, SkillsForm


@staff_page()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """One's own answers: given, seen, corrected. `?as=` chooses the rank one answers for."""
    person, today = person_of(request), clock.today()
    sections, found = reading.sections_of(person, today), reading.own(person)
    columns = reading.columns_for(sections) if sections else []
    chosen = request.GET.get("as") or (found.column_key if found else "")
    column = next((one for one in columns if one.key == chosen), None)
    form, names = None, queries.section_names()
    if column:
        choices = [(key, names[key].ja if key in names else key) for key in sections]
        before = found if found and found.column_key == column.key and found.section_key in sections else None
        data = request.POST if request.method == "POST" else None
        form = SkillsForm(reading.skills(), column.key, choices, before, data)
        if form.is_bound and form.is_valid():
            actions.answer(
                person,
                section_key=form.cleaned_data["section"],
                column_key=column.key,
                answers=form.answers(),
                today=today,
            )
            messages.success(request, "自己評価を記録しました。見られるのはあなただけです。")
            return redirect("plan:skills")
    context = {"columns": columns, "column": column, "form": form, **screens.own(found, today=today)}
    return render(request, "plan/staff_skills.html", context, status=400 if form and form.errors else 200)


@staff_page()
@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """One's own answers are gone."""
    actions.delete(person_of(request))
    messages.success(request, "自己評価を消しました。")
    return redirect("plan:skills")


@staff_page("plan.skill.report")
@never_cache
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Gaps of groups, and the courses against them."""
    return render(request, "plan/staff_skill_report.html", screens.report(today=clock.today()))


@staff_page("plan.course.keep")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def course(request: HttpRequest, course_key: str) -> HttpResponse:
    """A course; the key `new` begins one."""
    try:
        found = None if course_key == "new" else record("plan.course", course_key)
    except UnknownRecord as error:
        raise Http404 from error
    form = CourseForm(reading.skills(), found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.keep(form.course(), actor=person_of(request))
        messages.success(request, "講座を記録しました。")
        return redirect("plan:skill_report")
    context = {"form": form, "course": found}
    return render(request, "plan/staff_course.html", context, status=400 if form.errors else 200)
