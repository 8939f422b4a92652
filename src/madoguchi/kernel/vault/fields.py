"""Model fields whose values are sealed in the database. They cannot be filtered on; use a blind index."""

import json
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact

from madoguchi.kernel.vault.crypto import seal_text, unseal_text


def _unsearchable(name: str) -> FieldError:
    return FieldError(f"{name} is encrypted and cannot be searched; use a blind index")


class _IsEmpty(Exact[Any]):
    """Empty text is stored as it is, so that constraints may ask for it; nothing else can be compared."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if rhs != "":
            raise _unsearchable(lhs.target.name)
        super().__init__(lhs, rhs)


class EncryptedTextField(models.TextField[Any, Any]):
    """Text, sealed with the column's name as context. The empty string stays empty."""

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return name, f"madoguchi.kernel.vault.public.{type(self).__name__}", args, kwargs

    @property
    def _context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        return seal_text(str(value), context=self._context) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ARG002
        return unseal_text(value, context=self._context) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "exact":
            return _IsEmpty
        if lookup_name != "isnull":
            raise _unsearchable(self.name)
        return super().get_lookup(lookup_name)


class EncryptedJSONField(EncryptedTextField):
    """A JSON value, sealed as canonical text."""

    def get_prep_value(self, value: Any) -> Any:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return seal_text(text, context=self._context)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        text = super().from_db_value(value, expression, connection)
        return json.loads(text) if text else {}

    def to_python(self, value: Any) -> Any:
        return value
