"""Rows as sent or as last agreed, packed into one immutable block of bytes and unpacked again."""

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from ctdesk.domain.cancelling import heeded
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Value
from ctdesk.domain.incoming import SentRow
from ctdesk.domain.values import to_plain

_AS_IT_IS = frozenset(Kind) - {Kind.DATE, Kind.MOMENT, Kind.DECIMAL, Kind.CHOICES, Kind.LINKS}
"""Kinds whose values JSON holds without conversion."""

_Converted = TypeVar("_Converted")

_UNPACK: dict[Kind, Callable[[str], Value]] = {Kind.DATE: date.fromisoformat, Kind.DECIMAL: Decimal}


def pack(rows: Iterable[SentRow]) -> bytes:
    """Return the rows as compressed JSON, column by column for each kind."""
    tables: dict[str, list[SentRow]] = {}
    for row in rows:
        tables.setdefault(row.kind, []).append(row)
    plain = {kind: _columns(kind, table) for kind, table in tables.items()}
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def _columns(kind: str, rows: list[SentRow]) -> dict[str, Sequence[object]]:
    columns: dict[str, Sequence[object]] = {"uid": [row.uid for row in rows], "key": [row.key for row in rows]}
    values = [row.values for row in rows]
    for field in DEFINITIONS[kind].fields:
        column = [of_row.get(field.name) for of_row in values]
        if any(column) or column.count(None) + column.count(()) < len(column):
            columns[field.name] = column if field.kind in _AS_IT_IS else _converted(to_plain, column)
    return columns


def _converted(convert: Callable[[Any], _Converted], column: Sequence[Any]) -> list[_Converted]:
    """Convert a column, each value that occurs in it once: dates and choices are the same in many rows."""
    known = {value: convert(value) for value in set(column)}
    return [known[value] for value in column]


def unpack(packed: bytes) -> list[SentRow]:
    """Return the rows that `pack` was given; blanks are left out, and fields the desk no longer knows."""
    return [row for kind, columns in json.loads(zlib.decompress(packed)).items() for row in _rows(kind, columns)]


def _rows(kind: str, columns: dict[str, list[object]]) -> list[SentRow]:
    uids, keys = columns.pop("uid"), columns.pop("key")
    rows: list[dict[str, Value]] = [{} for _ in uids]
    for name, column in heeded(columns.items()):
        field = DEFINITIONS[kind].by_name.get(name)
        if field is None:
            continue
        for row, value in zip(rows, _values(field, column), strict=True):
            if value is not None:
                row[name] = value
    return [SentRow(kind, str(uid), str(key), row) for uid, key, row in zip(uids, keys, rows, strict=True)]


def _values(field: Field, column: list[object]) -> list[Value]:
    if field.several:
        return [tuple(value) if isinstance(value, list) and value else None for value in column]
    unpack_one = _UNPACK.get(field.kind)
    if unpack_one is None:
        return column  # type: ignore[return-value]  # JSON holds these kinds as they are
    return _converted(lambda value: None if value is None else unpack_one(value), column)
