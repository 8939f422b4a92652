"""Two letters of a fictional city, and how to read what was printed."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import segno
from pypdf import PdfReader

from madoguchi.ui.paper import render

ROOT = Path(__file__).parents[5]
FONTS = Path(os.environ.get("PAPER_FONT_DIR", ROOT / "node_modules" / "@expo-google-fonts" / "biz-udpgothic"))

HEAD = {
    "city": "例示市",
    "number_label": "受付番号",
    "number": "R8-000123-7",
    "date": "令和8年11月24日（火）",
    "contact": ["市民課", "電話 000-0000"],
    "contact_title": "お問い合わせ",
    "head": ["項目", "内容"],
    "facts": [["手続", "住民票の写し"], ["申請した方", "窓口　花子"]],
}
REFUSAL = {
    **HEAD,
    "title": "不承認決定通知書",
    "addressee": "窓口　花子 様",
    "mayor": "例示市長",
    "outcome": ["決定", "承認しません"],
    "body": "次の理由により、請求を認めないことを決定しました。",
    "facts_title": "請求",
    "reason_title": "理由",
    "reason": "生計を同じくする関係を確かめることができませんでした。",
    "appeal_title": "不服があるとき（教示）",
    "appeal": "この決定があったことを知った日の翌日から起算して3か月以内に、審査請求をすることができます。",
}
APPROVAL = {
    **REFUSAL,
    "title": "決定通知書",
    "outcome": ["決定", "承認します"],
    "body": "次のとおり決定しました。",
    "reason": "",
    "appeal": "",
}


def _qr() -> str:
    drawing = io.BytesIO()
    segno.make("http://localhost/procedures/1").save(drawing, kind="svg", border=0)
    return drawing.getvalue().decode()


RECEIPT = {
    **HEAD,
    "title": "受付票",
    "lead": "次の手続を受け付けました。",
    "qr": _qr(),
    "qr_alt": "この手続の画面へのQRコード",
    "facts_title": "受付",
    "next_title": "これからの流れ",
    "next": "市民課が内容を確認します。",
    "answers_title": "入力の内容",
    "answers": [["使う目的", "パスポートの申請"]],
}


def letter(template: str, data: dict[str, Any], **changes: Any) -> PdfReader:
    """The finished letter, opened for reading."""
    lang = changes.pop("lang", "ja")
    return PdfReader(io.BytesIO(render(template, {**data, **changes}, lang=lang, fonts=FONTS)))


def words(pdf: PdfReader) -> str:
    """All that is printed, without the spaces and line ends of typesetting."""
    return "".join("".join(page.extract_text() for page in pdf.pages).split())


def elements(pdf: PdfReader) -> Iterator[Any]:
    """The structure elements that a screen reader meets, in order."""
    yield from _below(pdf.trailer["/Root"]["/StructTreeRoot"])


def _below(node: Any) -> Iterator[Any]:
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(child, dict) and "/S" in child:
            yield child
            yield from _below(child)
