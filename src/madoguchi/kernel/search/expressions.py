"""What a search asks of the tokens, written once and said in each database's own language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class All:
    """Every part is there."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Any:
    """One of the parts is there."""

    parts: tuple["Expression", ...]


Expression = str | All | Any  # a token is an expression

NEVER = Any(())


def every(parts: Iterable[Expression]) -> Expression:
    """All of `parts`; NEVER when one never holds, or there are none."""
    found = tuple(dict.fromkeys(parts))
    if not found or NEVER in found:
        return NEVER
    return found[0] if len(found) == 1 else All(found)


def either(parts: Iterable[Expression]) -> Expression:
    found = tuple(part for part in dict.fromkeys(parts) if part != NEVER)
    return found[0] if len(found) == 1 else Any(found)


def holds(expression: Expression, tokens: set[str]) -> bool:
    """Whether a document with these tokens answers."""
    match expression:
        case All(parts):
            return all(holds(part, tokens) for part in parts)
        case Any(parts):
            return any(holds(part, tokens) for part in parts)
        case _:
            return expression in tokens


def matching(expression: Expression, most: int) -> list[int]:
    """Ids of up to `most` documents that answer, in no order that means anything."""
    if expression == NEVER:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT id FROM search_indexed WHERE array_to_tsvector(string_to_array(tokens, ' ')) @@ %s::tsquery"
                " LIMIT %s",
                [_said(expression, "'{}'", " & ", " | "), most],
            )
        else:
            cursor.execute(
                "SELECT rowid FROM search_tokens WHERE search_tokens MATCH %s ORDER BY rowid LIMIT %s",
                [_said(expression, '"{}"', " AND ", " OR "), most],
            )
        return [row[0] for row in cursor.fetchall()]


def _said(expression: Expression, token: str, conjunction: str, disjunction: str) -> str:
    match expression:
        case All(parts):
            said = conjunction.join(_said(part, token, conjunction, disjunction) for part in parts)
        case Any(parts):
            said = disjunction.join(_said(part, token, conjunction, disjunction) for part in parts)
        case _:
            return token.format(expression)
    return f"({said})"
