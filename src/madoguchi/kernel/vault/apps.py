from typing import Any

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.db.models.signals import post_migrate


class VaultConfig(AppConfig):
    name = "madoguchi.kernel.vault"
    label = "vault"

    def ready(self) -> None:
        post_migrate.connect(_first_keys, sender=self)


def _first_keys(using: str, **_: Any) -> None:
    """Data keys of a new database, or of one that had none. Made here, in no transaction of an act: a key that is
    rolled back while a process remembers it would seal values for nobody."""
    from django.db import connections

    from madoguchi.kernel.vault import datakeys
    from madoguchi.kernel.vault.keyfile import key_ring
    from madoguchi.kernel.vault.models import DataKey
    from madoguchi.lib import clock

    datakeys.forget()
    if DataKey._meta.db_table not in connections[using].introspection.table_names():
        return
    try:
        key_ring()
    except ImproperlyConfigured:  # a database before its keys; the first value that is sealed says what to do
        return
    datakeys.ensure(clock.now())
