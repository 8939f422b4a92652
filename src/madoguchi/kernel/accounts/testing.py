"""For tests: people, and browsers that are signed in."""

from datetime import date

from django.test import Client

from madoguchi.kernel.accounts.actions import ensure_staff
from madoguchi.kernel.accounts.models import Person
from madoguchi.kernel.accounts.sessions import mark
from madoguchi.lib import clock

PASSWORD = "a-long-test-password"


def make_resident(key: str = "hanako", name: str = "窓口 花子") -> Person:
    """A fictional resident as the identity provider would tell of one."""
    return Person.objects.create(
        kind=Person.Kind.RESIDENT,
        subject_index=key.ljust(64, "-"),
        name=name,
        address="架空県例示市見本町一丁目2番3号",
        birthdate_text="1992-04-15",
        gender="2",
        email=f"{key}@example.jp",
        facts_at=clock.now(),
    )


def make_staff(section_key: str, role_key: str) -> Person:
    """A member of staff with one post since 2020."""
    return ensure_staff(
        f"{role_key}-{section_key}",
        name=f"職員 {section_key}（架空）",
        password=PASSWORD,
        posts=[(section_key, role_key)],
        today=date(2020, 4, 1),
        actor=None,
    )


def signed_in(person: Person, *, level: int = 3) -> Client:
    """A browser in which the person is signed in just now, with that identity level; staff with a second factor."""
    client = Client()
    client.force_login(person)
    session = client.session
    way = "totp" if person.is_staff_member else "provider"
    mark(session, way=way, level=level, proved_at=clock.now(), now=clock.now())
    session.save()
    return client
