"""Building a questionnaire on screen: one question as a form, and questions moved, added and removed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from pydantic import ValidationError as SchemaError

from madoguchi.services.surveys.pack import Page, Question, Questionnaire
from madoguchi.services.surveys.staff_forms import in_words
from madoguchi.ui.forms import FaceForm

TYPES = [
    ("single", "一つ選ぶ"),
    ("multiple", "いくつか選ぶ"),
    ("scale", "尺度（点数つきで一つ選ぶ）"),
    ("matrix", "表（項目ごとに一つ選ぶ）"),
    ("text", "自由記載"),
]
REGISTERS = (("ja", "日本語"), ("easy", "やさしい日本語"), ("en", "英語"))
LINES = {"rows": 6, "spellcheck": "false"}


def _texts(name: str, label: str, *, required: bool) -> dict[str, forms.Field]:
    return {
        f"{name}_{register}": forms.CharField(
            label=f"{label}（{words}）", required=required and register == "ja", max_length=400
        )
        for register, words in REGISTERS
    }


class QuestionForm(FaceForm):
    """One question. Options and rows are lines, their parts set apart by |."""

    def __init__(self, questionnaire: Questionnaire, question: Question | None, data: Any = None) -> None:
        self.questionnaire, self.question = questionnaire, question
        self.base_fields = {
            "key": forms.RegexField(r"^[a-z][a-z0-9_]*$", label="記号", help_text="データの列の名前。例：age"),
            "page": forms.ChoiceField(
                label="画面", choices=[(page.key, page.title.ja) for page in questionnaire.pages]
            ),
            "type": forms.ChoiceField(label="種類", choices=TYPES, widget=forms.RadioSelect),
            **_texts("label", "設問", required=True),
            **_texts("hint", "説明", required=False),
            "options": forms.CharField(
                label="選択肢",
                help_text="1行に1つ：値 | 日本語 | やさしい日本語 | 英語 | 点数（尺度だけ）",
                required=False,
                widget=forms.Textarea(LINES),
            ),
            "rows": forms.CharField(
                label="表の項目",
                help_text="1行に1つ：値 | 日本語 | やさしい日本語 | 英語",
                required=False,
                widget=forms.Textarea(LINES),
            ),
            "maximum": forms.IntegerField(label="選べる数・文字数の上限", required=False, min_value=1),
            "required": forms.BooleanField(label="必ず答えてもらう", required=False),
            "show_if": forms.CharField(
                label="表示する条件", help_text="前の画面の答えで書きます。例：used == 'yes'", required=False
            ),
            **_texts("branch_note", "紙に印刷する条件", required=False),
            "weight_by": forms.ChoiceField(
                label="補正に使う",
                required=False,
                choices=[("", "使わない"), ("age", "年齢"), ("sex", "性別"), ("district", "地区")],
            ),
        }
        super().__init__(data, initial=_initial(questionnaire, question) if question else None)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if self.errors:
            return found
        try:
            question = Question.model_validate(_content(found))
            self.result = _placed(self.questionnaire, self.question, question, found["page"])
        except SchemaError as error:
            raise ValidationError([in_words(problem) for problem in error.errors()]) from error
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return found


def _content(found: dict[str, Any]) -> dict[str, Any]:
    """The question as the schema wants it; empty parts are left out."""
    content = {name: found[name] for name in ("key", "type", "maximum", "required", "show_if", "weight_by")}
    for name in ("label", "hint", "branch_note"):
        content[name] = _local(*(found[f"{name}_{register}"] for register, _ in REGISTERS))
    content["options"] = [_option(line) for line in _lines(found["options"])]
    content["rows"] = [{"key": parts[0], "label": _local(*parts[1:4])} for parts in map(_parts, _lines(found["rows"]))]
    return {name: value for name, value in content.items() if value not in ("", None, [], False)}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _parts(line: str) -> list[str]:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) < 2:
        raise ValueError(f"「{line.strip()}」は、値 | 日本語 の形で書いてください")
    return [*parts, "", "", ""][:5]


def _option(line: str) -> dict[str, Any]:
    value, ja, easy, en, points = _parts(line)
    return {"value": value, "label": _local(ja, easy, en), **({"points": int(points)} if points else {})}


def _local(ja: str = "", easy: str = "", en: str = "") -> dict[str, str] | None:
    return {"ja": ja, "easy": easy, "en": en} if ja else None


def _initial(questionnaire: Questionnaire, question: Question) -> dict[str, Any]:
    page = next(page.key for page in questionnaire.pages if question in page.questions)
    found: dict[str, Any] = {"page": page, **question.model_dump(include={"key", "type", "maximum", "required"})}
    for name in ("label", "hint", "branch_note"):
        text = getattr(question, name)
        found |= {f"{name}_{register}": getattr(text, register) if text else "" for register, _ in REGISTERS}
    return {
        **found,
        "show_if": question.show_if.text if question.show_if else "",
        "weight_by": question.weight_by or "",
        "options": "\n".join(
            " | ".join(
                [option.value, *_three(option.label), *([str(option.points)] if option.points is not None else [])]
            )
            for option in question.options
        ),
        "rows": "\n".join(" | ".join([row.key, *_three(row.label)]) for row in question.rows),
    }


def _points(points: int | None) -> list[str]:
    return [] if points is None else [str(points)]


def _three(text: Any) -> list[str]:
    return [text.ja, text.easy, text.en]


def _placed(content: Questionnaire, old: Question | None, new: Question, page_key: str) -> Questionnaire:
    """The questionnaire with `new` in the place of `old`, or at the end of the page."""
    pages = []
    for page in content.pages:
        questions = [new if question is old and page.key == page_key else question for question in page.questions]
        if page.key == page_key and new not in questions:
            questions.append(new)
        if page.key != page_key:
            questions = [question for question in questions if question is not old]
        pages.append((page, questions))
    return _with_pages(content, pages)


def moved(content: Questionnaire, key: str, step: int) -> Questionnaire:
    """The question one place up (−1) or down (+1) on its page. Raises: ValueError."""
    pages = []
    for page in content.pages:
        questions = list(page.questions)
        place = next((n for n, question in enumerate(questions) if question.key == key), None)
        if place is not None and 0 <= place + step < len(questions):
            questions.insert(place + step, questions.pop(place))
        pages.append((page, questions))
    return _with_pages(content, pages)


def without(content: Questionnaire, key: str) -> Questionnaire:
    """Without the question; a page that is left empty goes too. Raises: ValueError where a branch reads it."""
    return _with_pages(
        content, [(page, [question for question in page.questions if question.key != key]) for page in content.pages]
    )


def _with_pages(content: Questionnaire, pages: list[tuple[Page, list[Question]]]) -> Questionnaire:
    body = content.model_dump(mode="json", exclude_none=True)
    body["pages"] = [
        {
            **page.model_dump(mode="json", exclude_none=True),
            "questions": [question.model_dump(mode="json", exclude_none=True) for question in questions],
        }
        for page, questions in pages
        if questions
    ]
    return Questionnaire.model_validate(body)
