"""What can stand in the way, in words that say what to do next."""

from madoguchi.lib.errors import CitizenError


class TableMovedOn(CitizenError):
    """Somebody else changed the table between the preview and the confirmation."""

    code = "plan.table_moved_on"

    def __init__(self) -> None:
        super().__init__(
            what="確認している間に、ほかの人が表を変えました。まだ何も取り込んでいません。",
            next_step="もう一度ファイルを選んで、違いを確かめてください。",
        )


class NotPossibleNow(CitizenError):
    """The report is in a state that does not allow the act."""

    code = "plan.not_possible_now"

    def __init__(self, state_label: str) -> None:
        super().__init__(
            what=f"この進捗管理表はいま「{state_label}」のため、その操作はできません。",
            next_step="画面を開きなおして、いまの状態を確かめてください。",
        )


class Incomplete(CitizenError):
    """Something a report owes is missing; `gaps` are the sentences."""

    code = "plan.incomplete"

    def __init__(self, gaps: list[str]) -> None:
        self.gaps = gaps
        super().__init__(
            what="まだ提出できません。" + "".join(gaps), next_step="書いてから、もう一度提出してください。"
        )


class TextMissing(CitizenError):
    """An act that needs words came without them."""

    code = "plan.text_missing"

    def __init__(self, what: str) -> None:
        super().__init__(what=f"{what}が書かれていません。", next_step="書いてから、もう一度押してください。")


class TextTooLong(CitizenError):
    """More words than are kept; nothing is cut off."""

    code = "plan.text_too_long"

    def __init__(self, what: str, length: int, most: int) -> None:
        super().__init__(what=f"{what}が{length}文字あります。", next_step=f"{most}文字までに短くしてください。")


class WorkbookRefused(CitizenError):
    """The file is no 進捗管理表 of ours, or is damaged."""

    code = "plan.workbook_refused"


class NothingChanges(CitizenError):
    """A revision that leaves everything as it was."""

    code = "plan.nothing_changes"

    def __init__(self) -> None:
        super().__init__(
            what="計画の内容が変わっていません。", next_step="変える半期を選んでから、もう一度押してください。"
        )


class NotCompleted(CitizenError):
    """An evaluation is made of completed measures, and changed until it is confirmed."""

    code = "plan.not_completed"

    def __init__(self) -> None:
        super().__init__(
            what="この施策は、まだすべての工程が完了していないか、評価が確定しています。",
            next_step="進捗管理表の完了日を確かめてください。",
        )


class ReasonOwed(CitizenError):
    """A grade that differs from the rule's needs its reason."""

    code = "plan.reason_owed"

    def __init__(self) -> None:
        super().__init__(what="規則の判定と違うのに、理由がありません。", next_step="理由を書いてください。")


class DraftNotPossible(CitizenError):
    """The draft of the next plan does not allow the act; `what` is the sentence."""

    code = "plan.draft_not_possible"

    def __init__(self, what: str) -> None:
        super().__init__(what=what, next_step="画面を開きなおして、いまの状態を確かめてください。")


class DraftMovedOn(CitizenError):
    """Somebody else changed the same fields of a draft or of its measure meanwhile; `fields` are their names."""

    code = "plan.draft_moved_on"

    def __init__(self, fields: list[str]) -> None:
        self.fields = fields
        super().__init__(
            what="書いている間に、ほかの人が同じ欄を改めました。まだ何も変えていません。",
            next_step="いまの案を確かめて、残す文で、もう一度改めてください。",
        )


class LineMovedOn(CitizenError):
    """Somebody else entered, corrected or removed the same cost meanwhile."""

    code = "plan.line_moved_on"

    def __init__(self, fiscal_year: int) -> None:
        super().__init__(
            what=f"{fiscal_year}年度の同じ区分・財源の行は、もうあるか、ほかの人が先に直しています。まだ何も変えていません。",
            next_step="いまの行を確かめて、「直す」から書きなおしてください。",
        )


class CountedFromLines(CitizenError):
    """The actual cost follows from the cost lines, so nobody types it."""

    code = "plan.counted_from_lines"

    def __init__(self) -> None:
        super().__init__(
            what="この施策の実績額は、経費の行から計算しています。",
            next_step="経費の画面で、行の実績を直してください。",
        )
