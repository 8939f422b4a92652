"""What the residents' pages show, and what happens with what they send back."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from madoguchi.kernel.citydata.public import parameter, record
from madoguchi.kernel.files.public import FileRefused
from madoguchi.kernel.mandates.public import acting
from madoguchi.lib import clock
from madoguchi.lib.numbers import is_whole
from madoguchi.services.procedures import actions, queries, rules, suggestions, summaries
from madoguchi.services.procedures.forms import (
    DEFAULT_MAX_FILES,
    PageForm,
    SubmitForm,
    with_row_added,
    with_row_removed,
)
from madoguchi.services.procedures.models import Case, Correction
from madoguchi.services.procedures.pack import Page, Procedure
from madoguchi.ui.templatetags.face import clocktime, wareki

Screen = dict[str, Any]


def start_screen(procedure: Procedure, *, today: date) -> Screen:
    """The page before a procedure: facts, conditions, other ways."""
    fee = procedure.fee
    prices = [(record("parameter", key), parameter(key, on=today)) for key in fee.parameters] if fee else []
    return {
        "procedure": procedure,
        "section": record("section", procedure.section),
        "prices": prices,
        "start": reverse("procedures:start", args=[procedure.key]),
    }


def next_address(case: Case) -> str:
    """Where to go on: the first page not yet answered, else the check page; a submitted case has its own page."""
    if case.state != Case.State.DRAFT:
        return reverse("procedures:case", args=[case.uid])
    for page in case.procedure.pages:
        if page.key not in case.pages_done:
            return reverse("procedures:page", args=[case.uid, page.key])
    return first_gap(case) or reverse("procedures:check", args=[case.uid])


def first_gap(case: Case) -> str | None:
    """The first page with a file that does not open, or on which something required is missing."""
    for page in [*queries.pages_with_bad_files(case), *rules.incomplete_pages(case.procedure, case.answers)]:
        return reverse("procedures:page", args=[case.uid, page.key])
    return None


def steps(case: Case, current: int) -> Screen:
    """The way through: identification, the pages, the check."""
    labels = [_("本人確認"), *(str(page.title) for page in case.procedure.pages), _("確認")]
    return {"steps": labels, "current_step": current}


def page_screen(case: Case, page_key: str, *, today: date, form: PageForm | None = None, notice: str = "") -> Screen:
    """One page of questions."""
    procedure = case.procedure
    page = procedure.page(page_key)
    form = form or PageForm(page, case.answers, today=today)
    keys = [found.key for found in procedure.pages]
    place = keys.index(page_key)
    previous = reverse("procedures:page", args=[case.uid, keys[place - 1]]) if place else ""
    return {
        "case": case,
        "procedure": procedure,
        "page": page,
        "form": form,
        "suggestions": suggestions.of_page(page, {key: form[key].value() for key in form.fields}),
        "notice": notice,
        "back": previous or reverse("procedures:procedure", args=[procedure.key]),
        "next_title": procedure.pages[place + 1].title if place + 1 < len(keys) else _("確認"),
        "files": list(case.attachments.select_related("file").order_by("pk")),
        "source": _source(case),
        "kept_until": _kept_until(case),
        **steps(case, place + 2),
    }


def _kept_until(case: Case) -> date | None:
    """The day a draft is promised to be kept until; None where the city has not said."""
    saved = clock.day_of(case.saved_at)
    days = queries.draft_days(saved)
    return saved + timedelta(days=days) if days is not None else None


def _source(case: Case) -> str:
    """Where a known fact comes from, and as of when."""
    moment = case.applicant.facts_at
    if moment is None:
        return ""
    return _("本人確認サービスから・%(day)s %(time)s") % {"day": wareki(moment), "time": clocktime(moment)}


class Turn:
    """What a resident sent from a page: kept, checked, and the next address or the page again."""

    def __init__(self, request: HttpRequest, case: Case, page_key: str) -> None:
        self.request, self.case, self.page_key = request, case, page_key
        self.page: Page = case.procedure.page(page_key)
        self.today = clock.today()
        self.form = PageForm(self.page, case.answers, today=self.today, data=request.POST, files=request.FILES)
        self.screen: Screen = {}
        self.status = 200

    def keep(self, *, done: bool = False) -> str:
        """Save what is valid; the time of saving in words."""
        self.case = actions.save_answers(
            self.case.uid,
            by=acting(self.request),
            page_key=self.page_key,
            answers=self.form.answers(),
            done=done,
            now=clock.now(),
        )
        return clocktime(self.case.saved_at)

    def take(self) -> str | None:
        """The next address, or None when the page is to be shown again (`screen`, `status`)."""
        post = self.request.POST
        for question in self.page.questions:
            if f"{question.key}-add" in post:
                return self._again(typed=with_row_added(self.form, question.key))
            if gone := post.get(f"{question.key}-remove"):
                return self._again(typed=with_row_removed(self.form, question.key, int(gone) if is_whole(gone) else -1))
        if "use" in post:
            typed = self.form.typed()
            return self._again(typed=typed | suggestions.of_page(self.page, typed))
        if uid := post.get("detach"):
            actions.detach(self.case.uid, by=acting(self.request), file_uid=UUID(uid), now=clock.now())
            self.keep()
            return self._again(typed=self.form.typed(), notice=self._number_lost())
        received = self._take_files()
        if "later" in post:
            self.keep()
            return reverse("portal:my_page")
        self.form.is_valid()
        if "attach" in post or self.form.newly_asked():
            self.keep()
            more = _("答えに合わせて、質問が増えました。つづきを入力してください。")
            notice = (more if self.form.newly_asked() and "attach" not in post else "") + self._number_lost()
            return self._again(typed=self.form.typed(), refused=not received, notice=notice)
        self._require_files()
        if self.form.errors:
            self.keep()
            return self._again(refused=True)
        self.keep(done=True)
        return next_address(self.case)

    def _take_files(self) -> bool:
        """Store every file that came along; False when one was refused."""
        for question in self.form.visible:
            upload = self.request.FILES.get(question.key) if question.type == "file" else None
            if upload is None:
                continue
            if self.case.attachments.filter(question_key=question.key).count() >= (
                question.maximum or DEFAULT_MAX_FILES
            ):
                self.form.add_error(question.key, _("これ以上は追加できません。いらないファイルを消してください"))
                return False
            try:
                actions.attach(
                    self.case.uid,
                    by=acting(self.request),
                    question_key=question.key,
                    upload=upload,
                    now=clock.now(),
                )
            except FileRefused as error:
                self.form.add_error(question.key, str(error))
                return False
        return True

    def _require_files(self) -> None:
        attached = list(self.case.attachments.select_related("file"))
        given = {attachment.question_key for attachment in attached if not attachment.file.is_bad}
        bad = {attachment.question_key for attachment in attached if attachment.file.is_bad}
        for question in self.form.visible:
            missing = question.type == "file" and question.required and question.key not in given
            if missing and not self.form.has_error(question.key):
                self.form.add_error(question.key, _("%(label)sのファイルを選んでください") % {"label": question.label})
            if question.key in bad:
                self.form.add_error(question.key, _("開けないファイルを消して、別のファイルを選んでください"))

    def _number_lost(self) -> str:
        """A personal number is never sent back to the page: one that was not taken has to be asked for in words."""
        lost = any(
            question.type == "personal_number" and self.form.has_error(question.key) for question in self.form.visible
        )
        return _("個人番号は受け取っていません。番号を確かめて、もう一度入力してください。") if lost else ""

    def _again(self, *, typed: Screen | None = None, refused: bool = False, notice: str = "") -> None:
        fresh = queries.own_case(acting(self.request), self.case.uid)
        form = self.form if refused else PageForm(self.page, fresh.answers, today=self.today, typed=typed)
        self.screen = page_screen(fresh, self.page_key, today=self.today, form=form, notice=notice)
        self.status = 400 if refused else 200


def check_screen(case: Case, form: SubmitForm, today: date) -> Screen:
    """All answers, the fee with its working, and the deadline, before anything is sent."""
    procedure = case.procedure
    change = {page.key: reverse("procedures:page", args=[case.uid, page.key]) for page in procedure.pages}
    names = queries.file_names(case)
    hints = {
        key: _("登録の書き方では「%(address)s」です") % {"address": address}
        for page in procedure.pages
        for key, address in suggestions.of_page(page, case.answers).items()
    }
    return {
        "case": case,
        "procedure": procedure,
        "form": form,
        "groups": summaries.groups(procedure, case.answers, file_names=names, change=change, hints=hints),
        "fee_yen": actions.fee_of(case, today),
        "deadline": rules.deadline(procedure, case.answers, today),
        "back": change[procedure.pages[-1].key],
        **steps(case, len(procedure.pages) + 2),
    }


def case_screen(case: Case) -> Screen:
    """The receipt: number, state, what happens when."""
    procedure = case.procedure
    return {
        "case": case,
        "procedure": procedure,
        "section": record("section", case.section_key),
        "groups": summaries.groups(procedure, case.answers, file_names=queries.file_names(case)),
        "stages": _stages(case),
        "correction": case.corrections.filter(answered_at=None).first(),
        "bad_files": [item.file for item in case.attachments.select_related("file") if item.file.is_bad],
        "decision": getattr(case, "decision", None),
        "can_withdraw": rules.next_state("withdraw", case.state) is not None,
    }


def _stages(case: Case) -> list[dict[str, str]]:
    state = Case.State
    submitted = f"{wareki(case.submitted_at)} {clocktime(case.submitted_at)}"
    due = _("%(day)sまでの予定") % {"day": wareki(case.due_on)} if case.due_on else ""
    middle = _("補正をお願いしています") if case.state == state.CORRECTING else _("内容の確認")
    closed = case.closed_at is not None
    last = str(case.get_state_display()) if closed else _("決定")
    return [
        {"label": _("受付"), "note": submitted, "state": "done"},
        {"label": middle, "note": "", "state": "done" if closed else "current"},
        {
            "label": last,
            "note": wareki(case.closed_at) if closed else due,
            "state": "done" if closed else "",
        },
    ]


class CorrectionTurn:
    """The one question asked again, with the message of the office."""

    def __init__(self, request: HttpRequest, case: Case, correction: Correction) -> None:
        self.request, self.case = request, case
        self.question = case.procedure.question(correction.question_key)
        alone = self.question.model_copy(update={"show_if": None})
        page = Page(key="correct", title=alone.label, questions=(alone,))
        data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        self.form = PageForm(page, case.answers, today=clock.today(), data=data, files=files)
        self.status = 400 if data is not None else 200
        self.screen: Screen = {
            "case": case,
            "procedure": case.procedure,
            "correction": correction,
            "form": self.form,
            "files": list(case.attachments.select_related("file").filter(question_key=self.question.key)),
        }

    def take(self) -> bool:
        """True when the answer was valid and is handed in."""
        key = self.question.key
        value = self.form.answers().get(key)
        if upload := self.request.FILES.get(key):
            try:
                file = actions.attach(
                    self.case.uid, by=acting(self.request), question_key=key, upload=upload, now=clock.now()
                )
            except FileRefused as error:
                self.form.add_error(key, str(error))
                return False
            value = [*(self.case.answers.get(key) or []), str(file.uid)]
        elif self.question.type == "file":
            self.form.add_error(key, _("%(label)sのファイルを選んでください") % {"label": self.question.label})
        if self.form.errors:
            return False
        actions.answer_correction(self.case.uid, by=acting(self.request), value=value, now=clock.now())
        return True
