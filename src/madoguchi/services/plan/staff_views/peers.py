"""The national survey's table: a file, its differences, taken whole."""

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from madoguchi.kernel.accounts.public import person_of
from madoguchi.kernel.citydata.public import records
from madoguchi.lib.access import staff_page
from madoguchi.lib.errors import CitizenError
from madoguchi.services.plan import peer_table, queries
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
    form = PeerTableForm(request.POST, request.FILES) if request.method == "POST" else PeerTableForm()
    if not form.is_bound or not form.is_valid():
        return render(request, "plan/staff_peers.html", {"form": form}, status=400 if form.is_bound else 200)
    reading = peer_table.read(form.cleaned_data["table"], records("plan.peer"))
    payload = {"seen": queries.peers_digest(), "peers": [peer.model_dump(mode="json") for peer in reading.changed]}
    context = {
        "form": PeerTableForm(),
        "reading": reading,
        "payload": signing.dumps(payload, salt=_SALT, compress=True),
    }
    return render(request, "plan/staff_peers.html", context, status=400 if reading.refused else 200)


@staff_page("plan.peer.revise")
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Take the differences that were shown, all of them."""
    try:
        payload = signing.loads(request.POST.get("payload", ""), salt=_SALT, max_age=60 * 60)
        changed = [Peer.model_validate(item) for item in payload["peers"]]
        actions.take(changed, actor=person_of(request), seen=payload["seen"])
    except signing.BadSignature:
        messages.error(request, "確認の画面が古くなりました。もう一度ファイルを選んでください。")
    except CitizenError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{len(changed)}行を改めました。前の版も残っています。")
    return redirect("plan:peers_take")
