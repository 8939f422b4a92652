"""Signing in, the facts of a person, and posts."""

from datetime import date, datetime
from typing import Protocol

from django.db import models, transaction

from madoguchi.kernel.accounts.actions.sessions import end_other_sessions
from madoguchi.kernel.accounts.models import Person, Post
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.vault.public import blind_index
from madoguchi.lib import clock


class IdentityFacts(Protocol):
    """What an identity provider says of a resident."""

    @property
    def issuer(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def birthdate(self) -> date: ...
    @property
    def gender(self) -> str: ...


@transaction.atomic
def sign_in_resident(facts: IdentityFacts, *, language: str = "ja") -> Person:
    """The resident those facts name; made on the first sign-in, in the language of the page, refreshed afterwards."""
    index = blind_index(f"{facts.issuer}|{facts.subject}", context="accounts.person.subject")
    person, _created = Person.objects.select_for_update().get_or_create(
        subject_index=index, defaults={"kind": Person.Kind.RESIDENT, "language": language}
    )
    person.name, person.address, person.gender = facts.name, facts.address, facts.gender
    person.birthdate_text = facts.birthdate.isoformat()
    person.facts_at = clock.now()
    person.save()
    record("accounts.person.signed_in", actor=person, target=person, detail={"level": facts.level})
    return person


def represented(*, name: str, address: str, birthdate: date) -> Person:
    """A resident whom others act for, known by the facts staff saw on paper; the same facts are the same person."""
    facts = "|".join((name, birthdate.isoformat(), address))
    person, _created = Person.objects.get_or_create(
        facts_index=blind_index(facts, context="accounts.person.facts"),
        defaults={
            "kind": Person.Kind.RESIDENT,
            "name": name,
            "address": address,
            "birthdate_text": birthdate.isoformat(),
        },
    )
    return person


@transaction.atomic
def set_language(person: Person, language: str) -> None:
    """The register in which the person reads and is written to."""
    person.language = language
    person.save(update_fields=["language"])
    record("accounts.person.language_set", actor=person, target=person, detail={"language": language})


@transaction.atomic
def set_email(person: Person, email: str) -> None:
    """Where notices go."""
    person.email = email
    person.save(update_fields=["email"])
    record("accounts.person.email_set", actor=person, target=person)


@transaction.atomic
def note_staff_sign_in(person: Person, *, way: str) -> None:
    """Both factors were right."""
    record("accounts.staff.signed_in", actor=person, target=person, detail={"way": way})


@transaction.atomic
def change_password(person: Person, password: str, *, actor: Person, now: datetime) -> None:
    """A new password; every session opened with the old one ends."""
    person.set_password(password)
    person.save(update_fields=["password"])
    record("accounts.person.password_changed", actor=actor, target=person)
    end_other_sessions(person, keep=None, actor=actor, now=now)


@transaction.atomic
def ensure_staff(
    username: str,
    *,
    name: str,
    password: str,
    posts: list[tuple[str, str]],
    today: date,
    actor: models.Model | None,
) -> Person:
    """A member of staff with these (section, role) posts; safe to re-run, never touches an existing password."""
    person, created = Person.objects.get_or_create(
        username=username, defaults={"kind": Person.Kind.STAFF, "name": name}
    )
    if created:
        person.set_password(password)
        person.save(update_fields=["password"])
        for section_key, role_key in posts:
            Post.objects.create(person=person, section_key=section_key, role_key=role_key, valid_from=today)
        record("accounts.staff.created", actor=actor, target=person, detail={"posts": len(posts)})
    return person
