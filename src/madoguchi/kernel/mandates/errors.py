"""Refusals, in words that say what to do next."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from madoguchi.lib.errors import CitizenError


class NotMandated(CitizenError, PermissionDenied):
    """The mandate does not cover the act, or is no longer in force. The page answers 403."""

    code = "mandates.not_mandated"

    def __init__(self) -> None:
        super().__init__(
            what=_("この手続は、いまの代理の範囲に入っていないか、代理の期間が終わっています。"),
            next_step=_("本人の操作にもどすか、本人に新しい委任を頼んでください。"),
        )


class CodeNotValid(CitizenError):
    """No offer waits for that code: mistyped, used, taken back, or older than ten days."""

    code = "mandates.code_not_valid"

    def __init__(self) -> None:
        super().__init__(
            what=_("コードが合わないか、もう使われたか、期限（10日）が過ぎています。"),
            next_step=_("入力を確かめるか、委任する人に新しいコードを頼んでください。"),
        )


class OwnCode(CitizenError):
    """Nobody is their own agent."""

    code = "mandates.own_code"

    def __init__(self) -> None:
        super().__init__(
            what=_("これは、ご自分で作ったコードです。"),
            next_step=_("代理する人が、その人のサインインで入力します。"),
        )


class NotDecidable(CitizenError):
    """The claim was decided, or the decision is not whole. Staff read Japanese."""

    code = "mandates.not_decidable"

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what=what, next_step=next_step)
