"""Lists out of the desk: records of one kind as a table, filtered, for people and for other programs."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ctdesk.domain.counting import listed
from ctdesk.domain.definition import Field, Kind, RecordDefinition, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.outgoing import Remark, refuse
from ctdesk.domain.outgoing_text import calendar_remarks, text_remarks
from ctdesk.domain.values import export, show
from ctdesk.services.desk import Desk, definition_of
from ctdesk.services.editing import field_named, read_typed
from ctdesk.services.naming import with_names

_ENDINGS = (".xlsx", ".csv", ".json")
_SHOWN = {
    "finding": ("grade", "message", "cells", "request", "answered"),
    "request": ("round", "agency", "state", "issue", "sent_on", "received_on", "accepted_on"),
    "variation": ("what", "agreement", "from_date", "percent", "annual_value", "end", "agreed_on"),
}
"""What a short list shows of records that reference, money and dates alone do not tell."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Records of one kind, in the order of their references."""

    definition: RecordDefinition
    records: Mapping[str, Mapping[str, Value]]

    def for_programs(self, desk: Desk) -> list[dict[str, object]]:
        """Return each record with its uid, money in pence, dates ISO, linked records and choices by name."""
        return [
            {"uid": uid}
            | {f.name: export(f, values.get(f.name), desk.lists, desk.names) for f in self.definition.fields}
            for uid, values in self.records.items()
        ]

    def columns(self) -> list[Field]:
        """Return the fields that a short list shows: what identifies a record, whose it is, its money and dates."""
        if self.definition.kind in _SHOWN:
            return [self.definition[name] for name in _SHOWN[self.definition.kind]]
        chosen = {self.definition.reference, self.definition.title, self.definition.owner}
        wanted = {Kind.MONEY, Kind.DATE, Kind.CHOICE, Kind.LINK}
        first = [field for field in self.definition.fields if field.name in chosen]
        others = [field for field in self.definition.fields if field.kind in wanted and field not in first]
        return [*first, *others][:7] if others else list(self.definition.fields)[:7]

    def for_people(self, desk: Desk, fields: Sequence[Field]) -> list[list[str]]:
        """Return the given fields of each record as people read them."""
        names = with_names(desk, {f.target for f in fields if f.target})
        return [[show(f, values.get(f.name), desk.lists, names) for f in fields] for values in self.records.values()]


def listing(desk: Desk, kind: str, where: Mapping[str, str] | None = None) -> Listing:
    """Return the records of a kind whose fields hold these typed values; several choices hold any of them."""
    definition = definition_of(kind)
    wanted = {
        field_named(definition, name).name: read_typed(desk, definition, name, text)
        for name, text in (where or {}).items()
    }
    records = {
        uid: values
        for uid, values in desk.load(definition.kind).items()
        if all(_holds(values.get(name), value) for name, value in wanted.items())
    }
    ordered = sorted(records.items(), key=lambda item: _order(definition, item[1]))
    return Listing(definition, dict(ordered))


def _holds(value: Value, wanted: Value) -> bool:
    if isinstance(value, tuple) and isinstance(wanted, tuple) and wanted:
        return bool(set(wanted) & set(value))
    return value == wanted or (not value and not wanted and not isinstance(value, int))


def _order(definition: RecordDefinition, values: Mapping[str, Value]) -> tuple[str, str]:
    return str(values.get(definition.reference) or ""), str(values.get(definition.title) or "")


def export_records(desk: Desk, kind: str, path: Path, where: Mapping[str, str] | None = None) -> int:
    """Write records to .xlsx, .csv or .json, by the file's ending, and return how many.

    Raises DeskError if the ending is another or the file cannot be written.
    """
    if path.suffix.lower() not in _ENDINGS:
        raise DeskError(f"{path.name} should end in {listed(_ENDINGS, last='or')}.")
    found = listing(desk, kind, where)
    if path.suffix.lower() == ".json":
        write_text(path, json.dumps(found.for_programs(desk), ensure_ascii=False, indent=2) + "\n")
    else:
        _write_table(desk, found, path)
    return len(found.records)


def _write_table(desk: Desk, found: Listing, path: Path) -> None:
    from ctdesk.returns.export import write_table

    fields = found.definition.fields
    rows = [
        [uid, *(_cell(desk, field, values.get(field.name)) for field in fields)]
        for uid, values in found.records.items()
    ]
    write_table(path, ["uid", *(field.name for field in fields)], rows, sheet=found.definition.plural)


def _cell(desk: Desk, field: Field, value: Value) -> object:
    """Return a value for a table: pence as numbers, real dates, several values with ; between them."""
    if field.kind in {Kind.DATE, Kind.MOMENT, Kind.DECIMAL}:
        return value
    plain = export(field, value, desk.lists, desk.names)
    return "; ".join(str(item) for item in plain) if isinstance(plain, list) else plain


def write_text(path: Path, text: str) -> tuple[Remark, ...]:
    """Write a text file whole or not at all, and return what it gives away, for the officer to know.

    Raises GivesAway if that may not leave, and DeskError if the file cannot be written.
    """
    found = tuple(calendar_remarks(text) if path.suffix.lower() == ".ics" else text_remarks(text))
    refuse(path, found)
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    except OSError as fault:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise DeskError(f"{path} cannot be written ({fault.strerror}); choose another folder.") from fault
    return found
