"""The list of a review, line by line: a record, below it its fields with old beside new."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ctdesk.services.review_sheet import Evidence, ReviewField, ReviewRecord, ReviewSheet, UnchangedField

FILTERS = ("all", "to decide", "changed", "new", "ended", "conflict", "unchanged")
"""What may be listed; a record to decide is listed there until another filter is chosen. All but unchanged: all."""

_MANY = 40
"""So many new records are folded until they are wanted."""

BADGES = {"conflict": "conflicting", "suggested match": "suggested"}
"""The states of records whose key in the set of row states is another."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One line: a record's head, a field, a conflict, one piece of evidence for a match, or what is unchanged.

    *rest* is the line under which the unchanged fields, each *same*, are folded away.
    """

    sort: Literal["record", "field", "conflict", "evidence", "rest", "same"]
    record: ReviewRecord
    field: ReviewField | None = None
    evidence: Evidence | None = None
    same: UnchangedField | None = None

    @property
    def at(self) -> tuple[str, int]:
        """The kind and number of the row."""
        return self.record.kind, self.record.number

    @property
    def folds_rest(self) -> bool:
        """Whether folding here folds the unchanged fields only, not the record."""
        return self.sort in {"rest", "same"} and not self.record.still

    @property
    def to_decide(self) -> bool:
        """Whether a person has to choose on this very line."""
        if self.sort == "conflict":
            return self.field is not None and self.field.state == "to decide"
        return self.sort == "record" and self.record.match is not None and self.record.to_decide


class ReviewModel(QAbstractListModel):
    """The lines of a review as filtered and folded; its text is what a screen reader says of a line."""

    def __init__(self) -> None:
        """Make an empty list."""
        super().__init__()
        self.sheet: ReviewSheet | None = None
        self.filter = "all"
        self.matched: frozenset[tuple[str, int]] = frozenset()
        self.unchanged_of: Callable[[ReviewRecord], tuple[UnchangedField, ...]] = lambda _: ()
        self._listed: set[tuple[str, int]] = set()
        self._folded: dict[tuple[str, int], bool] = {}
        self._rest_shown: set[tuple[str, int]] = set()
        self._folds_new = False
        self._lines: list[ReviewLine] = []

    def show(self, sheet: ReviewSheet | None, wanted: str = "all") -> None:
        """List the records of a sheet that a filter lets through."""
        self.beginResetModel()
        self.sheet, self.filter = sheet, wanted
        self._folds_new = sum(1 for it in (sheet.records if sheet else ()) if it.state == "new") > _MANY
        self._listed = {(it.kind, it.number) for it in (sheet.records if sheet else ()) if lets_through(wanted, it)}
        self._lines = list(self._all_lines())
        self.endResetModel()

    def retick(self, sheet: ReviewSheet) -> None:
        """Show other decisions on the same lines."""
        self.sheet = sheet
        self._lines = list(self._all_lines())
        self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))

    def fold(self, record: ReviewRecord, *, folded: bool) -> None:
        """Fold a record's lines away, or show them."""
        self.beginResetModel()
        self._folded[record.kind, record.number] = folded
        self._lines = list(self._all_lines())
        self.endResetModel()

    def is_folded(self, record: ReviewRecord) -> bool:
        """Whether a record's lines are folded away, as they are at first where nothing is to be decided on them."""
        at_first = record.still or (record.state == "new" and self._folds_new)
        return self._folded.get((record.kind, record.number), at_first)

    def fold_rest(self, record: ReviewRecord, *, folded: bool) -> None:
        """Fold the unchanged fields of a record away, or show them."""
        self.beginResetModel()
        (self._rest_shown.discard if folded else self._rest_shown.add)((record.kind, record.number))
        self._lines = list(self._all_lines())
        self.endResetModel()

    def is_rest_folded(self, record: ReviewRecord) -> bool:
        """Whether the unchanged fields of a record are folded away."""
        return (record.kind, record.number) not in self._rest_shown

    def _all_lines(self) -> Iterator[ReviewLine]:
        for record in self.sheet.records if self.sheet else ():
            if (record.kind, record.number) not in self._listed:
                continue
            yield ReviewLine("record", record)
            if not self.is_folded(record):
                yield from _lines_below(record)
                yield from self._rest(record)

    def _rest(self, record: ReviewRecord) -> Iterator[ReviewLine]:
        """Yield what is unchanged of a record: of one that is so as a whole at once, else under a line of its own."""
        if record.match is not None or not record.unchanged:
            return
        if not record.still:
            yield ReviewLine("rest", record)
        if record.still or not self.is_rest_folded(record):
            for same in self.unchanged_of(record):
                yield ReviewLine("same", record, same=same)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the line in words."""
        if role in _WORDS:
            return in_words(self._lines[index.row()])
        return None

    def line(self, row: int) -> ReviewLine:
        """Return a line by its place."""
        return self._lines[row]

    def row_of_rest(self, kind: str, number: int) -> int | None:
        """Return the line under which the unchanged fields of a record are folded away."""
        return next((row for row, it in enumerate(self._lines) if it.sort == "rest" and it.at == (kind, number)), None)

    def row_of(self, kind: str, number: int, field: str = "") -> int | None:
        """Return where a record stands, or the line of one of its fields, or None if it is not listed."""
        rows = [row for row, line in enumerate(self._lines) if line.at == (kind, number)]
        named = (row for row in rows if (item := self._lines[row].field) is not None and item.name == field)
        return next(named, rows[0] if rows else None)

    def next_to_decide(self, row: int) -> int | None:
        """Return the next line on which a person has to choose, from the top again after the last."""
        count = len(self._lines)
        order = ((row + step) % count for step in range(1, count + 1))
        return next((at for at in order if self._lines[at].to_decide), None)


def lets_through(wanted: str, record: ReviewRecord) -> bool:
    """Whether a filter lists a record."""
    if wanted == "to decide":
        return record.to_decide
    return record.state != "unchanged" if wanted == "all" else record.state == wanted


def _lines_below(record: ReviewRecord) -> Iterator[ReviewLine]:
    for evidence in record.match.evidence if record.match else ():
        yield ReviewLine("evidence", record, evidence=evidence)
    for item in record.fields:
        yield ReviewLine("conflict" if item.conflict else "field", record, item)


def in_words(line: ReviewLine) -> str:
    """Return a line as it is read out."""
    record, item, evidence = line.record, line.field, line.evidence
    if line.sort == "rest":
        return f"{rest_words(record)}, folded"
    if line.same is not None:
        return f"{line.same.label}: {line.same.value}, unchanged"
    if evidence is not None:
        return f"{evidence.label}: {evidence.old or 'empty'}; in the file {evidence.new or 'empty'}: {evidence.word}"
    if item is None:
        state = "to decide" if record.to_decide else decided_words(record)
        return ", ".join(part for part in (record.state, record.reference, heading(record), state) if part)
    chosen = f", chosen {item.other}" if item.other else ""
    return f"{item.label}: on the desk {item.old or 'empty'}; in the file {item.new or 'empty'}, {item.state}{chosen}"


def heading(record: ReviewRecord) -> str:
    """Return what stands for a record in the list."""
    match = record.match
    if match is None:
        return record.title or f"Row {record.number}"
    return f"Row {record.number} has no key but looks like {match.reference or match.title}"


def decided_words(record: ReviewRecord) -> str:
    """Return what stands beside the tick of a record."""
    if record.still:
        return ""
    accepted = record.count("accepted")
    if record.state == "new" and accepted == len(record.fields):
        return "Accept"
    return f"Accept {accepted}" if accepted else "Declined"


def rest_words(record: ReviewRecord) -> str:
    """Return what stands for the fields that are folded away."""
    return f"{record.unchanged} {'field' if record.unchanged == 1 else 'fields'} unchanged"


def note(record: ReviewRecord) -> str:
    """Return what is said of a record beside its title."""
    if record.match is not None:
        return "new until you say"
    if record.state == "unreadable" and not record.fields:
        return "nothing of the row is taken; see the findings"
    if record.still:
        return "stays as it is" if record.state == "not in the return" else rest_words(record)
    many = f"{len(record.fields)} field" if len(record.fields) == 1 else f"{len(record.fields)} fields"
    return f"{many}, {record.unchanged} unchanged" if record.state != "new" else many
