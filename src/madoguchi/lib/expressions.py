"""Rules in data: CEL expressions (Common Expression Language), checked when the pack is loaded."""

import re
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAME = re.compile(r"(?<![\w.])([a-z_]\w*)\b(?!\s*\()")
_WORDS = {"true", "false", "null", "in"}


class Expression:
    """One CEL expression. Two expressions with the same text are equal."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def names(self) -> set[str]:
        """The variables the expression reads."""
        return set(_NAME.findall(_TEXT.sub("", self.text))) - _WORDS

    def evaluate(self, variables: dict[str, Any]) -> Any:
        """The value; a variable nobody answered yet counts as null. Raises: ValueError when types do not fit."""
        import cel  # not at start: it costs a third of a second

        known = {name: variables.get(name) for name in self.names()}
        try:
            return cel.compile(self.text).execute(known)
        except (RuntimeError, TypeError, ValueError) as error:
            raise ValueError(f"{self.text!r} cannot be computed: {error}") from error

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._read,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda value: value.text),
        )

    @classmethod
    def _read(cls, value: Any) -> "Expression":
        if isinstance(value, cls):
            return value
        import cel

        try:
            cel.compile(str(value))
        except Exception as error:  # the library raises several kinds
            raise ValueError(f"not a CEL expression: {error}") from error
        return cls(str(value))
