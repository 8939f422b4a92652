"""Refusals, in words that say what to do next."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from madoguchi.lib import clock
from madoguchi.lib.errors import CitizenError


class NotAllowed(CitizenError, PermissionDenied):
    """The person may not do this. The page answers 403."""

    code = "accounts.not_allowed"

    def __init__(self) -> None:
        super().__init__(
            what=_("この操作をする権限がありません。"),
            next_step=_("必要な場合は、所属の課の管理者に相談してください。"),
        )


class TooManyTries(CitizenError):
    """The limit is reached; nothing was checked, not even a right answer."""

    code = "accounts.too_many_tries"

    def __init__(self, until: datetime, *, just_closed: bool) -> None:
        at = until.astimezone(clock.TOKYO)
        super().__init__(
            what=_("続けて何度も試されたため、%(hour)d時%(minute)02d分まで受け付けません。")
            % {"hour": at.hour, "minute": at.minute},
            next_step=_("正しく入力しても、それまでは進めません。時間をおいてお試しください。"),
        )
        self.just_closed = just_closed


class WrongPassword(CitizenError):
    """Number and password do not belong together, or the number is not in use. Staff read Japanese."""

    code = "accounts.wrong_password"

    def __init__(self) -> None:
        super().__init__(
            what="職員番号とパスワードの組み合わせが登録と合いません。",
            next_step="もう一度入力してください。5回続くと15分間受け付けません。",
        )


class WrongCode(CitizenError):
    """Neither the app's code of this moment nor an unused recovery code."""

    code = "accounts.wrong_code"

    def __init__(self) -> None:
        super().__init__(
            what="コードが合わないか、もう使われています。",
            next_step="認証アプリの次のコードを待って入力するか、使っていない回復コードを入力してください。",
        )


class PasskeyNotAccepted(CitizenError):
    """The answer of the passkey did not hold, or nobody here registered it."""

    code = "accounts.passkey_not_accepted"

    def __init__(self) -> None:
        super().__init__(
            what="このパスキーを確かめられませんでした。",
            next_step="もう一度試すか、職員番号とパスワードで進んでください。",
        )


class LastFactor(CitizenError):
    """Without a passkey or an app nobody could sign in any more."""

    code = "accounts.last_factor"

    def __init__(self) -> None:
        super().__init__(
            what="最後の認証手段は外せません。",
            next_step="先に別のパスキーか認証アプリを登録してください。",
        )


class InvitationNotValid(CitizenError):
    """Number and one-time code do not belong together, or the code was used or is older than 72 hours."""

    code = "accounts.invitation_not_valid"

    def __init__(self) -> None:
        super().__init__(
            what="職員番号と招待コードの組み合わせが合わないか、期限（72時間）が過ぎています。",
            next_step="入力を確かめるか、担当に新しいコードを頼んでください。",
        )


class PostNotPossible(CitizenError):
    """The post or the person cannot be written like this."""

    code = "accounts.post_not_possible"

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what=what, next_step=next_step)


class PlanNotPossible(CitizenError):
    """The reorganisation cannot be planned or taken back like this."""

    code = "accounts.plan_not_possible"

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what=what, next_step=next_step)


class NumberUnknown(CitizenError):
    """The city's provider vouches for somebody who has no sign-in here."""

    code = "accounts.number_unknown"

    def __init__(self) -> None:
        super().__init__(
            what="市の認証基盤での確認はできましたが、この窓口に登録がありません。",
            next_step="所属の課の管理者に、招待を頼んでください。",
        )
