"""A number that no page, log or debugger shows by accident: reading the attribute gives a mask."""

from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from madoguchi.kernel.vault.public import EncryptedTextField

MASK = "●●●● ●●●● ●●●●"


class _Masked(DeferredAttribute):
    """The mask for whoever reads; the value stays sealed in the instance until `revealed`."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        return value if instance is None else MASK if value else ""

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class NumberField(EncryptedTextField):
    """Sealed with the key of personal numbers, which seals nothing else."""

    descriptor_class = _Masked
    key_use = "numbers"
    door = "madoguchi.kernel.numbers.public"

    def revealed(self, instance: models.Model) -> str:
        """The number itself. Only `actions.show` may ask: it writes the record of access."""
        return str(self.opened(instance.__dict__[self.attname], instance))
