"""What a search asks of the tokens, written once and said in each database's own language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper


@dataclass(frozen=True)
class All:
    """Every part is there."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Any:
    """One of the parts is there."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class But:
    """The part holds, and the token is not there."""

    part: "Expression"
    token: str


Expression = str | All | Any | But  # a token is an expression

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
        case But(part, token):
            return token not in tokens and holds(part, tokens)
        case _:
            return expression in tokens


def matching(expression: Expression, most: int) -> list[int]:
    """Ids of up to `most` documents that answer, in no order that means anything."""
    if expression == NEVER:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _in_postgresql(cursor, _said(expression, TSQUERY), most)
        cursor.execute(
            "SELECT rowid FROM search_tokens WHERE search_tokens MATCH %s ORDER BY rowid LIMIT %s",
            [_said(expression, FTS5), most],
        )
        return [row[0] for row in cursor.fetchall()]


def _in_postgresql(cursor: CursorWrapper, query: str, most: int) -> list[int]:
    """Never by reading the whole table: the planner does not know what making the tokens of a row costs."""
    cursor.execute("SET LOCAL enable_seqscan = off")
    cursor.execute(
        "SELECT id FROM search_indexed WHERE array_to_tsvector(string_to_array(tokens, ' ')) @@ %s::tsquery LIMIT %s",
        [query, most],
    )
    found = [row[0] for row in cursor.fetchall()]
    cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
    return found


@dataclass(frozen=True)
class _Language:
    token: str
    conjunction: str
    disjunction: str
    exclusion: str


FTS5 = _Language('"{}"', " AND ", " OR ", " NOT ")
TSQUERY = _Language("'{}'", " & ", " | ", " & !")


def _said(expression: Expression, language: _Language) -> str:
    match expression:
        case All(parts):
            said = language.conjunction.join(_said(part, language) for part in parts)
        case Any(parts):
            said = language.disjunction.join(_said(part, language) for part in parts)
        case But(part, token):
            said = language.exclusion.join([_said(part, language), _said(token, language)])
        case _:
            return language.token.format(expression)
    return f"({said})"
