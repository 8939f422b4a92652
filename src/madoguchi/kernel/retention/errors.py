"""Refusals of the records page, in words that say what to do."""

from madoguchi.lib.errors import CitizenError


class PreviewChanged(CitizenError):
    code = "retention-preview-changed"

    def __init__(self) -> None:
        super().__init__(what="確かめたあとに、件数が変わりました。", next_step="もう一度確かめてから決めてください。")


class DisposalRuns(CitizenError):
    code = "retention-disposal-runs"

    def __init__(self) -> None:
        super().__init__(what="この規則の廃棄は、いま進んでいます。", next_step="終わってから確かめてください。")


class NoSuchRecord(CitizenError):
    code = "retention-no-record"

    def __init__(self) -> None:
        super().__init__(what="その番号の記録は見つかりません。", next_step="番号を確かめてください。")


class HeldAlready(CitizenError):
    code = "retention-held"

    def __init__(self) -> None:
        super().__init__(what="この記録の廃棄は、もう止まっています。", next_step="下の一覧を見てください。")
