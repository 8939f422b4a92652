"""How long the codes of a survey and its free texts are kept; the figures stay with the survey."""

from madoguchi.lib.keeping import Rows, Rule

RULES = [
    Rule(
        key="surveys.code",
        name="アンケートの回答符号",
        period="開封した年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(model="surveys.Code", ended="survey__opened_on", years="retention_survey_code_years"),
        needs_decision=False,
    ),
    Rule(
        key="surveys.remarks",
        name="アンケートの自由記載",
        period="開封した年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(model="surveys.Remarks", ended="survey__opened_on", years="retention_survey_remark_years"),
    ),
    Rule(
        key="surveys.coding",
        name="自由記載の分類",
        period="開封した年度の翌年度の4月1日から、市のデータが定める年数",
        rows=Rows(model="surveys.Coding", ended="survey__opened_on", years="retention_survey_remark_years"),
        needs_decision=False,
    ),
]
