"""How long mandates are kept, with their evidence: what was in force, and what never came to be."""

from typing import Any

from madoguchi.lib.keeping import Rows, Rule, after_years


def _rule(key: str, name: str, over: str, *, ended: str, **only: Any) -> Rule:
    rows = Rows(
        model="mandates.Mandate",
        ended=ended,
        years="retention_mandate_years",
        only=only,
        people=("principal", "agent"),
        file="evidence",
    )
    return after_years(f"mandates.{key}", name, over, rows)


RULES = [
    _rule("ended", "終わった代理、認めなかった届出", "終わった", ended="ended_at"),
    _rule("lapsed", "期間が終わった代理", "期間が終わった", ended="valid_until", ended_at=None, state="granted"),
    _rule("offer", "使われなかった代理のコード", "期限が過ぎた", ended="code_until", state="offered"),
]
