"""The page that says when the last backup and the last drill were, and how to restore."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from madoguchi.kernel.backup.models import Run
from madoguchi.lib import clock
from madoguchi.lib.access import staff_page

BACKUP_AT_LEAST = timedelta(days=1, hours=2)
DRILL_AT_LEAST = timedelta(days=92)
MOST_SHOWN = 50


@staff_page("backup.run.view")
@never_cache
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """The last runs, newest first, and whether anything is overdue. Three queries."""
    now = clock.now()
    good = Run.objects.filter(problem="")
    last = {kind: good.filter(kind=kind).first() for kind in Run.Kind}
    context = {
        "backup": last[Run.Kind.BACKUP],
        "drill": last[Run.Kind.DRILL],
        "backup_late": _late(last[Run.Kind.BACKUP], now - BACKUP_AT_LEAST),
        "drill_late": _late(last[Run.Kind.DRILL], now - DRILL_AT_LEAST),
        "runs": Run.objects.all()[:MOST_SHOWN],
    }
    return render(request, "backup/staff_runs.html", context)


def _late(run: Run | None, since: object) -> bool:
    return run is None or run.began_at < since  # type: ignore[operator]
