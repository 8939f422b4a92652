"""Who may act for whom, in what, until when, and on what evidence."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from madoguchi.kernel.vault.public import EncryptedJSONField, EncryptedTextField


class Mandate(models.Model):
    """代理権: one person acts for another within a scope and a period.

    Offered by the principal and taken by the agent with a code; or asked for by the agent with evidence, and granted
    by staff. Personal data: who for whom, the facts of a principal who has never signed in (sealed), the evidence;
    keep 5 years after its end.
    """

    PERSONAL_DATA = "principal, agent, facts of the principal, evidence"
    RETENTION_YEARS = 5

    class Basis(models.TextChoices):
        ENTRUSTED = "entrusted", _("委任を受けた人")
        PARENT = "parent", _("親権者")
        GUARDIAN = "guardian", _("成年後見人・保佐人・補助人")

    class State(models.TextChoices):
        OFFERED = "offered", _("コードの入力を待っています")
        ASKED = "asked", _("市が確かめています")
        GRANTED = "granted", _("代理できます")
        REFUSED = "refused", _("認められませんでした")
        ENDED = "ended", _("終わりました")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    principal = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="mandates_given")
    agent = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="mandates_held")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.ENTRUSTED)
    scope = models.JSONField(default=list)  # keys the services name, as `procedures.resident-record-copy`
    valid_until = models.DateField(null=True)  # the last day; a claim gets it with the decision
    state = models.CharField(max_length=8, choices=State)
    code_index = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - blind; gone once it is used
    code_until = models.DateTimeField(null=True)
    claimed = EncryptedJSONField(default=None, null=True, row=["uid"])  # name, address, birthdate as the agent says
    evidence = models.OneToOneField("files.StoredFile", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    reason = EncryptedTextField(blank=True, row=["uid"])  # of a refusal
    made_at = models.DateTimeField()
    granted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="granted")
                | Q(principal__isnull=False, agent__isnull=False, valid_until__isnull=False),
                name="mandates_granted_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(principal=None) | Q(agent=None) | ~Q(principal=F("agent")), name="mandates_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(code_index__isnull=False, code_until__isnull=False),
                name="mandates_offer_has_code",
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(evidence__isnull=False),
                name="mandates_claim_has_evidence",
            ),
        ]

    def is_in_force(self, on: date) -> bool:
        return self.state == self.State.GRANTED and self.valid_until is not None and on <= self.valid_until

    @property
    def principal_name(self) -> str:
        """The principal's name; of a claim that is not decided, as the agent stated it."""
        return self.principal.name if self.principal else str((self.claimed or {}).get("name", ""))
