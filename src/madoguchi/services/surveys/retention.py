"""How long the codes of a survey and its free texts are kept; the figures stay with the survey."""

from madoguchi.lib.keeping import Rows, after_years

OPENED = "survey__opened_on"
CODES = Rows(model="surveys.Code", ended=OPENED, years="retention_survey_code_years")
REMARKS = Rows(model="surveys.Remarks", ended=OPENED, years="retention_survey_remark_years")
CODINGS = Rows(model="surveys.Coding", ended=OPENED, years="retention_survey_remark_years")

RULES = [
    after_years("surveys.code", "アンケートの回答符号", "開封した", CODES),
    after_years("surveys.remarks", "アンケートの自由記載", "開封した", REMARKS, needs_decision=True),
    after_years("surveys.coding", "自由記載の分類", "開封した", CODINGS),
]
