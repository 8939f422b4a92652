"""For tests: who handled the number of a record."""

from django.db import models

from madoguchi.kernel.numbers.models import Handling


def handled(thing: models.Model) -> list[tuple[str, str, str]]:
    """(act, actor, purpose) in order."""
    found = Handling.objects.filter(subject=f"{thing._meta.label_lower}:{thing.pk}")
    return list(found.values_list("act", "actor", "purpose"))
