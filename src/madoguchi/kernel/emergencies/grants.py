"""What an open emergency adds to the posts of the person who took it."""

from collections.abc import Iterator

from madoguchi.kernel.accounts.public import Grant, Person
from madoguchi.kernel.citydata.public import UnknownRecord, record
from madoguchi.kernel.emergencies.queries import OPEN, open_of


def taken(person: Person, own: frozenset[Grant]) -> Iterator[Grant]:
    """The permissions of the emergency role in its section. No query for who may not take one.

    Whoever loses the post that allowed it loses the rest as well.
    """
    if not any(grant.permission == OPEN for grant in own):
        return
    access = open_of(person)
    if access is None:
        return
    try:
        role = record("role", access.role_key)
    except UnknownRecord:  # taken out of the pack meanwhile
        return
    for permission in role.permissions:
        yield Grant(permission, access.section_key, access.post, access.ends_at)
