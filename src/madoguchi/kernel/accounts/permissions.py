"""Who may do what: a post gives a role, a role gives permissions, in the sections of the post.

After a reorganisation a post also covers the sections its own section has succeeded: records keep the section they
were made under, and nothing is rewritten.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Protocol

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from madoguchi.kernel.accounts.errors import NotAllowed
from madoguchi.kernel.accounts.models import Person, Post, SectionChange
from madoguchi.kernel.citydata.public import records
from madoguchi.kernel.registry.public import services
from madoguchi.lib import clock

KERNEL_PERMISSIONS = {
    "desk.open": "職員の机を開く",
    "accounts.post.manage": "職員の招待、職の付与と終了、サインインのやり直し",
    "accounts.section.reorganise": "組織改正を予定し、取り消す",
    "emergencies.access.open": "緊急のときに、ほかの課の記録を見る",
    "emergencies.access.review": "緊急閲覧を後から確かめる",
    "mandates.claim.decide": "代理の届出を確かめて、認めるか決める",
    "audit.trail.view": "監査記録を調べる",
    "backup.run.view": "バックアップの記録を見る",
    "jobs.timetable.view": "定期の処理を見る",
    "jobs.dead_letter.handle": "止まった処理をもう一度動かす、取りやめる",
    "citydata.parameter.revise": "料金・期間などの値を加え、訂正する",
    "citydata.parameter.view": "料金・期間などの値を見る",
    "retention.plan.view": "記録の保存期間と廃棄の予定を見る",
    "retention.disposal.confirm": "保存期間を過ぎた記録の廃棄を決める",
    "retention.hold.set": "記録の廃棄を止め、停止を解く",
    "search.missed.view": "検索で見つからなかったことばを見る",
    "search.synonym.add": "検索の同義語を加える",
}


@cache
def permission_names() -> dict[str, str]:
    """Every permission of this installation, in the words a clerk reads."""
    return {**KERNEL_PERMISSIONS, **{key: name for service in services() for key, name in service.permissions.items()}}


class HasSection(Protocol):
    """A target that belongs to a section."""

    section_key: str


@dataclass(frozen=True)
class Grant:
    """One permission in one section by one post; `section_key` None means every section.

    `until` is the moment a permission taken for an emergency ends; `post` then is what allowed to take it.
    """

    permission: str
    section_key: str | None
    post: Post
    until: datetime | None = None


TakenGrants = Callable[[Person, frozenset[Grant]], Iterable[Grant]]


@cache
def _taken() -> list[TakenGrants]:
    """What adds to a person's posts for a while: `f(person, grants of the posts)`."""
    return [import_string(path) for path in settings.TAKEN_GRANTS]


def grants(person: Person, *, on: date) -> frozenset[Grant]:
    """Everything the posts a person holds that day allow, and today what they took for an emergency.

    Three queries, one more for who may take; then remembered on the person.
    """
    remembered: dict[date, frozenset[Grant]] = person.__dict__.setdefault("_grants", {})
    if on not in remembered:
        roles = {role.key: role for role in records("role")} if person.is_staff_member else {}
        posts = (
            list(person.posts.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)) if roles else []
        )
        covered = _covered(on) if posts else {}
        own = frozenset(
            Grant(permission, section_key, post)
            for post in posts
            if (role := roles.get(post.role_key))
            for permission in role.permissions
            for section_key in ([None] if role.everywhere else {post.section_key, *covered.get(post.section_key, ())})
        )
        taken = [grant for take in _taken() for grant in take(person, own)] if own and on == clock.today() else []
        remembered[on] = own.union(taken)
    return remembered[on]


def _covered(on: date) -> dict[str, set[str]]:
    """The sections each section has succeeded by that day, directly or through others."""
    direct: dict[str, set[str]] = defaultdict(set)
    for old, new in SectionChange.successions(on=on):
        direct[new].add(old)
    whole: dict[str, set[str]] = {}
    for key in list(direct):
        found: set[str] = set()
        waiting = [key]
        while waiting:
            fresh = direct.get(waiting.pop(), set()) - found
            found |= fresh
            waiting.extend(fresh)
        whole[key] = found - {key}
    return whole


def sections_with(person: Person, permission: str) -> frozenset[str] | None:
    """The sections in which a person has the permission; None means all of them."""
    found = {grant.section_key for grant in grants(person, on=clock.today()) if grant.permission == permission}
    return None if None in found else frozenset(key for key in found if key)


def may(person: Person, permission: str, target: HasSection | None = None) -> bool:
    """Whether the person has the permission, in the target's section when there is a target."""
    return _post_for(person, permission, target) is not None


def require(person: Person, permission: str, target: HasSection | None = None) -> Post:
    """The post that allows it, for the trail: the act keeps section and role as they were. Raises: NotAllowed."""
    post = _post_for(person, permission, target)
    if post is None:
        raise NotAllowed
    return post


def _post_for(person: Person, permission: str, target: HasSection | None) -> Post | None:
    if not getattr(person, "is_staff_member", False) or not person.is_active:
        return None
    posts = [
        grant.post
        for grant in grants(person, on=clock.today())
        if grant.permission == permission
        and (target is None or grant.section_key is None or grant.section_key == target.section_key)
    ]
    return min(posts, key=lambda post: post.pk, default=None)
