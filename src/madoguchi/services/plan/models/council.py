"""ICT戦略会議: meetings, their agenda, what was decided and what became of it."""

from django.db import models


class Meeting(models.Model):
    """会議: one meeting of the council. No personal data; kept with the plan."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None

    title = models.CharField(max_length=120)
    held_on = models.DateField(unique=True)
    period = models.ForeignKey("plan.Period", models.PROTECT, null=True, related_name="meetings")
    closed_at = models.DateTimeField(null=True)  # the minutes are complete; nothing is added any more

    class Meta:
        ordering = ["-held_on"]


class AgendaItem(models.Model):
    """議題: what is put before the council; collected by rule or added by the secretary. No personal data."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None

    class Kind(models.TextChoices):
        OVERVIEW = "overview", "進捗の概要"
        CHANGE = "change", "大きな変更"
        EVALUATION = "evaluation", "完了した施策の評価"
        OVERDUE = "overdue", "報告の遅れ"
        FOLLOW_UP = "follow_up", "前回までの決定"
        OTHER = "other", "その他"

    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="items")  # None: for the next one
    kind = models.CharField(max_length=12, choices=Kind)
    measure_key = models.CharField(max_length=80, blank=True)
    change = models.OneToOneField("plan.Change", models.PROTECT, null=True, related_name="council_item")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind", "measure_key"],
                condition=models.Q(kind__in=["overview", "evaluation", "overdue", "follow_up"]),
                name="plan_agenda_once",
            )
        ]


class Decision(models.Model):
    """決定: what the council decided about a measure, and by when it is done. Personal data: who wrote."""

    PERSONAL_DATA = "which member of staff wrote the minutes"
    RETENTION_YEARS = None

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="decisions")
    measure_key = models.CharField(max_length=80)
    section_key = models.CharField(max_length=80)  # who follows it up
    text = models.TextField()
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    recorded_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["measure_key"], name="plan_decision_of_measure")]


class FollowUp(models.Model):
    """決定の経過: what the section says became of a decision. Personal data: who; kept with the plan."""

    PERSONAL_DATA = "which member of staff wrote"
    RETENTION_YEARS = None

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="follow_ups")
    text = models.TextField()
    is_done = models.BooleanField()
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
