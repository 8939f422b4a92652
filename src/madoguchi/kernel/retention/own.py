"""How long the retention's own records are kept: what was held, and what was decided to go."""

from madoguchi.lib.keeping import Rows, Rule

RULES = [
    Rule(
        key="retention.hold",
        name="解かれた廃棄の停止",
        period="解いた年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(model="retention.Hold", ended="lifted_at", years="retention_hold_years"),
        needs_decision=False,
    ),
    Rule(
        key="retention.disposal",
        name="廃棄の決定",
        period="廃棄を終えた年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(model="retention.Disposal", ended="ended_at", years="retention_disposal_years"),
        needs_decision=False,
    ),
]
