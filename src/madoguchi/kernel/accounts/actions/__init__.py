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
    represented,
    set_email,
    set_language,
    sign_in_resident,
)
from madoguchi.kernel.accounts.actions.posts import (
    accept_invitation,
    end_post,
    grant_post,
    invite,
    open_again,
    reset_sign_in,
)
from madoguchi.kernel.accounts.actions.sections import (
    Change,
    apply_due_reorganisations,
    plan_reorganisation,
    withdraw_reorganisation,
)
from madoguchi.kernel.accounts.actions.sessions import end_other_sessions, end_session, forget_old
from madoguchi.kernel.accounts.actions.sign_in import check_code, check_passkey, check_password, staff_of

__all__ = [
    "Change",
    "accept_invitation",
    "add_passkey",
    "apply_due_reorganisations",
    "change_password",
    "check_code",
    "check_passkey",
    "check_password",
    "confirm_totp",
    "end_other_sessions",
    "end_post",
    "end_session",
    "ensure_staff",
    "forget_old",
    "give_totp",
    "grant_post",
    "invite",
    "new_recovery_codes",
    "note_staff_sign_in",
    "offer_totp",
    "open_again",
    "plan_reorganisation",
    "remove_factor",
    "represented",
    "reset_sign_in",
    "set_email",
    "set_language",
    "sign_in_resident",
    "staff_of",
    "withdraw_reorganisation",
]
