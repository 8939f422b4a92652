"""概算経費 by measure: what is planned, what was spent, and what the replaced system costs. Amounts in thousand yen."""

from django.db import models
from django.db.models import Q


class CostLine(models.Model):
    """経費の行: what a measure costs in one fiscal year, by kind and source of money. No personal data; 30 years."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 30

    class Kind(models.TextChoices):
        BUILD = "build", "構築"
        OPERATE = "operate", "運用"

    class Fund(models.TextChoices):  # 財源内訳 of a budget's explanation (地方自治法施行規則 第15条の2, 別記)
        GENERAL = "general", "一般財源"
        NATIONAL = "national", "国庫支出金"
        PREFECTURE = "prefecture", "都道府県支出金"
        BOND = "bond", "地方債"
        OTHER = "other", "その他"

    measure_key = models.CharField(max_length=80)
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    fund = models.CharField(max_length=10, choices=Fund)
    thousand_yen = models.PositiveIntegerField()  # 見込み
    present_thousand_yen = models.PositiveIntegerField(default=0)  # いままでの額: the replaced system in that year
    actual_thousand_yen = models.PositiveIntegerField(null=True)  # 実績
    actual_source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["measure_key", "fiscal_year", "kind", "fund"]
        constraints = [
            models.UniqueConstraint(fields=["measure_key", "fiscal_year", "kind", "fund"], name="plan_cost_once"),
            models.CheckConstraint(
                condition=Q(kind="build") | Q(present_thousand_yen=0), name="plan_cost_difference_when_building"
            ),
            models.CheckConstraint(
                condition=Q(actual_thousand_yen=None, actual_source="")
                | Q(actual_thousand_yen__isnull=False, actual_source__gt=""),
                name="plan_cost_actual_with_source",
            ),
        ]


class Replaced(models.Model):
    """現行システムの総経費: building and running, of the system that a measure rebuilds. No personal data; 30 years."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 30

    measure_key = models.CharField(max_length=80, unique=True)
    total_thousand_yen = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
