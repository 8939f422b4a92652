"""What can stand in the way, in words that say what to do next."""

from django.utils.translation import gettext as _

from madoguchi.lib.errors import CitizenError


class NotPossibleNow(CitizenError):
    """The case is in a state that does not allow the act."""

    code = "procedures.not_possible_now"

    def __init__(self, state_label: str) -> None:
        super().__init__(
            what=_("この手続はいま「%(state)s」のため、その操作はできません。") % {"state": state_label},
            next_step=_("画面を開きなおして、いまの状態を確かめてください。"),
        )


class IncompleteCase(CitizenError):
    """Something required is missing; `page_key` is the first page with a gap."""

    code = "procedures.incomplete"

    def __init__(self, page_key: str, title: str) -> None:
        self.page_key = page_key
        super().__init__(
            what=_("「%(page)s」に、まだ答えていないところがあります。") % {"page": title},
            next_step=_("入力してから、もう一度おすすみください。"),
        )


class BadFile(IncompleteCase):
    """A file that a scan has shut for good stands on the page `page_key`."""

    code = "procedures.bad_file"

    def __init__(self, page_key: str, title: str) -> None:
        self.page_key = page_key
        CitizenError.__init__(
            self,
            what=_("「%(page)s」に、開けないファイルがあります。") % {"page": title},
            next_step=_("そのファイルを消して、別のファイルを選んでください。"),
        )


class HasHolder(CitizenError):
    """Somebody else has the case."""

    code = "procedures.has_holder"

    def __init__(self) -> None:
        super().__init__(
            what="ほかの人が担当しています。", next_step="引き継ぐときは、「担当を渡す」で自分を選んでください。"
        )


class NotTheirCase(CitizenError):
    """The case would go to somebody who may not decide it."""

    code = "procedures.not_their_case"

    def __init__(self, name: str) -> None:
        super().__init__(
            what=f"{name}さんは、この申請を決める職にありません。", next_step="この課の担当の人を選んでください。"
        )


class ReasonMissing(CitizenError):
    """A refusal or a request for correction without its reason."""

    code = "procedures.reason_missing"

    def __init__(self) -> None:
        super().__init__(what="理由が書かれていません。", next_step="相手に伝わる理由を書いてください。")
