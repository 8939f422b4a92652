"""Refusals, in words that say what to do next."""

from django.utils.translation import gettext as _

from madoguchi.lib.errors import CitizenError


class NotAllowed(CitizenError):
    """The person may not do this. The page answers 403."""

    code = "accounts.not_allowed"

    def __init__(self) -> None:
        super().__init__(
            what=_("この操作をする権限がありません。"),
            next_step=_("必要な場合は、所属の課の管理者に相談してください。"),
        )
