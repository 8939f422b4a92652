"""How long it is kept that somebody looked in an emergency."""

from madoguchi.lib.keeping import Rows, after_years

ACCESS = Rows(
    model="emergencies.EmergencyAccess", ended="reviewed_at", years="retention_emergency_years", people=("person",)
)
RULES = [after_years("emergencies.access", "緊急閲覧の記録", "確かめた", ACCESS)]
