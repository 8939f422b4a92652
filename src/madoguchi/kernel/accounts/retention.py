"""How long posts are kept, and the facts of a resident who signed in once and of whom no record is left."""

from madoguchi.lib.keeping import Rows, Rule

RULES = [
    Rule(
        key="accounts.resident",
        name="記録のなくなった住民の本人確認の情報",
        period="最後に本人確認をした年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(
            model="accounts.Person",
            ended="facts_at",
            years="retention_resident_years",
            only={"kind": "resident"},
        ),
        needs_decision=False,
    ),
    Rule(
        key="accounts.post",
        name="職の記録",
        period="職が終わった年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(model="accounts.Post", ended="valid_until", years="retention_post_years", people=("person",)),
        needs_decision=False,
    ),
]
