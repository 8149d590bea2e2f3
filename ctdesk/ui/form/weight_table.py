"""The weights of an activity in its form: what it serves several of, each with its weight and its part in words."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ctdesk.domain.definition import Value, Values
from ctdesk.services.desk import Desk
from ctdesk.services.naming import counted
from ctdesk.services.record_parts import PartEdit
from ctdesk.services.stated_weights import WEIGHTS, WeightLine, weight_lines, weight_parts, weights_of
from ctdesk.ui.form.part_row import PartRow
from ctdesk.ui.form.typed import PartTyped
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import label

_HELP = (
    "Blank: equally. A weight beside others takes its part of their sum, 60 and 40, say; then a blank takes nothing."
)
_NOTHING = "Nothing to share: it serves one outcome, client group, area and age band, or says none yet."


class WeightRow(PartRow):
    """One line: what is served, its weight, and the part it comes to. An emptied weight is taken out."""

    def __init__(self, desk: Desk, line: WeightLine, uid: str | None, values: Values) -> None:
        """Make the row of a line; with no uid no weight is held of it."""
        super().__init__(WEIGHTS, desk, uid, values)
        self.words, self.share = label("", wrap=True), label("", "help", tone="2")
        self.editor = self.editors["weight"]
        self.words.setBuddy(self.editor)
        self.more.hide()
        self.show_line(line)

    def show_line(self, line: WeightLine) -> None:
        """Say what the weight is of, and whether that is still served."""
        self.line = line
        self.words.setText(line.label if line.serves else f"{line.label} (no longer served)")
        (self.editor.focusProxy() or self.editor).setAccessibleName(f"Weight of {line.label}")

    def put_into(self, grid: QGridLayout, at: int) -> None:
        """Lay the row out, with room below it for a fault."""
        grid.addWidget(self.words, at, 0)
        grid.addWidget(self.editor, at, 1)
        grid.addWidget(self.share, at, 2)
        grid.addWidget(self._said, at + 1, 0, 1, 3)

    @property
    def _widgets(self) -> tuple[QWidget, ...]:
        return (*super()._widgets, self.words, self.share)

    @property
    def weight(self) -> int:
        """The weight as typed; nought if there is none."""
        typed = self.values().get("weight")
        return typed if isinstance(typed, int) else 0

    @property
    def touched(self) -> bool:
        """Whether another weight is typed than is held."""
        typed = self.editor.typed().strip()
        return typed != self._shown["weight"].strip() if self.uid else bool(typed)

    def edit(self) -> PartEdit:
        """Return what becomes of the weight; an emptied one is deleted."""
        if self.uid and not self.editor.typed().strip():
            return PartEdit(WEIGHTS.kind, self.uid, self.before, None)
        return super().edit()


class WeightTable(QWidget):
    """Follows what the form says is served. `altered` at every keystroke, `left` when a weight is left."""

    altered = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make the table, empty."""
        super().__init__()
        self._desk, self.part = desk, WEIGHTS
        self._held: dict[str, dict[str, Value]] = {}
        self._read_only = False
        self._headings: list[QLabel] = []
        self.rows: dict[tuple[str, str], WeightRow] = {}
        self.setAccessibleName(WEIGHTS.heading)
        self._help = label("", "help", tone="3", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(size(14))
        self._grid.setVerticalSpacing(size(4))
        self._grid.setColumnMinimumWidth(0, size(190))
        self._grid.setColumnStretch(2, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, size(10), 0, size(4))
        whole.setSpacing(size(4))
        whole.addWidget(label(WEIGHTS.heading, "medium"))
        whole.addWidget(self._help)
        whole.addLayout(self._grid)

    def show_parts(self, uid: str | None) -> None:
        """Show the weights that an activity has; a new one has none."""
        for row in self.rows.values():
            row.take_out()
        self.rows = {}
        self._held = weights_of(self._desk, uid) if uid else {}

    def show_served(self, values: Values) -> None:
        """Show a line for whatever is served as typed; what was typed already stays."""
        lines = weight_lines(self._desk, values, self._held.values())
        if lines != [row.line for row in self.rows.values()]:
            self._lay_rows(lines)
        self._help.setText(_HELP if lines else _NOTHING)
        self._show_parts_of_all()

    def _lay_rows(self, lines: list[WeightLine]) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        for heading in self._headings:
            heading.deleteLater()
        kept, self.rows, self._headings, at = self.rows, {}, [], 0
        for heading, group in groupby(lines, lambda line: line.heading):
            said = label(heading, "badge", tone="2")
            said.setContentsMargins(0, size(6), 0, 0)
            self._headings.append(said)
            self._grid.addWidget(said, at, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
            at += 1
            for line in group:
                row = kept.pop(line.key) if line.key in kept else self._row(line)
                row.show_line(line)
                self.rows[line.key] = row
                row.put_into(self._grid, at)
                at += 2
        for gone in kept.values():
            gone.take_out()

    def _row(self, line: WeightLine) -> WeightRow:
        held = ((uid, it) for uid, it in self._held.items() if (it["dimension"], it["bucket"]) == line.key)
        uid, values = next(held, (None, {"dimension": line.dimension, "bucket": line.bucket}))
        row = WeightRow(self._desk, line, uid, values)
        row.setParent(self)
        row.set_read_only(read_only=self._read_only)
        row.altered.connect(self._changed)
        row.left.connect(self.left)
        return row

    def _changed(self) -> None:
        self._show_parts_of_all()
        self.altered.emit()

    def _show_parts_of_all(self) -> None:
        lines = [row.line for row in self.rows.values()]
        parts = weight_parts(lines, {key: row.weight for key, row in self.rows.items()})
        for key, row in self.rows.items():
            row.share.setText(parts[key])

    def show_new(self, weights: list[dict[str, Value]]) -> None:
        """Type weights that are to be made along with a new activity."""
        for values in weights:
            row = self.rows.get((str(values["dimension"]), str(values["bucket"])))
            if row is not None and values.get("weight") is not None:
                row.editor.show_text(str(values["weight"]))
        self._changed()

    def typed(self) -> list[PartTyped]:
        """Return the weights that are typed, each with what it is the weight of."""
        return [
            PartTyped(row.uid, {"dimension": dimension, "bucket": bucket, "weight": row.editor.typed()})
            for (dimension, bucket), row in self.rows.items()
            if row.touched
        ]

    def show_typed(self, weights: Sequence[PartTyped]) -> None:
        """Show again the weights that were typed, as far as there is still something to weigh."""
        for each in weights:
            texts = each.texts or {}
            row = self.rows.get((texts.get("dimension", ""), texts.get("bucket", "")))
            if row is not None:
                row.show_typed(texts)
        self._changed()

    def values(self) -> list[dict[str, Value]]:
        """Return the weights as typed."""
        return [row.values() for row in self.rows.values() if row.editor.typed().strip()]

    def edits(self) -> list[PartEdit]:
        """Return what becomes of the weights on saving."""
        return [row.edit() for row in self.rows.values() if row.touched]

    @property
    def touched(self) -> str:
        """How many weights are altered, in words; nothing if none is."""
        many = len(self.edits())
        return counted(WEIGHTS.kind, many) if many else ""

    def must_fix(self) -> WeightRow | None:
        """Return the first row in which something stands in the way of saving, all of them looked at."""
        for row in self.rows.values():
            row.look()
        return next((row for row in self.rows.values() if row.touched and row.stands_in_the_way), None)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let nothing be typed."""
        self._read_only = read_only
        for row in self.rows.values():
            row.set_read_only(read_only=read_only)
