"""Who acts in this request, and for whom: 本人, or 代理人 under a mandate."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.mandates.errors import NotMandated
from madoguchi.kernel.mandates.models import Mandate
from madoguchi.lib import clock

_CHOSEN = "mandate"


@dataclass(frozen=True)
class Acting:
    """Whose matter it is (`person`), and under which mandate somebody else sees to it."""

    person: Person
    mandate: Mandate | None = None

    @property
    def actor(self) -> Person:
        """Who is at the keyboard: the name in the trail."""
        return self.mandate.agent if self.mandate and self.mandate.agent else self.person

    @property
    def detail(self) -> dict[str, int]:
        """What a line of the trail adds to the actor."""
        return {"mandate": self.mandate.pk} if self.mandate else {}

    def require(self, scope: str) -> None:
        """Inside the transaction of an act: the mandate as it stands now, locked, so that an end is an end.

        Raises: NotMandated.
        """
        if self.mandate is None:
            return
        now = Mandate.objects.select_for_update().get(pk=self.mandate.pk)
        if scope not in now.scope or not now.is_in_force(clock.today()):
            raise NotMandated


def acting(request: HttpRequest) -> Acting:
    """For whom the signed-in resident acts. A mandate that has ended ends here, and the person is told."""
    remembered: Acting | None = getattr(request, "_acting", None)
    if remembered is None:
        remembered = request._acting = _acting(request)  # type: ignore[attr-defined]
    return remembered


def _acting(request: HttpRequest) -> Acting:
    person: Any = request.user
    chosen = request.session.get(_CHOSEN)
    if chosen is None:
        return Acting(person)
    mandate = person.mandates_held.select_related("principal", "agent").filter(uid=chosen).first()
    if mandate is None or not mandate.is_in_force(clock.today()):
        stop(request)
        messages.info(request, _("代理の期間が終わったか、取り消されたため、ご自分の画面にもどりました。"))
        return Acting(person)
    return Acting(mandate.principal, mandate)


def begin(request: HttpRequest, mandate: Mandate) -> None:
    """From now on this session acts for the principal of the mandate."""
    request.session[_CHOSEN] = str(mandate.uid)


def stop(request: HttpRequest) -> None:
    """From now on this session acts for the person who is signed in."""
    request.session.pop(_CHOSEN, None)


def principal_name(request: HttpRequest) -> str:
    """For the frame of every page: for whom this session acts, empty for oneself. No query for those who do not.

    A request refused at the outermost gate has no session.
    """
    return acting(request).person.name if _CHOSEN in getattr(request, "session", ()) else ""
