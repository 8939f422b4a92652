"""Mandates that wait for the city or for the other person, on one's own page."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from madoguchi.kernel.mandates.acting import Acting
from madoguchi.kernel.mandates.models import Mandate
from madoguchi.kernel.registry.public import MyItem
from madoguchi.lib import clock

State = Mandate.State


def items(acting: Acting, *, today: date) -> list[MyItem]:
    """None while somebody acts for another. One query."""
    if acting.mandate:
        return []
    asked = Mandate.objects.filter(agent=acting.person, state=State.ASKED)
    offered = Mandate.objects.filter(
        principal=acting.person, state=State.OFFERED, code_until__gte=clock.start_of(today)
    )
    return [_item(mandate) for mandate in asked | offered]


def _item(mandate: Mandate) -> MyItem:
    if mandate.state == State.ASKED:
        title, next_step = _("代理の届出"), _("市が書類を確かめ、認めるかどうかをお知らせします。")
    else:
        title, next_step = _("代理を頼むコード"), _("相手がコードを入力すると、代理が始まります。")
    return MyItem(
        stage="running",
        title=title,
        url=reverse("mandates:mandates"),
        state=str(mandate.get_state_display()),
        state_kind="info",
        at=mandate.made_at,
        next_step=next_step,
        next_by=clock.day_of(mandate.code_until) if mandate.code_until else None,
    )
