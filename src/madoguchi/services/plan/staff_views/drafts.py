"""次の計画の案: the list of measures with where they come from, remarks, and the way to the public."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from madoguchi.kernel.accounts.public import Person, may, person_of, sections_with
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError
from madoguchi.lib.numbers import is_whole
from madoguchi.services.plan import queries
from madoguchi.services.plan.actions import drafts as actions
from madoguchi.services.plan.draft_forms import (
    ApprovalForm,
    BeginForm,
    OutlineForm,
)
from madoguchi.services.plan.draft_measure_forms import DraftMeasureForm, NewMeasureForm
from madoguchi.services.plan.errors import DraftMovedOn
from madoguchi.services.plan.models import Draft, DraftMeasure
from madoguchi.services.plan.queries import drafts as reading
from madoguchi.services.plan.rules.drafts import tokens
from madoguchi.services.plan.screens import drafts as screens
from madoguchi.ui.characters import typed


@staff_page("plan.report.view")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """All drafts; the plan office begins one."""
    person = person_of(request)
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        draft = actions.begin(name=form.cleaned_data["name"], actor=person, now=clock.now())
        messages.success(request, "いまの計画を写しました。")
        return redirect("plan:draft", draft.key)
    context = {"drafts": list(Draft.objects.all()), "form": form if may(person, actions.OFFICE) else None}
    return render(request, "plan/staff_drafts.html", context, status=400 if form.is_bound else 200)


@staff_page("plan.report.view")
@never_cache
@require_safe
def draft(request: HttpRequest, draft_key: str) -> HttpResponse:
    """Every measure with its ancestors, what ends, remarks, and what may be done."""
    return render(request, "plan/staff_draft.html", _screen(_draft(draft_key), person_of(request)))


@staff_page("plan.report.view")
@never_cache
@require_safe
def differences(request: HttpRequest, draft_key: str) -> HttpResponse:
    """新旧対照表: the draft against the plan it follows, to read and to print."""
    return render(request, "plan/staff_draft_differences.html", screens.differences(_draft(draft_key)))


@staff_page(actions.OFFICE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outline(request: HttpRequest, draft_key: str) -> HttpResponse:
    """計画全体: the texts of the draft as a whole, to change."""
    found = _open(request, draft_key)
    used = {body["field"] for body in found.measures.values_list("body", flat=True)}
    form = OutlineForm(found.body, _sections(), used, request.POST if request.method == "POST" else None)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        fields, seen = form.changes(), form.cleaned_data["seen"]
        done = lambda: actions.describe(draft_key, fields, actor=person_of(request), seen=seen)  # noqa: E731
        try:
            return _acted(request, draft_key, "計画全体の文を改めました。", done)
        except DraftMovedOn as error:
            found, status = _draft(draft_key), 409
            form.tell(error.fields, found.body, tokens(found.body))
    context = {"draft": found, "form": form, "title": "計画全体の文", "do": "この内容に改める"}
    return render(request, "plan/staff_draft_form.html", context, status=status)


@staff_page(actions.OFFICE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, draft_key: str) -> HttpResponse:
    """新規施策: a measure that goes on with none of the present plan."""
    found = _open(request, draft_key)
    body = reading.blank(found)
    form = NewMeasureForm(body, found.body, _sections(), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.add(draft_key, form.changes(), actor=person_of(request))
        except CitizenError as error:
            form.add_error("number", str(error))
        else:
            messages.success(request, "新規施策を加えました。")
            return redirect("plan:draft_measure", draft_key, made.number)
    context = {"draft": found, "form": form, "title": "新規施策", "do": "この施策を案に加える"}
    return render(request, "plan/staff_draft_form.html", context, status=400 if form.is_bound else 200)


@staff_page("plan.report.view")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, draft_key: str, number: int) -> HttpResponse:
    """One measure of the draft, to read or to change."""
    found, person = _measure(draft_key, number), person_of(request)
    data = request.POST if request.method == "POST" else None
    form = _measure_form(found, data)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        fields, seen = form.changes(), form.cleaned_data["seen"]
        done = lambda: actions.edit(draft_key, number, fields, actor=person, seen=seen)  # noqa: E731
        try:
            return _acted(request, draft_key, "施策を改めました。", done)
        except DraftMovedOn as error:
            found, status = _measure(draft_key, number), 409
            form.tell(error.fields, stands := reading.standing(found), tokens(stands))
    context = screens.measure(found) | {"form": form}
    context["may_write"] = may(person, actions.OFFICE) and found.draft.state == Draft.State.WRITTEN
    return render(request, "plan/staff_draft_measure.html", context, status=status)


def _measure_form(found: DraftMeasure, data: Any) -> DraftMeasureForm:
    indicators, seen = reading.indicators_of(found), tokens(reading.standing(found))
    return DraftMeasureForm(found.body, found.draft.body, _sections(), data, indicators=indicators, seen=seen)


@staff_page("plan.report.view")
@require_POST
def act(request: HttpRequest, draft_key: str, act: str) -> HttpResponse:
    """One step of the draft; the action says who may."""
    _draft(draft_key)
    if act not in ACTS:
        raise Http404
    word, do = ACTS[act]
    return _acted(request, draft_key, word, lambda: do(request, draft_key, person_of(request)))


def _end(request: HttpRequest, key: str, actor: Person) -> object:
    return actions.end(key, _number(request, key), reason=typed(request.POST, "reason"), actor=actor)


def _carry(request: HttpRequest, key: str, actor: Person) -> object:
    measure_key = request.POST.get("measure", "")
    if measure_key not in {end["measure"] for end in _draft(key).body["ended"]}:
        raise Http404
    return actions.carry(key, measure_key, actor=actor)


def _merge(request: HttpRequest, key: str, actor: Person) -> object:
    numbers = [int(text) for text in request.POST.getlist("number") if is_whole(text)]
    return actions.merge(key, numbers, actor=actor)


def _remark(request: HttpRequest, key: str, actor: Person) -> object:
    number = _number(request, key) if request.POST.get("number") else None
    own = sections_with(actor, actions.REMARK)
    section = next(iter(sorted(own)), "") if own else ""
    text = typed(request.POST, "text")
    return actions.remark(key, number, text=text, section=section, actor=actor, now=clock.now())


def _approve(request: HttpRequest, key: str, actor: Person) -> object:
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        raise actions.DraftNotPossible("公開する日を書いてください。")
    return actions.approve(key, publish_on=form.cleaned_data["publish_on"], actor=actor, now=clock.now())


# what is said when it is done, and what is done
ACTS: dict[str, tuple[str, Callable[[HttpRequest, str, Person], object]]] = {
    "merge": ("施策をまとめました。", _merge),
    "split": (
        "施策を分けました。",
        lambda request, key, actor: actions.split(key, _number(request, key), actor=actor),
    ),
    "end": ("施策を終えることにしました。", _end),
    "carry": ("施策を引き継ぐことにしました。", _carry),
    "remark": ("意見を書きました。", _remark),
    "put": ("会議に付議しました。", lambda _request, key, actor: actions.put(key, actor=actor, now=clock.now())),
    "send_back": ("作成中に戻しました。", lambda _request, key, actor: actions.send_back(key, actor=actor)),
    "approve": ("承認を記録しました。その日に公開します。", _approve),
}


def _screen(found: Draft, person: Person) -> dict[str, Any]:
    present = {measure.key: measure for measure in queries.all_measures()}
    sections, writes = queries.section_names(), found.state == Draft.State.WRITTEN and may(person, actions.OFFICE)
    decides = found.state in (Draft.State.PUT, Draft.State.APPROVED) and may(person, actions.COUNCIL)
    return {
        "draft": found,
        "rows": [
            {
                "number": row.number,
                "name": row.body["name"]["ja"],
                "leads": "、".join(sections[key].ja for key in row.body["leads"] if key in sections),
                "ancestors": [present[key] for key in row.body["ancestors"] if key in present],
            }
            for row in found.measures.all()
        ],
        "outside": reading.outside(found) if found.state == Draft.State.WRITTEN else [],
        "ended": [(present.get(end["measure"]), end) for end in found.body["ended"]],
        "remarks": list(found.remarks.select_related("author")),
        "sections": sections,
        "may_write": writes,
        "may_remark": found.state != Draft.State.PUBLISHED and may(person, actions.REMARK),
        "approval": ApprovalForm() if decides else None,
    }


def _draft(draft_key: str) -> Draft:
    found = Draft.objects.filter(key=draft_key).first()
    if found is None:
        raise Http404
    return found


def _open(request: HttpRequest, draft_key: str) -> Draft:
    """A draft to be written. Raises: Http404, but a form that was open before gets the action's refusal."""
    found = _draft(draft_key)
    if request.method != "POST" and found.state != Draft.State.WRITTEN:
        raise Http404
    return found


def _sections() -> list[tuple[str, str]]:
    return [(key, name.ja) for key, name in queries.section_names().items()]


def _measure(draft_key: str, number: int) -> DraftMeasure:
    found = DraftMeasure.objects.filter(draft__key=draft_key, number=number).select_related("draft").first()
    if found is None:
        raise Http404
    return found


def _number(request: HttpRequest, draft_key: str) -> int:
    """The measure that the form names. Raises: Http404."""
    text = request.POST.get("number", "")
    if not is_whole(text):
        raise Http404
    return _measure(draft_key, int(text)).number


def _acted(request: HttpRequest, draft_key: str, done: str, do: Callable[[], object]) -> HttpResponse:
    try:
        do()
    except DraftMovedOn:
        raise
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("plan:draft", draft_key)
