"""What can stand in the way, in words that say what to do next."""

from django.utils.translation import gettext as _

from madoguchi.lib.errors import CitizenError


class CodeUnknown(CitizenError):
    """No letter has this code, or it was replaced by a newer letter."""

    code = "surveys.code_unknown"

    def __init__(self) -> None:
        super().__init__(
            what=_("この符号は見つかりません。"),
            next_step=_("手紙の符号をもう一度確かめてください。手紙が2通届いたときは、新しい方をお使いください。"),
        )


class CodeUsed(CitizenError):
    """The right to answer was used, on line or on paper."""

    code = "surveys.code_used"

    def __init__(self) -> None:
        super().__init__(
            what=_("この符号の回答は、もう受け取っています。"),
            next_step=_("1通の手紙で答えられるのは1回です。ご協力ありがとうございました。"),
        )


class NotOpenNow(CitizenError):
    """The survey takes no answers today."""

    code = "surveys.not_open"

    def __init__(self) -> None:
        super().__init__(
            what=_("このアンケートは、いまは回答を受け付けていません。"),
            next_step=_("手紙にある期間を確かめてください。"),
        )


class AnswerMissing(CitizenError):
    """A required question has no answer; `page_key` is where."""

    code = "surveys.answer_missing"

    def __init__(self, page_key: str) -> None:
        self.page_key = page_key
        super().__init__(
            what=_("まだ答えていない必須の設問があります。"), next_step=_("この画面の設問に答えてください。")
        )


class NotPossibleNow(CitizenError):
    """The survey is in a state that does not allow the act."""

    code = "surveys.not_possible_now"

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what=what, next_step=next_step)


class TableRefused(CitizenError):
    """An uploaded table cannot be taken; nothing of it was."""

    code = "surveys.table_refused"

    def __init__(self, what: str) -> None:
        super().__init__(what=what, next_step="表を直して、もう一度送ってください。何も取り込んでいません。")
