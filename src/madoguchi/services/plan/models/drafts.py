"""The next plan while it is written: staff see it, the public does not."""

from django.db import models


class Draft(models.Model):
    """次の計画の案: a plan that is not published. Personal data: who began and who approved; kept with the plan."""

    PERSONAL_DATA = "which member of staff began and approved it"
    RETENTION_YEARS = None

    class State(models.TextChoices):
        WRITTEN = "written", "作成中"
        PUT = "put", "会議に付議"
        APPROVED = "approved", "承認済み"
        PUBLISHED = "published", "公開済み"

    key = models.CharField(max_length=8, unique=True)  # the first fiscal year; what the plan's record will be called
    body = models.JSONField()  # as `plan.outline`
    indicators = models.JSONField(null=True)  # as put before the council; None: they still follow the present plan
    state = models.CharField(max_length=10, choices=State, default=State.WRITTEN)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    publish_on = models.DateField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # of everything, as approved
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-key"]


class DraftMeasure(models.Model):
    """案の施策: one measure of a draft. No personal data; kept with the draft."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="measures")
    number = models.PositiveIntegerField()
    body = models.JSONField()  # as `plan.measure`
    # what the draft sets otherwise than the present plan, by key of its indicator: target and target_half
    indicator_targets = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="plan_draft_number")]


class DraftRemark(models.Model):
    """案への意見: what a section says of a draft. Personal data: who wrote; keep 10 years."""

    PERSONAL_DATA = "which member of staff wrote"
    RETENTION_YEARS = 10

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="remarks")
    number = models.PositiveIntegerField(null=True)  # of the measure; None: the whole draft
    text = models.TextField()
    section_key = models.CharField(max_length=80)
    author = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
