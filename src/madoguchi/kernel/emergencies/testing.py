"""For tests: an emergency that a clerk took."""

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.accounts.testing import make_staff
from madoguchi.kernel.emergencies import actions
from madoguchi.kernel.emergencies.models import EmergencyAccess
from madoguchi.lib import clock

ROLE = "emergency_viewer"
REASON = "倒れている人の申請の連絡先を、救急隊に伝えるため"


def make_emergency() -> EmergencyAccess:
    """One of a clerk of the library in the citizens' section, still open."""
    return take_emergency(make_staff("library", "clerk"), section_key="citizens")


def take_emergency(person: Person, *, section_key: str) -> EmergencyAccess:
    return actions.take(person, section_key=section_key, role_key=ROLE, reason=REASON, now=clock.now())
