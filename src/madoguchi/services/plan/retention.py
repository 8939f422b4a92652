"""How long the talk about reports is kept; reports, promises, decisions and verdicts stay with the plan."""

from madoguchi.lib.keeping import Rows, after_years

TALK = "retention_plan_remark_years"

RULES = [
    after_years(
        "plan.remark", "進捗管理表の意見・質問", "書いた", Rows(model="plan.Remark", ended="written_at", years=TALK)
    ),
    after_years(
        "plan.draft_remark",
        "次の計画の案への意見",
        "書いた",
        Rows(model="plan.DraftRemark", ended="written_at", years=TALK),
    ),
    after_years(
        "plan.aside", "進捗管理表の行き違い", "選ばれた", Rows(model="plan.Aside", ended="resolved_at", years=TALK)
    ),
    after_years(
        "plan.intake",
        "Excelの取込みの記録",
        "届いた",
        Rows(model="plan.Intake", ended="sent_at", years="retention_plan_intake_years"),
    ),
]
