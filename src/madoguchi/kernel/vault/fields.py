"""Model fields whose values are sealed in the database, each bound to its column and its row.

A value is opened when it is first read and stays sealed otherwise. It cannot be filtered on; use a blind index.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact
from django.db.models.query_utils import DeferredAttribute

from madoguchi.kernel.vault.crypto import ROW_KEY, beginning, name_in, new_row_key, raw_of, seal_text, unseal_text
from madoguchi.kernel.vault.datakeys import is_of_first_ring


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value as the database has it."""

    text: str


class _SealedAttribute(DeferredAttribute):
    """Opens on the first read, with the row it was read with."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.opened(value, instance)  # type: ignore[attr-defined]
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class _IsEmpty(Exact[Any]):
    """Empty text is stored as it is, so that constraints may ask for it; else only the very same sealed value."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if rhs != "" and not isinstance(rhs, Sealed):
            raise _unsearchable(lhs.target.name)
        super().__init__(lhs, rhs)


class _NotBeginning(models.Lookup[Any]):
    """Sealed with another key than the one whose values begin so."""

    prepare_rhs = False
    lookup_name = "not_beginning"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        sql = f"({column} <> '' AND substr({column}, 1, {len(self.rhs)}) NOT IN (%s, %s))"
        return sql, [*values, *values, self.rhs, beginning(ROW_KEY)]


def _unsearchable(name: str) -> FieldError:
    return FieldError(f"{name} is encrypted and cannot be searched; use a blind index")


class EncryptedTextField(models.TextField[Any, Any]):
    """Text, sealed. `row` names attributes that tell the row apart and never change; they are authenticated.
    `key_in` names the record's own key, a `RowKeyField` here or behind a foreign key (`case.seal_key`).

    The empty string stays empty. Values are written by saving the object: an update of many rows knows no row.
    Migrations do not know `row` either, so they neither read nor write sealed values.
    """

    descriptor_class: type[DeferredAttribute] = _SealedAttribute
    key_use = "fields"
    door = "madoguchi.kernel.vault.public"  # where migrations find the class

    def __init__(self, *args: Any, row: Sequence[str] = (), key_in: str = "", **kwargs: Any) -> None:
        self.row, self.key_in = tuple(row), key_in
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return name, f"{self.door}.{type(self).__name__}", args, kwargs

    def sealed(self, value: Any, instance: models.Model) -> Sealed:
        """The value bound to its place in this row, under the key that seals now."""
        text, place = self.as_text(value), self._place(instance)
        return Sealed(seal_text(text, context=place, use=self.key_use, row_key=self._row_key(instance)))

    def opened(self, value: Sealed, instance: models.Model) -> Any:
        """Raises: CannotUnseal for a value that was sealed in another column or row, or changed."""
        name = name_in(raw_of(value.text))
        if name == ROW_KEY:
            text = unseal_text(value.text, context=self._place(instance), row_key=self._row_key(instance))
        else:  # values of the first ring are bound to their column only
            text = unseal_text(value.text, context=self._column if is_of_first_ring(name) else self._place(instance))
        return self.from_text(text)

    def _row_key(self, instance: models.Model) -> str:
        """Empty where the record has none: it is older than such keys."""
        return str(attrgetter(self.key_in)(instance)) if self.key_in else ""

    @property
    def _column(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def _place(self, instance: models.Model) -> str:
        columns: Any = map(self.model._meta.get_field, self.row)
        own = (column.to_python(getattr(instance, column.attname)) for column in columns)
        return ":".join([self._column, *map(str, own)])

    def as_text(self, value: Any) -> str:
        return str(value)

    def from_text(self, text: str) -> Any:
        return text

    def is_kept_plain(self, value: Any) -> bool:
        """Nothing to hide: the empty string and NULL."""
        return value is None or value == ""

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = model_instance.__dict__[self.attname]
        if isinstance(value, Sealed):  # never read, so not changed; a copy is a row of its own
            return self.sealed(self.opened(value, model_instance), model_instance) if add else value
        return value if self.is_kept_plain(value) else self.sealed(value, model_instance)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return value.text
        if value is None or value in ("", {}):
            return None if value is None else ""
        raise FieldError(f"{self.name} is bound to its row: save the object instead")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:  # noqa: ARG002
        return Sealed(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in {"exact", "not_beginning"}:
            return {"exact": _IsEmpty, "not_beginning": _NotBeginning}[lookup_name]
        if lookup_name != "isnull":
            raise _unsearchable(self.name)
        return super().get_lookup(lookup_name)


class RowKeyField(EncryptedTextField):
    """A key of one record, made with it: what it sealed is unreadable wherever a copy lies once the record is gone.

    Records from before have none. Migrations see an empty default, for a new column has no rows to bind a key to.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": new_row_key, "blank": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "default": ""}


class EncryptedJSONField(EncryptedTextField):
    """A JSON value, sealed as canonical text, null and empty ones too."""

    def as_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def from_text(self, text: str) -> Any:
        return json.loads(text)

    def is_kept_plain(self, value: Any) -> bool:  # noqa: ARG002
        return False

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return super().from_db_value(value, expression, connection) or {}

    def to_python(self, value: Any) -> Any:
        return value
