"""The figures this service gives the plan office."""

from django.db.models import Count

from madoguchi.kernel.evidence.public import Period
from madoguchi.services.surveys.models import Survey


def response_percent(period: Period) -> float | None:
    """Answers against letters of the surveys opened in the period; None when none was."""
    opened = Survey.objects.filter(opened_on__gte=period.first, opened_on__lte=period.last)
    counts = opened.annotate(letters=Count("codes")).values_list("answers", "letters")
    answers, letters = sum(row[0] for row in counts), sum(row[1] for row in counts)
    return round(100 * answers / letters, 1) if letters else None
