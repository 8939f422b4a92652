"""What can be done with people, their factors and their sessions."""

from madoguchi.kernel.accounts.actions.factors import (
    add_passkey,
    confirm_totp,
    give_totp,
    new_recovery_codes,
    offer_totp,
    remove_factor,
)
from madoguchi.kernel.accounts.actions.people import (
    change_password,
    ensure_staff,
    note_staff_sign_in,
    set_email,
    sign_in_resident,
)
from madoguchi.kernel.accounts.actions.sessions import end_other_sessions, end_session
from madoguchi.kernel.accounts.actions.sign_in import check_code, check_passkey, check_password

__all__ = [
    "add_passkey",
    "change_password",
    "check_code",
    "check_passkey",
    "check_password",
    "confirm_totp",
    "end_other_sessions",
    "end_session",
    "ensure_staff",
    "give_totp",
    "new_recovery_codes",
    "note_staff_sign_in",
    "offer_totp",
    "remove_factor",
    "set_email",
    "sign_in_resident",
]
