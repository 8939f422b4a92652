"""The half-yearly report: periods, steps of the measures, and what the sections say about them."""

from django.db import models
from django.db.models import F, Q

from madoguchi.lib.halfyear import HalfYear


class Period(models.Model):
    """報告の期: one half-year that is being reported. No personal data; kept with the plan."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None

    half = models.CharField(max_length=6, unique=True)  # 2020H1
    due_on = models.DateField()  # 提出期限
    check_by = models.DateField()  # 情報管理課の確認期限
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(due_on__lte=F("check_by")), name="plan_period_dates")]

    @property
    def half_year(self) -> HalfYear:
        return HalfYear.parse(self.half)


class Step(models.Model):
    """工程: one bar of a task as scheduled now. Taken back it stays, with the day. No personal data."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None

    measure_key = models.CharField(max_length=80)
    key = models.CharField(max_length=20)  # 2, or 2-1 for the first bar of the second task
    title = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    planned_first = models.CharField(max_length=6, blank=True)  # empty: the plan states no time
    planned_last = models.CharField(max_length=6, blank=True)  # empty with a first: the plan states no end
    withdrawn_on = models.DateField(null=True)

    class Meta:
        ordering = ["measure_key", "position"]
        constraints = [
            models.UniqueConstraint(fields=["measure_key", "key"], name="plan_step_key"),
            models.CheckConstraint(
                condition=Q(planned_last="") | Q(planned_first__gt="", planned_first__lte=F("planned_last")),
                name="plan_step_bar",
            ),
        ]


class Report(models.Model):
    """進捗管理表: what the lead section says of one measure in one period. Personal data: who acted."""

    PERSONAL_DATA = "which member of staff submitted and checked"
    RETENTION_YEARS = None

    class State(models.TextChoices):
        OPEN = "open", "作成中"
        SUBMITTED = "submitted", "提出済み"
        RETURNED = "returned", "差戻し"
        CONFIRMED = "confirmed", "確認済み"
        FIXED = "fixed", "確定"

    period = models.ForeignKey(Period, models.PROTECT, related_name="reports")
    measure_key = models.CharField(max_length=80)
    section_key = models.CharField(max_length=80)  # the first of the lead sections
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    issues = models.TextField(blank=True)  # 新たな課題
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "measure_key"], name="plan_report_once")]
        indexes = [models.Index(fields=["measure_key", "period"], name="plan_report_of_measure")]


class Line(models.Model):
    """進捗管理表の行: the dated facts of one step as one report states them. No personal data."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None

    report = models.ForeignKey(Report, models.CASCADE, related_name="lines")
    step = models.ForeignKey(Step, models.PROTECT, related_name="lines")
    started_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    forecast_first = models.CharField(max_length=6, blank=True)
    forecast_last = models.CharField(max_length=6, blank=True)
    reason = models.TextField(blank=True)  # why forecast or facts differ from the plan
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "step"], name="plan_line_once")]


class Remark(models.Model):
    """意見・質問: what a section or the plan office wrote under a report. Personal data: who; keep 10 years."""

    PERSONAL_DATA = "which member of staff wrote"
    RETENTION_YEARS = 10

    class Kind(models.TextChoices):
        COMMENT = "comment", "意見"
        QUESTION = "question", "質問"
        ANSWER = "answer", "回答"

    report = models.ForeignKey(Report, models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    section_key = models.CharField(max_length=80)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]


class Aside(models.Model):
    """行き違い: words that met a newer text of somebody else, until a person chose. Personal data: who; 10 years."""

    PERSONAL_DATA = "which member of staff wrote"
    RETENTION_YEARS = 10

    report = models.ForeignKey(Report, models.CASCADE, related_name="asides")
    line = models.ForeignKey(Line, models.CASCADE, null=True, related_name="asides")
    field = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)


class Intake(models.Model):
    """取込み待ち: what a filled-in workbook would change, until confirmed. Personal data: who sent it; keep 1 year."""

    PERSONAL_DATA = "which member of staff sent the file"
    RETENTION_YEARS = 1

    period = models.ForeignKey(Period, models.PROTECT, related_name="intakes")
    section_key = models.CharField(max_length=80)
    sender = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    edits = models.JSONField()
    sent_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
