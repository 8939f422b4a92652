"""People who sign in: residents by their identity provider, staff by the city."""

import uuid
from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from madoguchi.kernel.vault.public import EncryptedTextField


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their staff number when they sign in."""


class Person(AbstractBaseUser):
    """利用者: a resident or a member of staff. A resident without a sign-in is known by whoever acts for them.

    Personal data: the identity facts; keep 5 years after the last case.
    """

    PERSONAL_DATA = "name, address, birth date, gender, e-mail (sealed)"
    RETENTION_YEARS = 5

    class Kind(models.TextChoices):
        RESIDENT = "resident", "住民"
        STAFF = "staff", "職員"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    username = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001 - staff number; residents have none
    subject_index = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - blind index of issuer and sub
    facts_index = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - of a resident without sign-in
    name = EncryptedTextField(blank=True, row=["uid"])
    address = EncryptedTextField(blank=True, row=["uid"])
    birthdate_text = EncryptedTextField(blank=True, row=["uid"])  # ISO date
    gender = EncryptedTextField(blank=True, row=["uid"])
    email = EncryptedTextField(blank=True, row=["uid"])
    facts_at = models.DateTimeField(null=True)  # when the identity provider last told us
    language = models.CharField(max_length=10, default="ja")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="staff", username__isnull=False, subject_index__isnull=True, facts_index__isnull=True)
                | Q(kind="resident", username__isnull=True, subject_index__isnull=False, facts_index__isnull=True)
                | Q(kind="resident", username__isnull=True, subject_index__isnull=True, facts_index__isnull=False),
                name="accounts_person_sign_in",
            )
        ]

    @property
    def is_resident(self) -> bool:
        return self.kind == self.Kind.RESIDENT

    @property
    def is_staff_member(self) -> bool:
        return self.kind == self.Kind.STAFF

    @property
    def birthdate(self) -> date | None:
        return date.fromisoformat(self.birthdate_text) if self.birthdate_text else None


class Post(models.Model):
    """職: a role held in a section for a time. Personal data: who; keep 10 years."""

    PERSONAL_DATA = "which person holds which post"
    RETENTION_YEARS = 10

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    section_key = models.CharField(max_length=80)
    role_key = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "section_key", "role_key", "valid_from"], name="accounts_post_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="accounts_post_dates",
            ),
        ]

    def is_held(self, on: date) -> bool:
        """Whether the post is held that day."""
        return self.valid_from <= on and not self.is_over(on)

    def is_over(self, on: date) -> bool:
        return self.valid_until is not None and self.valid_until < on
