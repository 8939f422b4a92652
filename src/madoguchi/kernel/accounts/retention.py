"""How long posts are kept, and the facts of a resident who signed in once and of whom no record is left."""

from madoguchi.lib.keeping import Rows, after_years

RULES = [
    after_years(
        "accounts.resident",
        "記録のなくなった住民の本人確認の情報",
        "最後に本人確認をした",
        Rows(model="accounts.Person", ended="facts_at", years="retention_resident_years", only={"kind": "resident"}),
    ),
    after_years(
        "accounts.post",
        "職の記録",
        "職が終わった",
        Rows(model="accounts.Post", ended="valid_until", years="retention_post_years", people=("person",)),
    ),
]
