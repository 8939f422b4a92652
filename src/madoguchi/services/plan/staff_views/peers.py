"""The national survey's table: a file, its differences, taken whole."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from madoguchi.kernel.accounts.public import person_of
from madoguchi.kernel.citydata.public import records
from madoguchi.lib.access import staff_page
from madoguchi.services.plan import peer_table, queries, sheet_views
from madoguchi.services.plan.actions import peers as actions
from madoguchi.services.plan.pack import Peer
from madoguchi.services.plan.sheet_forms import SheetForm, table_field

_SALT = "plan.peers.import"


class PeerTableForm(SheetForm):
    """The survey's table as it comes from a spreadsheet."""

    table = table_field("全国の調査の表（CSV）")


@staff_page("plan.peer.revise")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Choose a file, see the differences; a wrong cell is named and nothing is taken."""
    return sheet_views.shown(
        request,
        "plan/staff_peers.html",
        PeerTableForm,
        salt=_SALT,
        read=lambda content: peer_table.read(content, records("plan.peer")),
        packed=lambda reading: {
            "seen": queries.peers_digest(),
            "peers": [peer.model_dump(mode="json") for peer in reading.changed],
        },
    )


@staff_page("plan.peer.revise")
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Take the differences that were shown, all of them."""

    def act(payload: dict[str, Any]) -> str:
        changed = [Peer.model_validate(item) for item in payload["peers"]]
        actions.take(changed, actor=person_of(request), seen=payload["seen"])
        return f"{len(changed)}行を改めました。前の版も残っています。"

    sheet_views.confirmed(request, salt=_SALT, act=act)
    return redirect("plan:peers_take")
