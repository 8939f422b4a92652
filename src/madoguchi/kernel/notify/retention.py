"""How long it is kept that a notice went out: to whom and when, never its words."""

from madoguchi.kernel.notify.models import Notice
from madoguchi.lib.keeping import Rows, after_years

SENT = Rows(
    model="notify.Notice",
    ended="queued_at",
    years="retention_notice_years",
    only={"state__in": [state.value for state in Notice.State if state != Notice.State.QUEUED]},
    people=("recipient",),
)
RULES = [after_years("notify.notice", "お知らせの送信の記録", "送った", SENT)]
