"""The plan looked at from outside: the Act's five kinds, what residents asked for, other municipalities."""

from datetime import date
from typing import Any

from madoguchi.services.plan import queries
from madoguchi.services.plan.queries import results
from madoguchi.services.plan.screens import results as drawn

Screen = dict[str, Any]


def around(today: date) -> Screen:
    """The page as plain values."""
    plan, measures = queries.outline(), queries.measures()
    peers = queries.peers()
    kinds = [
        (kind, [measure for measure in measures if kind.key in measure.act_categories]) for kind in plan.act_categories
    ]
    return {
        "kinds": kinds,
        "without": [kind for kind, found in kinds if not found],
        "untagged": sum(not measure.act_categories for measure in measures),
        "plan_source": plan.source,
        "results": drawn.tags(results.results(today, plan)),
        "unanswered": [
            (survey, row) for survey in queries.surveys() for row in queries.demand(survey) if not row.item.measures
        ],
        "peers": peers,
        "years": sorted({peer.year for row in peers for peer in row.years}),
        "not_yet": [row for row in peers if not row.latest.city_done],
        "peer_source": peers[0].latest.source if peers else "",
    }
