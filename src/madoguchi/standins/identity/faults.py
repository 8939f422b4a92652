"""What can be made to go wrong on demand: one fault at a time, and it happens once."""

from enum import Enum


class Fault(Enum):
    """The value is the word for `--fault` and for `POST /faults`."""

    DENY = "deny"  # the person says no
    SLOW = "slow"  # the token takes longer than a client waits
    TOKEN_500 = "token_500"  # noqa: S105 - a fault, no secret
    EXPIRED = "expired"
    WRONG_NONCE = "wrong_nonce"
    WRONG_ISSUER = "wrong_issuer"
    WRONG_AUDIENCE = "wrong_audience"
    WRONG_SIGNATURE = "wrong_signature"
    WRONG_ALGORITHM = "wrong_algorithm"  # RS256, and the metadata and the key set vouch for it
    LOWER_LEVEL = "lower_level"  # aal1, whatever was asked
    OLD_SIGN_IN = "old_sign_in"  # an hour ago, although the request said prompt=login
    NO_ID_TOKEN = "no_id_token"  # noqa: S105
    MISSING_CLAIMS = "missing_claims"  # userinfo without the address
    OTHER_SUBJECT = "other_subject"  # userinfo of somebody else
    USERINFO_500 = "userinfo_500"
