"""Surveys: whom to ask, who may still answer, what is waiting in the box, and the answers once the box was opened.

No column and no order links a code to an answer; docs/decisions/0039-anonymous-answers.md says how.
"""

import secrets
import uuid

from django.db import models
from django.db.models import F, Q

from madoguchi.kernel.vault.public import EncryptedJSONField, EncryptedTextField
from madoguchi.services.surveys.pack import Questionnaire


def random_id() -> int:
    """An id that says nothing about when the row was made; JavaScript and every database can hold it."""
    return secrets.randbelow(2**53 - 1) + 1


class Survey(models.Model):
    """調査: one survey of one section, from its design to its published result. No personal data; keep 10 years."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 10

    class State(models.TextChoices):
        DRAFT = "draft", "準備中"
        RUNNING = "running", "実施中"
        OPENED = "opened", "開封済み"
        PUBLISHED = "published", "公表済み"

    key = models.SlugField(max_length=40, unique=True)
    section_key = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    opens_on = models.DateField()
    closes_on = models.DateField()
    version = models.ForeignKey("Version", models.PROTECT, related_name="+", null=True)
    previous = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    population_source = models.CharField(max_length=200, blank=True)
    population_on = models.DateField(null=True)
    secret = EncryptedTextField(row=["key"])  # the codes are made from it
    seed = models.CharField(max_length=40, blank=True)  # the draw can be repeated with it
    frame_digest = models.CharField(max_length=64, blank=True)  # of the list that was drawn from
    papers_received = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)  # once opened
    opened_on = models.DateField(null=True)
    published_on = models.DateField(null=True)

    class Meta:
        ordering = ["-opens_on", "key"]
        constraints = [
            models.CheckConstraint(condition=Q(opens_on__lte=F("closes_on")), name="surveys_dates"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "running"]) | Q(opened_on__isnull=False), name="surveys_opened_on"
            ),
        ]

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked; load it with `select_related("version")`."""
        return self.version.questionnaire


class Version(models.Model):
    """調査票の版: never changed; a correction is a new version, until answers exist. No personal data."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 10

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="surveys_version_number")]

    @property
    def questionnaire(self) -> Questionnaire:
        return Questionnaire.model_validate(self.content)


class Stratum(models.Model):
    """層: an age band, of one sex and district where the table says so. No personal data."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 10

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="strata")
    number = models.PositiveIntegerField()
    age_from = models.PositiveSmallIntegerField()
    age_to = models.PositiveSmallIntegerField(null=True)  # None: and over
    sex = models.CharField(max_length=20, blank=True)
    district = models.CharField(max_length=60, blank=True)
    population = models.PositiveIntegerField()
    expected_percent = models.FloatField()
    letters = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="surveys_stratum_number"),
            models.CheckConstraint(
                condition=Q(letters__lte=F("population")), name="surveys_no_more_letters_than_people"
            ),
            models.CheckConstraint(
                condition=Q(expected_percent__gt=0, expected_percent__lte=100), name="surveys_expected_percent"
            ),
        ]

    @property
    def age(self) -> str:
        """18～19歳, 70歳以上: how reports print age bands."""
        return f"{self.age_from}歳以上" if self.age_to is None else f"{self.age_from}～{self.age_to}歳"

    @property
    def label(self) -> str:
        return " ".join(part for part in (self.age, self.sex, self.district) if part)


class Code(models.Model):
    """回答符号: the right to answer once. Says whether it was used and on which day, never what was answered.

    Personal data: who keeps the mailing list knows who got which serial number; no names here. Keep 1 year.
    """

    PERSONAL_DATA = "whether a numbered letter was answered; names are not kept"
    RETENTION_YEARS = 1

    class Use(models.TextChoices):
        NOT_YET = "", "未使用"
        ONLINE = "online", "インターネット"
        PAPER = "paper", "紙"

    id = models.BigAutoField(primary_key=True, default=random_id)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="codes")
    stratum = models.ForeignKey(Stratum, models.PROTECT, related_name="codes")
    serial = models.PositiveIntegerField()
    issue = models.PositiveSmallIntegerField(default=1)
    index = models.CharField(max_length=64, unique=True)  # blind index; the code itself is not stored
    use = models.CharField(max_length=6, choices=Use, default=Use.NOT_YET, blank=True)
    used_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "serial"], name="surveys_code_serial"),
            models.CheckConstraint(
                condition=Q(use="", used_on=None) | (~Q(use="") & Q(used_on__isnull=False)), name="surveys_code_use"
            ),
        ]
        indexes = [models.Index(fields=["survey", "use"], name="surveys_code_state")]


class Draft(models.Model):
    """書きかけ: answers of someone who is still answering, found by a random token that only the browser holds.

    Personal data: answers (sealed); deleted when handed in, on opening, or once `kept_until` is past.
    """

    PERSONAL_DATA = "unfinished answers (sealed)"
    RETENTION_YEARS = 0

    id = models.BigAutoField(primary_key=True, default=random_id)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="drafts")
    token_index = models.CharField(max_length=64, unique=True)
    answers = EncryptedJSONField(default=dict, row=["id"])
    kept_until = models.DateField()


class Envelope(models.Model):
    """封筒: one answer in the box, without a code, a time or an order. Emptied when the box is opened.

    Personal data: answers (sealed).
    """

    PERSONAL_DATA = "answers (sealed)"
    RETENTION_YEARS = 0

    id = models.BigAutoField(primary_key=True, default=random_id)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="envelopes")
    answers = EncryptedJSONField(row=["id"])


class Sheet(models.Model):
    """紙の回答票: numbered by stamp after it was separated from its slip, keyed by two people.

    Personal data: answers (sealed); emptied when the box is opened.
    """

    PERSONAL_DATA = "answers (sealed)"
    RETENTION_YEARS = 0

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="sheets")
    number = models.PositiveIntegerField()
    first = EncryptedJSONField(default=dict, row=["survey_id", "number"])
    first_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    second = EncryptedJSONField(default=dict, row=["survey_id", "number"])
    second_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", null=True)
    agreed = EncryptedJSONField(default=dict, row=["survey_id", "number"])
    is_agreed = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="surveys_sheet_number"),
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=F("first_by")), name="surveys_sheet_two_people"
            ),
        ]


class Column(models.Model):
    """回答データの列: one byte an answer, all columns in the same shuffled order. No personal data by itself."""

    PERSONAL_DATA = "none: answers that lead to nobody"
    RETENTION_YEARS = 10

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="columns")
    item = models.CharField(max_length=120)
    codes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "item"], name="surveys_column_item")]


class Remarks(models.Model):
    """自由記載: the free texts of one question, each with its place in the columns.

    Personal data: what people wrote (sealed); keep 5 years.
    """

    PERSONAL_DATA = "free text (sealed)"
    RETENTION_YEARS = 5

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="remarks")
    question = models.CharField(max_length=80)
    texts = EncryptedJSONField(row=["survey_id", "question"])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "question"], name="surveys_remarks_question")]


class Theme(models.Model):
    """分類: one code of the codebook for a question with free text. No personal data."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 10

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="themes")
    question = models.CharField(max_length=80)
    label = models.CharField(max_length=80)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["survey", "question", "label"], name="surveys_theme_label")]


class Coding(models.Model):
    """分類の付与: the code one coder gave one remark. Personal data: who coded; keep 5 years."""

    PERSONAL_DATA = "which member of staff coded"
    RETENTION_YEARS = 5

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="codings")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    question = models.CharField(max_length=80)
    place = models.PositiveIntegerField()
    coder = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "question", "place", "coder"], name="surveys_one_code_a_coder")
        ]
