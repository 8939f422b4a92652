"""How long mandates are kept, with their evidence: what was in force, and what never came to be."""

from typing import Any

from madoguchi.lib.keeping import Rows, Rule


def _rule(key: str, name: str, over: str, *, ended: str, **only: Any) -> Rule:
    rows = Rows(
        model="mandates.Mandate",
        ended=ended,
        years="retention_mandate_years",
        only=only,
        people=("principal", "agent"),
        file="evidence",
    )
    period = f"{over}年度の翌年度の4月1日から、市のデータが定める年数"
    return Rule(key=f"mandates.{key}", name=name, period=period, rows=rows, needs_decision=False)


RULES = [
    _rule("ended", "終わった代理、認めなかった届出", "終わった", ended="ended_at"),
    _rule("lapsed", "期間が終わった代理", "期間が終わった", ended="valid_until", ended_at=None, state="granted"),
    _rule("offer", "使われなかった代理のコード", "期限が過ぎた", ended="code_until", state="offered"),
]
