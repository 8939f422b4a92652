"""Paper of a survey: the letters with the codes, and the questionnaire to fill in by hand."""

import io
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from madoguchi.kernel.citydata.public import record
from madoguchi.services.surveys import sampling
from madoguchi.services.surveys.models import Code, Survey
from madoguchi.services.surveys.pack import Question
from madoguchi.ui.paper import render
from madoguchi.ui.templatetags.face import wareki
from madoguchi.ui.words import active_register

MOST_LETTERS = 200  # one PDF; a printer takes them in bundles
REGISTERS = ("ja", "ja-easy", "en")


def letters_pdf(survey: Survey, codes: list[Code]) -> bytes:
    """One page a letter. The code is made again from the survey's secret, so a bundle can be printed again."""
    days = {"first": wareki(survey.opens_on), "last": wareki(survey.closes_on)}
    people = []
    for found in codes:
        code = sampling.code_of(survey.secret, found.serial, found.issue)
        address = settings.SITE_URL + reverse("surveys:enter_with_code", args=[code])
        people.append({"serial": str(found.serial), "code": sampling.shown(code), "qr": _qr(address)})
    return render(
        "survey_letters",
        {
            **_head(survey, _("アンケートへのご協力のお願い")),
            "people": people,
            "heading": str(survey.questionnaire.title),
            "serial_label": _("整理番号"),
            "lead": _(
                "住民の中から無作為に選んだ方に、この手紙をお送りしています。%(first)sから%(last)sまでにお答えください。"
            )
            % days,
            "code_label": _("回答符号（1回だけ使えます）"),
            "how": _("スマートフォンでQRコードを読むか、%(address)s を開いて、符号を入力してください。")
            % {"address": settings.SITE_URL + reverse("surveys:enter")},
            "qr_alt": _("回答画面へのQRコード"),
            "paper_title": _("紙で答えるとき"),
            "paper": _(
                "同封の調査票に書き、下の回答券を切り取って、調査票と一緒に返信用封筒に入れてください。名前は書かないでください。"
            ),
            "privacy_title": _("名前は残りません"),
            "privacy": _(
                "符号は、答える権利が1回あることを示すだけです。回答は符号と切り離して保管し、締切のあとに混ぜてから集計します。"
            ),
            "ask_title": _("お問い合わせ"),
            "ask": "　".join(_contact(survey)),
            "slip_title": _("回答券（切り取り線）"),
            "slip": _("調査票とは別に受け付け、符号を使用済みにします。インターネットで答えた方は不要です。"),
        },
        lang=_lang(),
    )


def questionnaire_pdf(survey: Survey) -> bytes:
    """調査票 for paper, in the register of the page it is asked from. Branches are said in words."""
    content = survey.questionnaire
    numbers = {question.key: _("問%(n)s") % {"n": n} for n, question in enumerate(content.questions(), 1)}
    return render(
        "questionnaire",
        {
            **_head(survey, str(content.title)),
            "lead": str(content.intro),
            "sheet_number": _("市の整理欄　回答票番号：＿＿＿＿＿＿"),
            "row_head": _("項目"),
            "thanks": str(content.thanks),
            "pages": [
                {
                    "title": str(page.title),
                    "intro": str(page.intro or ""),
                    "questions": [_on_paper(question, numbers[question.key]) for question in page.questions],
                }
                for page in content.pages
            ],
        },
        lang=_lang(),
    )


def _on_paper(question: Question, number: str) -> dict[str, Any]:
    notes = [str(question.branch_note or ""), str(question.hint or "")]
    if question.type == "multiple":
        notes.append(
            _("%(n)sつまで選べます") % {"n": question.maximum} if question.maximum else _("いくつでも選べます")
        )
    elif question.type != "text":
        notes.append(_("1つ選んでください"))
    return {
        "number": number,
        "label": str(question.label),
        "kind": question.type,
        "note": "　".join(note for note in notes if note),
        "options": [str(option.label) for option in question.options],
        "rows": [str(row.label) for row in question.rows],
    }


def _head(survey: Survey, title: str) -> dict[str, Any]:
    city = record("city", "city")
    return {
        "title": title,
        "city": str(city.name),
        "number": "",
        "date": wareki(survey.opens_on),
        "contact": _contact(survey),
        "head": [_("項目"), _("内容")],
    }


def _contact(survey: Survey) -> list[str]:
    city, section = record("city", "city"), record("section", survey.section_key)
    return [str(section.name), *([city.phone] if city.phone else [])]


def _qr(address: str) -> str:
    drawing = io.BytesIO()
    segno.make(address).save(drawing, kind="svg", border=0)
    return drawing.getvalue().decode()


def _lang() -> str:
    return "en" if active_register() == "en" else "ja"


def in_register(register: str) -> Any:
    """Write in that register, whatever the page's language: letters and questionnaires go out in three."""
    return translation.override(register)
