"""The shape of a questionnaire: in the city pack as a form to start from, in a survey as what people are asked."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from madoguchi.kernel.citydata.public import Collection, PackModel, PackRecord
from madoguchi.lib.expressions import Expression
from madoguchi.ui.words import LocalText

KEY = r"^[a-z][a-z0-9_]*$"
VALUE = r"^[a-z0-9][a-z0-9_]*$"
MOST_OPTIONS = 200  # an answer is kept in one byte, and some values mean "no answer"

QuestionType = Literal["single", "multiple", "scale", "matrix", "text"]
Dimension = Literal["age", "sex", "district"]


class Option(PackModel):
    """選択肢. `points` of a scale go into the weighted mean; an option without points is left out of it."""

    value: str = Field(pattern=VALUE)
    label: LocalText
    points: int | None = None


class Row(PackModel):
    """One line of a matrix: asked with the options of the question."""

    key: str = Field(pattern=VALUE)
    label: LocalText


class Question(PackModel):
    """設問. `show_if` is CEL over answers of earlier pages, `branch_note` says the same on paper.

    `weight_by` marks the question that tells age band, sex or district; its labels are those of the population table.
    """

    key: str = Field(pattern=KEY)
    type: QuestionType
    label: LocalText
    hint: LocalText | None = None
    required: bool = False
    options: tuple[Option, ...] = Field(default=(), max_length=MOST_OPTIONS)
    rows: tuple[Row, ...] = ()
    maximum: int | None = Field(default=None, gt=0)  # of choices, or of characters in free text
    show_if: Expression | None = None
    branch_note: LocalText | None = None
    weight_by: Dimension | None = None

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        values = [option.value for option in self.options]
        if len(values) != len(set(values)) or len({row.key for row in self.rows}) != len(self.rows):
            raise ValueError("two options or two rows have the same value")
        if (self.type == "text") == bool(self.options):
            raise ValueError("every question but free text needs options")
        if (self.type == "matrix") != bool(self.rows):
            raise ValueError("a matrix needs rows, and only a matrix has them")
        if self.type == "scale" and not any(option.points is not None for option in self.options):
            raise ValueError("a scale needs points")
        if self.weight_by and self.type != "single":
            raise ValueError("weights come from a question with one answer")
        if bool(self.show_if) != bool(self.branch_note):
            raise ValueError("a branch needs show_if for the screen and branch_note for the paper")
        return self

    @property
    def has_points(self) -> bool:
        return any(option.points is not None for option in self.options)


class Page(PackModel):
    """One screen."""

    key: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: LocalText
    intro: LocalText | None = None
    questions: tuple[Question, ...] = Field(min_length=1)


class Questionnaire(PackRecord):
    """調査票."""

    source: str = ""
    title: LocalText
    intro: LocalText
    population: LocalText
    thanks: LocalText = LocalText(
        ja="ご協力ありがとうございました。",
        easy="ありがとうございました。",
        en="Thank you for your answers.",
    )
    pages: tuple[Page, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        earlier: set[str] = set()
        pages = [page.key for page in self.pages]
        if len(pages) != len(set(pages)):
            raise ValueError("two pages have the same key")
        for page in self.pages:
            for question in page.questions:
                if question.show_if and (unknown := question.show_if.names() - earlier):
                    raise ValueError(
                        f"{question.key}: show_if reads {', '.join(sorted(unknown))}, which no earlier page asks"
                    )
            earlier |= {question.key for question in page.questions}
        keys = [question.key for question in self.questions()]
        if len(keys) != len(set(keys)):
            raise ValueError("two questions have the same key")
        dimensions = [question.weight_by for question in self.questions() if question.weight_by]
        if len(dimensions) != len(set(dimensions)):
            raise ValueError("two questions have the same weight_by")
        return self

    def questions(self) -> Iterator[Question]:
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


COLLECTIONS = (Collection("surveys.questionnaire", "surveys/*.yaml", Questionnaire),)
