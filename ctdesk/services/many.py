"""Changing many records at once: pasted from a spreadsheet, filled down, or set alike; shown first, then applied."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ctdesk.domain.changes import Action, ChangeSet, present, updated
from ctdesk.domain.definition import DEFINITIONS, Field, RecordDefinition, Value, Values
from ctdesk.domain.findings import RULES, Grade, sentence
from ctdesk.services.desk import Desk
from ctdesk.services.faults import plain, read_cell
from ctdesk.services.naming import counted
from ctdesk.services.new_rows import NewRow, creations, read_new_rows
from ctdesk.services.watching import refuse_unready


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of a preview: what it holds, what it is to hold, and why that is refused, if it is."""

    uid: str
    field: str
    old: str
    new: str
    value: Value
    refused: str = ""

    @property
    def changes(self) -> bool:
        """Whether applying alters this cell."""
        return not self.refused and self.old != self.new


@dataclass(frozen=True, slots=True)
class Preview:
    """What changing many cells would do, and which rows are to become new records; `before` is what was there.

    `left_over` rows found no record to go to, and are not to become one.
    """

    kind: str
    title: str
    cells: tuple[CellChange, ...]
    before: Mapping[str, Values]
    left_over: int = 0
    new: tuple[NewRow, ...] = ()

    @property
    def made(self) -> int:
        """How many records would be made."""
        return sum(1 for row in self.new if not row.refused)

    @property
    def changed(self) -> int:
        """How many cells would change."""
        return sum(1 for cell in self.cells if cell.changes)

    @property
    def refused(self) -> int:
        """How many cells, and rows that were to become records, are refused."""
        rows = sum(1 if row.refused else sum(1 for cell in row.cells if cell.refused) for row in self.new)
        return rows + sum(1 for cell in self.cells if cell.refused)


def preview_paste(
    desk: Desk,
    kind: str,
    uids: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    *,
    given: Values | None = None,
) -> Preview:
    """Return what pasting a block of texts over these records and fields would do.

    One row, or one cell, is repeated for all; an empty text empties a cell; short rows leave the rest alone. Rows
    beyond the records become new ones that hold what is `given` besides; without it they are left over.
    """
    rows = [cells[0]] * len(uids) if len(cells) == 1 else cells
    wide = [row * len(columns) if len(row) == 1 and len(cells) == 1 else row for row in (list(row) for row in rows)]
    typed = {uid: dict(zip(columns, row, strict=False)) for uid, row in zip(uids, wide, strict=False)}
    beyond = cells[len(uids) :]
    new = read_new_rows(desk, kind, columns, beyond, given) if given is not None else ()
    over = 0 if given is not None else len(beyond)
    title = _paste_title(kind, len(typed), sum(1 for row in new if not row.refused))
    return replace(_preview_typed(desk, kind, typed, title), left_over=over, new=new)


def _paste_title(kind: str, old: int, new: int) -> str:
    if not new:
        return f"Paste into {counted(kind, old)}"
    made = f"{counted(kind, new).partition(' ')[0]} new {counted(kind, new).partition(' ')[2]}"
    return f"Paste {made} and into {old:,} more" if old else f"Paste {made}"


def preview_edit(desk: Desk, kind: str, uids: Iterable[str], typed: Mapping[str, str]) -> Preview:
    """Return what setting these fields of all these records to typed texts would do."""
    wanted = dict.fromkeys(uids, typed)
    labels = ", ".join(DEFINITIONS[kind][name].label for name in typed)
    return _preview_typed(desk, kind, wanted, f"Change {labels} of {counted(kind, len(wanted))}")


def preview_fill_down(desk: Desk, kind: str, uids: Sequence[str], columns: Sequence[str]) -> Preview:
    """Return what giving all these records the first one's values of these fields would do."""
    before = desk.load_some(kind, uids)
    first = before.get(uids[0], {}) if uids else {}
    wanted = {uid: {name: first.get(name) for name in columns} for uid in uids[1:] if uid in before}
    labels = ", ".join(DEFINITIONS[kind][name].label for name in columns)
    title = f"Fill down {labels} in {counted(kind, len(wanted))}"
    return _preview(desk, kind, wanted, refused={}, before=before, title=title)


def apply_preview(desk: Desk, preview: Preview, why: str = "") -> ChangeSet | None:
    """Apply what a preview shows, but for what it refuses, as one change set; None if nothing changes.

    Raises StaleChange, and alters nothing, if one of the records has been changed since the preview, and DeskError if
    a review or a concern would be taken further than it may.
    """
    after: dict[str, dict[str, Value]] = defaultdict(dict)
    for cell in preview.cells:
        if cell.changes:
            after[cell.uid][cell.field] = cell.value
    changes = present(updated(preview.kind, uid, preview.before[uid], values) for uid, values in after.items())
    whole = [*changes, *creations(desk, preview.kind, preview.new)]
    if not whole:
        return None
    for change in whole:
        refuse_unready(desk, change, why)
    return desk.apply(Action.EDIT, preview.title, whole, why=why, backup_first=len(whole) > 1)


_Wanted = Mapping[str, Mapping[str, Value]]
_Refused = Mapping[tuple[str, str], tuple[str, str]]
"""By record and field: what was typed, and why it is refused."""


def _preview_typed(desk: Desk, kind: str, typed: Mapping[str, Mapping[str, str]], title: str) -> Preview:
    """Read every typed text, each distinct one of a field once, and preview the values."""
    definition = DEFINITIONS[kind]
    known: dict[tuple[str, str], tuple[Value, str]] = {}
    wanted: dict[str, dict[str, Value]] = {}
    refused: dict[tuple[str, str], tuple[str, str]] = {}
    for uid, texts in typed.items():
        wanted[uid] = {}
        for name, text in texts.items():
            if (name, text) not in known:
                known[name, text] = read_cell(desk, definition[name], text)
            value, reason = known[name, text]
            if reason:
                refused[uid, name] = (text, reason)
            else:
                wanted[uid][name] = value
    return _preview(desk, kind, wanted, refused=refused, before=desk.load_some(kind, typed), title=title)


def _preview(
    desk: Desk, kind: str, wanted: _Wanted, *, refused: _Refused, before: Mapping[str, Values], title: str
) -> Preview:
    definition = DEFINITIONS[kind]
    words = _Words(desk)
    taken = _taken_references(desk, definition, wanted)
    cells: list[CellChange] = []
    for uid, values in wanted.items():
        held = before.get(uid)
        if held is None:
            continue
        reasons = dict(_reasons(definition, held, values))
        for name, value in values.items():
            reason = reasons.get(name) or _double(definition, name, value, uid, taken)
            field = definition[name]
            cells.append(CellChange(uid, name, words.of(field, held[name]), words.of(field, value), value, reason))
    for (uid, name), (text, reason) in refused.items():
        if uid in before:
            cells.append(CellChange(uid, name, words.of(definition[name], before[uid][name]), text, None, reason))
    return Preview(kind, title, tuple(cells), before)


class _Words:
    """Values in words, each distinct one worked out once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, Value], str] = {}

    def of(self, field: Field, value: Value) -> str:
        key = (field.name, value)
        if key not in self._known:
            self._known[key] = self._desk.show(field, value)
        return self._known[key]


def _reasons(definition: RecordDefinition, held: Values, wanted: Values) -> Iterator[tuple[str, str]]:
    """Yield the fields whose new value would empty what is required or contradict the rest, each with the sentence."""
    changed = {name: value for name, value in wanted.items() if held.get(name) != value}
    for name, value in changed.items():
        if definition[name].required and value in (None, ()):
            yield name, f"{plain(definition[name])} cannot be empty."
    if not changed:
        return
    whole = {**held, **wanted}
    for rule in definition.rules:
        for fault in rule(whole):
            if RULES[fault.rule].grade is Grade.MUST_FIX:
                words = sentence(fault.rule, label="", **fault.words)
                yield from ((name, words) for name in fault.fields if name in changed)


def _taken_references(desk: Desk, definition: RecordDefinition, wanted: _Wanted) -> dict[str, set[str]]:
    """Return whose each activity reference is, and whose it would become."""
    name = definition.reference
    if definition.kind != "activity" or not any(name in values for values in wanted.values()):
        return {}
    taken: dict[str, set[str]] = defaultdict(set)
    held = {uid: values[name] for uid, values in desk.load_fields("activity", name).items()}
    for uid, reference in {**held, **{uid: v[name] for uid, v in wanted.items() if name in v}}.items():
        taken[str(reference)].add(uid)
    return taken


def _double(definition: RecordDefinition, name: str, value: Value, uid: str, taken: Mapping[str, set[str]]) -> str:
    if name != definition.reference or not value or taken.get(str(value), {uid}) == {uid}:
        return ""
    return sentence("duplicate_reference", reference=str(value)).replace("row", "record")
