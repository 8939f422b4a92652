"""What members of staff say of their own skills."""

from django.db import models

from madoguchi.kernel.vault.public import EncryptedJSONField


class SelfAssessment(models.Model):
    """スキルの自己評価: one a person, sealed; only they read it, and correct or delete it. Deleted after two years.

    Personal data: how a person sees their own skills.
    """

    PERSONAL_DATA = "how a member of staff sees their own skills"
    RETENTION_YEARS = 2

    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="+")
    section_key = models.CharField(max_length=80)
    column_key = models.CharField(max_length=80)
    answers = EncryptedJSONField(row=["person_id"])  # {row: {item: level}}
    answered_on = models.DateField()
