"""How long it is kept that a notice went out: to whom and when, never its words."""

from madoguchi.kernel.notify.models import Notice
from madoguchi.lib.keeping import Rows, Rule

RULES = [
    Rule(
        key="notify.notice",
        name="お知らせの送信の記録",
        period="送った年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(
            model="notify.Notice",
            ended="queued_at",
            years="retention_notice_years",
            only={"state__in": [state.value for state in Notice.State if state != Notice.State.QUEUED]},
            people=("recipient",),
        ),
        needs_decision=False,
    )
]
