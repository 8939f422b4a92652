"""A turn of the keys while the city works: a new wrapping key, every data key wrapped anew, a new data key."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from madoguchi.kernel.audit.public import record
from madoguchi.kernel.vault import datakeys, keyfile
from madoguchi.kernel.vault.resealing import reseal_all


def turn(now: datetime) -> list[str]:
    """The new data keys' names. Killed in between, a further turn goes on from any state: no key is ever dropped.

    A key store turns its own key by its own rules; here the data keys are wrapped by its newest version.
    Raises: KeeperAway, CannotUnwrap; then nothing but the key file has changed, and it opens all it did.
    """
    if not settings.KMS_URL:
        keyfile.add_key(keyfile.key_file())
    with transaction.atomic():
        wrapped = datakeys.wrap_anew()
        names = [datakeys.make(use, now) for use in datakeys.TURNED]
        record("vault.keys.turned", actor=None, target="vault", detail={"wrapped": wrapped, "keys": names})
        reseal_all.enqueue(turned_at=now.isoformat())
    datakeys.forget()
    return names
