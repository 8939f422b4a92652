"""The audit trail: one line an act, chained by digest, and the daily heads that cover it."""

from django.db import models


class Line(models.Model):
    """監査記録: who did what to which record, when. Never changed.

    Personal data: ids only, which lead nowhere once the records they name are erased; so the chain is kept whole.
    """

    PERSONAL_DATA = "ids of persons only"
    RETENTION_YEARS = None
    APPEND_ONLY = True

    number = models.BigIntegerField(unique=True)  # gapless, so that a dropped line shows
    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    actor = models.CharField(max_length=60)
    target = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["target", "number"], name="audit_target"),
            models.Index(fields=["actor", "number"], name="audit_actor"),
            models.Index(fields=["verb", "number"], name="audit_verb"),
            models.Index(fields=["at"], name="audit_at"),
        ]


class Tile(models.Model):
    """記録のたば: the Merkle root of 1,024 lines in a row, so that a proof reads few of them. Never changed."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 10
    APPEND_ONLY = True

    place = models.BigIntegerField(unique=True)  # tile n covers the lines 1024 n + 1 to 1024 (n + 1)
    root = models.CharField(max_length=64)


class Head(models.Model):
    """記録の要約値: the Merkle root (RFC 6962) over all lines up to `size`, once a day, for everyone to keep.

    A leaf is the 32 bytes of a line's digest. Never changed.
    """

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 10
    APPEND_ONLY = True

    day = models.DateField(unique=True)  # in the city, when it was taken
    taken_at = models.DateTimeField()
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)

    class Meta:
        ordering = ["day"]


class Stamp(models.Model):
    """タイムスタンプ: the answer of a time-stamping authority (RFC 3161) over a head's root. Never changed."""

    PERSONAL_DATA = "none"
    RETENTION_YEARS = 10
    APPEND_ONLY = True

    head = models.OneToOneField(Head, models.PROTECT, related_name="stamp")
    response = models.BinaryField()  # DER, as it came
    stamped_at = models.DateTimeField()  # by the authority's clock
