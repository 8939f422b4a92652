"""Paper of a case, made from the record whenever it is asked for."""

import io
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from madoguchi.kernel.citydata.public import record
from madoguchi.lib import clock
from madoguchi.services.procedures import queries, summaries
from madoguchi.services.procedures.models import Case
from madoguchi.ui.paper import render
from madoguchi.ui.templatetags.face import wareki, yen


def receipt_pdf(case: Case) -> bytes:
    """受付票, in the language of the page it is asked from."""
    answers = [
        {"title": str(group.page.title), "rows": [[line.label, line.value] for line in group.lines]}
        for group in summaries.groups(case.procedure, case.answers, file_names=queries.file_names(case))
        if group.lines
    ]
    section = record("section", case.section_key)
    return render(
        "receipt",
        {
            **_head(case, _("受付票")),
            "lead": _("次の手続を受け付けました。この紙は受付のひかえです。"),
            "qr": _qr(case),
            "qr_alt": _("この手続の画面へのQRコード"),
            "facts_title": _("受付"),
            "facts": _facts(case),
            "answers_title": _("入力の内容"),
            "groups": answers,
            "next_title": _("これからの流れ"),
            "next": _(
                "%(section)sが内容を確認します。直すところがあるときは、マイページとメールでお知らせします。取り下げるときは、決定の前までマイページからできます。"
            )
            % {"section": section.name},
        },
        lang=_lang(),
    )


def decision_pdf(case: Case) -> bytes:
    """決定通知書. An administrative act is worded in Japanese, whatever the page's language."""
    with translation.override("ja"):
        decision, city = case.decision, record("city", "city")
        title = f"{case.procedure.name.ja} {'決定' if decision.approved else '不承認決定'}通知書"
        body = (
            case.procedure.approved_text.ja
            if decision.approved
            else "次の理由により、請求を認めないことを決定しました。"
        )
        return render(
            "decision",
            {
                **_head(case, title, on=decision.decided_at),
                "addressee": f"{case.applicant.name} 様",
                "mayor": city.mayor_title,
                "outcome": ["決定", "承認" if decision.approved else "不承認"],
                "body": body,
                "facts_title": "請求",
                "facts": _facts(case),
                "reason_title": "理由",
                "reason": decision.reason,
                "appeal_title": "不服があるとき（教示）",
                "appeal": decision.appeal,
            },
        )


def _head(case: Case, title: str, on: Any = None) -> dict[str, Any]:
    city, section = record("city", "city"), record("section", case.section_key)
    day = clock.day_of(on or case.submitted_at)
    return {
        "title": title,
        "city": str(city.name),
        "number_label": _("受付番号"),
        "number": case.receipt_number,
        "date": wareki(day),
        "contact": [str(section.name), city.phone] if city.phone else [str(section.name)],
        "contact_title": _("お問い合わせ"),
        "head": [_("項目"), _("内容")],
    }


def _facts(case: Case) -> list[list[str]]:
    facts = [
        [_("手続"), str(case.procedure.name)],
        [_("申請した方"), case.applicant.name],
        *([[_("代理人"), case.mandate.agent.name]] if case.mandate else []),
        [_("受け付けた日"), wareki(clock.day_of(case.submitted_at))],
    ]
    if case.due_on:
        facts.append([_("決定の予定"), _("%(day)sまで") % {"day": wareki(case.due_on)}])
    if case.fee_yen is not None:
        facts.append([_("手数料"), yen(case.fee_yen)])
    return facts


def _qr(case: Case) -> str:
    address = settings.SITE_URL + reverse("procedures:case", args=[case.uid])
    buffer = io.BytesIO()
    segno.make(address).save(buffer, kind="svg", border=0)
    return buffer.getvalue().decode()


def _lang() -> str:
    return "en" if translation.get_language() == "en" else "ja"
