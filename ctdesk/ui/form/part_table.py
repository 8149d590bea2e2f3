"""The table of a record's parts in its form, such as the funding lines of an activity, with their sum in words."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ctdesk.domain.definition import DEFINITIONS, Kind, Value, Values
from ctdesk.domain.money import money_text
from ctdesk.services.desk import Desk
from ctdesk.services.faults import read_field
from ctdesk.services.naming import counted
from ctdesk.services.record_parts import PartEdit, PartKind, PartSum, new_part, part_sums, parts_of
from ctdesk.ui.form.part_row import PartRow
from ctdesk.ui.form.typed import PartTyped
from ctdesk.ui.session import READ_ONLY
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import SymbolLabel, button, clear, label

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PartTable(QWidget):
    """Adds, alters and deletes the parts of one record; nothing is saved before the form is.

    `whole` gives the record as typed, which the sums are compared with. `opened` carries the uid of a part.
    """

    altered = Signal()
    left = Signal()
    opened = Signal(str)

    def __init__(self, kind: str, part: PartKind, desk: Desk, whole: Callable[[], Values]) -> None:
        """Make the table, empty."""
        super().__init__()
        self.part, self._kind, self._desk, self._whole = part, kind, desk, whole
        self.rows: list[PartRow] = []
        self._gone: list[PartRow] = []
        self._next = 1
        self._read_only = False
        self.setAccessibleName(DEFINITIONS[part.kind].plural)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(size(8))
        self._grid.setVerticalSpacing(size(4))
        self._sums = QVBoxLayout()
        self._sums.setSpacing(size(2))
        self.add = button(f"Add a {DEFINITIONS[part.kind].label.lower()}", kind="quiet", icon="plus", small=True)
        self.add.clicked.connect(self.add_new)
        self._lay_out()

    def _lay_out(self) -> None:
        self._heads = [label(DEFINITIONS[self.part.kind][name].label, "badge", tone="2") for name in self.part.columns]
        for column, name in enumerate(self.part.columns):
            field = DEFINITIONS[self.part.kind][name]
            place = _RIGHT if field.kind is Kind.MONEY else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(self._heads[column], 0, column, place)
            narrow, wide = field.kind in {Kind.MONEY, Kind.YEAR}, field.kind is Kind.CHOICE
            self._grid.setColumnStretch(column, 0 if narrow else 3 if wide else 2)
        foot = QHBoxLayout()
        foot.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        foot.addStretch(1)
        foot.addLayout(self._sums)
        foot.addSpacing(size(32))
        column_of_parts = QVBoxLayout(self)
        column_of_parts.setContentsMargins(0, size(10), 0, size(4))
        column_of_parts.setSpacing(size(4))
        column_of_parts.addWidget(label(DEFINITIONS[self.part.kind].plural, "medium"))
        column_of_parts.addLayout(self._grid)
        column_of_parts.addLayout(foot)

    def show_parts(self, uid: str | None) -> None:
        """Show the parts that a record has; a new one has none."""
        for row in (*self.rows, *self._gone):
            row.take_out()
        self.rows, self._gone, self._next = [], [], 1
        for part, values in parts_of(self._desk, self._kind, uid).items() if uid else ():
            self._add_row(part, values)
        self._show_heads()
        self.show_sums()

    def show_new(self, parts: Sequence[Values]) -> None:
        """Show parts that are to be made along with a new record."""
        for values in parts:
            own = {name: value for name, value in values.items() if name != self.part.link}
            self._add_row(None, own)
        self._changed()
        self.left.emit()

    def typed(self) -> list[PartTyped]:
        """Return what is typed in the parts, and which of them are to be deleted."""
        gone = [PartTyped(row.uid, None) for row in self._gone if row.uid]
        return [*gone, *(row.typed() for row in self.rows if row.touched)]

    def show_typed(self, parts: Sequence[PartTyped]) -> None:
        """Show again what was typed; what was typed into a part that is gone since becomes a new one."""
        held = {row.uid: row for row in self.rows if row.uid}
        for part in parts:
            row = held.get(part.uid or "")
            if part.texts is not None:
                (row or self._add_row(None, self._unseen(part.texts))).show_typed(part.texts)
            elif row is not None:
                self._take_off(row)
        self._changed()

    def _unseen(self, texts: Mapping[str, str]) -> Values:
        """Return what a new part was given and shows nowhere."""
        of = DEFINITIONS[self.part.kind]
        names = [name for name in texts if name in of.by_name and name not in self.part.columns]
        return {name: read_field(self._desk, of[name], texts[name]).value for name in names}

    def add_new(self) -> None:
        """Add an empty line with what is known already, and put the cursor into it."""
        row = self._add_row(None, new_part(self._desk, self._kind, self._whole(), self.values()))
        self._changed()
        self.left.emit()
        blank = (name for name, editor in row.editors.items() if not editor.typed())
        row.editors[next(blank, self.part.amount)].setFocus()

    def _add_row(self, uid: str | None, values: Values) -> PartRow:
        row = PartRow(self.part, self._desk, uid, values)
        row.setParent(self)
        row.put_into(self._grid, self._next)
        row.call(len(self.rows) + 1)
        row.set_read_only(read_only=self._read_only)
        row.altered.connect(self._changed)
        row.left.connect(self.left)
        row.wants.connect(lambda what: self._do(row, what))
        self._next += 2
        self.rows.append(row)
        return row

    def _do(self, row: PartRow, what: str) -> None:
        if what == "open" and row.uid is not None:
            self.opened.emit(row.uid)
        elif what == "copy":
            self.show_new([row.values()])
        elif what == "delete":
            self._take_off(row)
            self._changed()
            self.left.emit()

    def _take_off(self, row: PartRow) -> None:
        self.rows.remove(row)
        self._gone.append(row)
        row.hide()

    def _changed(self) -> None:
        self._show_heads()
        self.show_sums()
        self.altered.emit()

    def _show_heads(self) -> None:
        for head in self._heads:
            head.setVisible(bool(self.rows))
        for number, row in enumerate(self.rows, start=1):
            row.call(number)

    def show_sums(self) -> None:
        """Show the totals beside the record as typed."""
        clear(self._sums)
        sums = part_sums(self._desk, self._kind, self._whole(), self.values())
        for each in sums:
            self._sums.addWidget(_sum_line(each, with_year=len(sums) > 1 or not each.words))

    def values(self) -> list[dict[str, Value]]:
        """Return the parts as typed."""
        return [row.values() for row in self.rows]

    def edits(self) -> list[PartEdit]:
        """Return what becomes of the parts on saving."""
        gone = [PartEdit(self.part.kind, row.uid, row.before, None) for row in self._gone if row.uid]
        return [*gone, *(row.edit() for row in self.rows if row.touched)]

    @property
    def touched(self) -> str:
        """How many parts are altered, in words; nothing if none is."""
        many = len(self.edits())
        return counted(self.part.kind, many) if many else ""

    def must_fix(self) -> PartRow | None:
        """Return the first row in which something stands in the way of saving, all of them looked at."""
        for row in self.rows:
            row.look(whole=True)
        return next((row for row in self.rows if row.stands_in_the_way), None)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let nothing be typed, added or deleted."""
        self._read_only = read_only
        self.add.setEnabled(not read_only)
        self.add.setToolTip(READ_ONLY if read_only else "")
        for row in self.rows:
            row.set_read_only(read_only=read_only)


def _sum_line(each: PartSum, *, with_year: bool) -> QWidget:
    """Return a total with how it stands to the whole, as a state: symbol and words."""
    line = QWidget()
    across = QHBoxLayout(line)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(size(6))
    across.addStretch(1)
    if each.adds_up is not None:
        symbol, tone = ("tick-disc", "good") if each.adds_up else ("triangle", "warn")
        across.addWidget(SymbolLabel(symbol, tone))
        across.addWidget(label(each.words, "help", tone=tone))
    elif each.words:
        across.addWidget(label(each.words, "help", tone="3"))
    if with_year and each.year:
        across.addWidget(label(each.year, "help", tone="2"))
    total = label(money_text(each.total), "strong")
    total.setAccessibleName(f"{each.year}: {money_text(each.total)}. {each.words}")
    across.addWidget(total)
    return line
