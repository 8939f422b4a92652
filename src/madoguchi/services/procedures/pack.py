"""The shape of a procedure in the city pack: one file defines one procedure, questions, fee and deadline included."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from madoguchi.kernel.citydata.public import Collection, PackModel, PackRecord, ParameterKey, SectionKey
from madoguchi.lib.expressions import Expression
from madoguchi.ui.words import LocalText

FieldType = Literal[
    "text", "kana", "textarea", "phone", "email", "number", "digits", "date", "choice", "choices", "file", "rows",
    "personal_number",
]  # fmt: skip
Fact = Literal["name", "address", "birthdate", "gender", "email"]
KEY = r"^[a-z][a-z0-9_]*$"


class Option(PackModel):
    """One answer of a choice."""

    value: str = Field(pattern=KEY)
    label: LocalText
    hint: LocalText | None = None


class Question(PackModel):
    """One field of a page. `show_if` is CEL over the answers; `prefill` names a fact the identity provider gave."""

    key: str = Field(pattern=KEY)
    type: FieldType
    label: LocalText
    hint: LocalText | None = None
    required: bool = True
    options: tuple[Option, ...] = ()
    minimum: int | None = None
    maximum: int | None = None  # of a number, of characters or digits in text, of rows, of files
    prefill: Fact | None = None
    show_if: Expression | None = None
    autocomplete: str = ""
    past_only: bool = False  # a date that cannot lie in the future
    fields: tuple["Question", ...] = ()  # of one row
    row_name: LocalText | None = None  # what one row is called: 子ども
    legal_basis: str = ""  # of a 個人番号: what allows the city to ask for it (番号法9条)

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if (self.type in {"choice", "choices"}) != bool(self.options):
            raise ValueError("a choice needs options, and only a choice has them")
        if (self.type == "rows") != bool(self.fields):
            raise ValueError("rows need fields, and only rows have them")
        if any(inner.type in {"rows", "file"} for inner in self.fields):
            raise ValueError("a row holds no further rows and no files")
        if any(inner.type == "personal_number" for inner in self.fields):
            raise ValueError("a personal number stands alone, not in a row")
        if (self.type == "personal_number") != bool(self.legal_basis):
            raise ValueError("a personal number needs its legal_basis, and only it has one")
        if self.type == "personal_number" and self.required:
            raise ValueError("a personal number is asked with required: false, for the office may look it up itself")
        return self


class Page(PackModel):
    """One screen of questions about one subject."""

    key: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: LocalText
    intro: LocalText | None = None
    questions: tuple[Question, ...] = Field(min_length=1)


class Fee(PackModel):
    """手数料 in yen: CEL over the answers and the named dated parameters."""

    yen: Expression
    parameters: tuple[ParameterKey, ...] = ()
    working: LocalText  # how it is computed, for people
    note: LocalText | None = None


class Deadline(PackModel):
    """申請の期限: so many days after the date in a field. Late is accepted with `late` said, never refused."""

    question: str
    days: int = Field(gt=0)
    text: LocalText
    late: LocalText


class Way(PackModel):
    """Another way to the same end, for people without a device."""

    way: Literal["counter", "post", "phone", "online"]
    text: LocalText


class Procedure(PackRecord):
    """手続: everything a resident reads and answers, and what the office owes in return."""

    name: LocalText
    kana: str
    summary: LocalText
    section: SectionKey
    life_events: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    identity_level: Literal[1, 2, 3]
    proof_minutes: int = Field(default=0, ge=0)  # how old the proof of identity may be when it is handed in; 0: any
    who: tuple[LocalText, ...] = Field(min_length=1)
    minutes: int
    arrival: LocalText
    prepare: tuple[LocalText, ...] = ()
    ways: tuple[Way, ...] = Field(min_length=1)
    standard_working_days: int = Field(gt=0)  # 標準処理期間, in working days of the city
    correction_working_days: int = Field(default=10, gt=0)  # the reasonable period for 補正
    fee: Fee | None = None
    deadline: Deadline | None = None
    legal_basis: str
    appeal: LocalText  # 教示, printed on a refusal
    retention_years: int = Field(gt=0)
    approved_text: LocalText  # what the approval letter says happens next
    pages: tuple[Page, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        keys = [question.key for question in self.questions()]
        if len(keys) != len(set(keys)):
            raise ValueError("two questions have the same key")
        if self.deadline and self.deadline.question not in keys:
            raise ValueError(f"the deadline counts from {self.deadline.question!r}, which is not asked")
        known = {*keys, *(self.fee.parameters if self.fee else ())}
        for expression in self._expressions():
            if unknown := expression.names() - known:
                raise ValueError(f"{expression.text!r} uses {', '.join(sorted(unknown))}, which is not asked")
        return self

    def questions(self) -> Iterator[Question]:
        """Every question in order, rows as one."""
        for page in self.pages:
            yield from page.questions

    def question(self, key: str) -> Question:
        """Raises: KeyError."""
        for question in self.questions():
            if question.key == key:
                return question
        raise KeyError(key)

    def page(self, key: str) -> Page:
        """Raises: KeyError."""
        for page in self.pages:
            if page.key == key:
                return page
        raise KeyError(key)

    def page_of(self, question_key: str) -> Page:
        """The page that asks a question. Raises: KeyError."""
        for page in self.pages:
            if any(question.key == question_key for question in page.questions):
                return page
        raise KeyError(question_key)

    def _expressions(self) -> Iterator[Expression]:
        if self.fee:
            yield self.fee.yen
        for question in self.questions():
            if question.show_if:
                yield question.show_if


class Guide(PackRecord):
    """手続の案内: a procedure that is not online yet; what it is and which section sees to it."""

    name: LocalText
    kana: str
    summary: LocalText
    section: SectionKey | None = None  # without one the city's main number helps
    life_events: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


COLLECTIONS = (
    Collection("procedure", "procedures/*.yaml", Procedure),
    Collection("procedures.guide", "guides.yaml", Guide, many="guides"),
)
