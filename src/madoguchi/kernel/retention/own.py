"""How long the retention's own records are kept: what was held, and what was decided to go."""

from madoguchi.lib.keeping import Rows, after_years

HOLDS = Rows(model="retention.Hold", ended="lifted_at", years="retention_hold_years")
DISPOSALS = Rows(model="retention.Disposal", ended="ended_at", years="retention_disposal_years")

RULES = [
    after_years("retention.hold", "解かれた廃棄の停止", "解いた", HOLDS),
    after_years("retention.disposal", "廃棄の決定", "廃棄を終えた", DISPOSALS),
]
