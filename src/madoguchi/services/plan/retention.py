"""How long the talk about reports is kept; reports, promises, decisions and verdicts stay with the plan."""

from madoguchi.lib.keeping import Rows, Rule

RULES = [
    Rule(
        key="plan.remark",
        name="進捗管理表の意見・質問",
        period="書いた年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(model="plan.Remark", ended="written_at", years="retention_plan_remark_years"),
        needs_decision=False,
    ),
    Rule(
        key="plan.draft_remark",
        name="次の計画の案への意見",
        period="書いた年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(model="plan.DraftRemark", ended="written_at", years="retention_plan_remark_years"),
        needs_decision=False,
    ),
    Rule(
        key="plan.aside",
        name="進捗管理表の行き違い",
        period="選ばれた年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(model="plan.Aside", ended="resolved_at", years="retention_plan_remark_years"),
        needs_decision=False,
    ),
    Rule(
        key="plan.intake",
        name="Excelの取込みの記録",
        period="届いた年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(model="plan.Intake", ended="sent_at", years="retention_plan_intake_years"),
        needs_decision=False,
    ),
]
