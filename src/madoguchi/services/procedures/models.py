"""Cases: one application of one person, from the first saved answer to the decision."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madoguchi.kernel.vault.public import EncryptedJSONField, EncryptedTextField, RowKeyField

if TYPE_CHECKING:
    from madoguchi.services.procedures.pack import Procedure


class Case(models.Model):
    """申請: pinned to the revision of the procedure it was begun with.

    Personal data: applicant and answers (sealed); a draft is kept 30 days after the last change,
    a case as many years after its end as its procedure says.
    """

    PERSONAL_DATA = "applicant, answers"
    RETENTION_YEARS = 5

    class State(models.TextChoices):
        DRAFT = "draft", _("入力中")
        SUBMITTED = "submitted", _("受付済み")
        CORRECTING = "correcting", _("補正をお願いしています")
        APPROVED = "approved", _("承認")
        REFUSED = "refused", _("不承認")
        WITHDRAWN = "withdrawn", _("取下げ")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    applicant = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    mandate = models.ForeignKey("mandates.Mandate", models.PROTECT, null=True, related_name="+")  # begun by an agent
    procedure_key = models.CharField(max_length=80)
    revision = models.ForeignKey("citydata.Revision", models.PROTECT, related_name="+")
    section_key = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    seal_key = RowKeyField(row=["uid"])  # of everything people wrote in this case
    answers = EncryptedJSONField(default=dict, row=["uid"], key_in="seal_key")
    pages_done = models.JSONField(default=list)
    saved_at = models.DateTimeField()
    receipt_number = models.CharField(max_length=20, unique=True, null=True)  # noqa: DJ001 - a draft has none
    holder = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")  # 担当
    fee_yen = models.PositiveIntegerField(null=True)
    submitted_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)  # by 標準処理期間; None while the clock pauses
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "procedure_key"],
                condition=Q(state="draft", mandate=None),
                name="procedures_one_draft",
            ),
            models.UniqueConstraint(
                fields=["mandate", "procedure_key"],
                condition=Q(state="draft", mandate__isnull=False),
                name="procedures_one_draft_of_an_agent",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", receipt_number=None)
                | (~Q(state="draft") & Q(receipt_number__isnull=False, submitted_at__isnull=False)),
                name="procedures_receipt_when_submitted",
            ),
        ]
        indexes = [
            # covers the desk's list and counts: ten thousand sealed answers stay unread
            models.Index(
                fields=["section_key", "state", "due_on", "submitted_at", "holder"], name="procedures_desk_list"
            ),
            models.Index(fields=["applicant", "state"], name="procedures_my_page"),
        ]

    @property
    def procedure(self) -> "Procedure":
        """The definition the case is pinned to; load it with `select_related("revision__record")`."""
        return self.revision.content


class ReceiptSerial(models.Model):
    """受付番号: the last serial of a fiscal year, taken under a row lock. No personal data."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None

    fiscal_year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)


class Attachment(models.Model):
    """添付書類: a stored file given as the answer to one question. Personal data: the file; kept with its case."""

    PERSONAL_DATA = "the uploaded document"
    RETENTION_YEARS = 5

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    question_key = models.CharField(max_length=80)
    file = models.OneToOneField("files.StoredFile", models.PROTECT, related_name="+")


class Correction(models.Model):
    """補正: one question the applicant is asked to answer anew. While it is open the clock pauses.

    Personal data: message and answers (sealed); kept with its case.
    """

    PERSONAL_DATA = "message, answer before and after"
    RETENTION_YEARS = 5

    case = models.ForeignKey(Case, models.PROTECT, related_name="corrections")
    question_key = models.CharField(max_length=80)
    message = EncryptedTextField(row=["case_id", "question_key"], key_in="case.seal_key")
    asked_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    before = EncryptedJSONField(default=None, null=True, row=["case_id", "question_key"], key_in="case.seal_key")
    after = EncryptedJSONField(default=None, null=True, row=["case_id", "question_key"], key_in="case.seal_key")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at=None), name="procedures_one_open_correction"
            )
        ]


class Decision(models.Model):
    """処分: approval, or refusal with its reason and 教示. Personal data: reason (sealed); kept with its case."""

    PERSONAL_DATA = "reason"
    RETENTION_YEARS = 5

    case = models.OneToOneField(Case, models.PROTECT, related_name="decision")
    approved = models.BooleanField()
    reason = EncryptedTextField(blank=True, row=["case_id"], key_in="case.seal_key")
    appeal = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=True) | (~Q(reason="") & ~Q(appeal="")),
                name="procedures_refusal_has_reason_and_appeal",
            )
        ]
