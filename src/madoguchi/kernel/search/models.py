"""What can be found: one row a document, with the tokens it is found by."""

from django.db import models

from madoguchi.ui.words import LocalText


class Indexed(models.Model):
    """索引: what the search shows of a page, who may see it, and its tokens. No personal data.

    The tokens have an index that Django does not know (migration 0001): FTS5 in SQLite, GIN in PostgreSQL.
    """

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None  # as long as the page it leads to

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    url = models.CharField(max_length=300)
    words = models.JSONField()  # title and summary in the three registers
    section_key = models.CharField(max_length=80, blank=True)
    permission = models.CharField(max_length=80, blank=True)  # empty: everyone
    tokens = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_indexed_key")]
        indexes = [
            models.Index(
                fields=["permission", "section_key"], name="search_guarded", condition=~models.Q(permission="")
            )
        ]

    @property
    def title(self) -> LocalText:
        return LocalText(**self.words["title"])

    @property
    def summary(self) -> LocalText:
        return LocalText(**self.words["summary"])


class Day(models.Model):
    """さがした回数: how many searches of a day, and how many of them nothing answered. No personal data.

    `secret` makes the day's visitors countable without knowing them; it is thrown away on the next day.
    """

    PERSONAL_DATA = "none"
    RETENTION_YEARS = None  # figures only

    day = models.DateField(unique=True)
    searches = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0)
    secret = models.CharField(max_length=64, blank=True)


class Missed(models.Model):
    """見つからなかったことば: what people looked for in vain.

    Before enough different visitors on enough days asked, `text` is empty and only a keyed digest is there.
    """

    PERSONAL_DATA = "none: names and numbers are dropped, and a word is kept only when many asked for it"
    RETENTION_YEARS = 1  # a word nobody asked for in 90 days goes unless it is shown

    digest = models.CharField(max_length=64, unique=True)
    text = models.CharField(max_length=40, blank=True)
    visitors = models.PositiveIntegerField(default=0)
    first_on = models.DateField(db_index=True)
    last_on = models.DateField(db_index=True)
    handled_on = models.DateField(null=True)

    class Meta:
        ordering = ["-visitors", "-last_on", "pk"]


class Sighting(models.Model):
    """見つからなかった一回: one visitor of one day asked for the word. Kept 90 days."""

    PERSONAL_DATA = "a digest of the visitor, made with a secret of the day that is thrown away"
    RETENTION_YEARS = 1  # 90 days

    missed = models.ForeignKey(Missed, models.CASCADE, related_name="sightings")
    day = models.DateField(db_index=True)
    visitor = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["missed", "day", "visitor"], name="search_one_sighting")]
