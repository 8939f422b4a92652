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
