"""How long it is kept that somebody looked in an emergency."""

from madoguchi.lib.keeping import Rows, Rule

RULES = [
    Rule(
        key="emergencies.access",
        name="緊急閲覧の記録",
        period="確かめた年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(
            model="emergencies.EmergencyAccess",
            ended="reviewed_at",
            years="retention_emergency_years",
            people=("person",),
        ),
        needs_decision=False,
    )
]
