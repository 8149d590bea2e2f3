"""What a paste or an edit of many records would come to, before it is done."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.services.desk import Desk
from ctdesk.services.many import Preview
from ctdesk.services.naming import called, counted
from ctdesk.ui.theme import size, symbol, token
from ctdesk.ui.widgets import button, dialog_size, label

_MOST = 1_000
_HEADS = ("Record", "Field", "Now", "Becomes", "Why it is refused")


_WIDTHS = {
    (False, False): (120, 180, 240, 240),
    (False, True): (96, 130, 130, 150),
    (True, False): (180, 180, 64, 240),
    (True, True): (150, 92, 48, 130),
}
"""Of the columns before the last, where records are made and where something is refused: the reason needs its room."""


class PreviewDialog(QDialog):
    """Lists what is refused and why, then what changes; its main button says how many fields it changes."""

    def __init__(self, parent: QWidget, desk: Desk, preview: Preview, note: str = "") -> None:
        """Show a preview; `note` says what else there is to know of it."""
        super().__init__(parent)
        self.setWindowTitle(preview.title)
        self.sentence = label(sentence_of(preview), "section", wrap=True)
        self.lines = _Lines(desk, preview)
        self.agree = button(verb_of(preview), kind="main")
        self.agree.setEnabled(bool(preview.changed or preview.made))
        self.agree.setDefault(True)
        self.agree.clicked.connect(self.accept)
        if not self.agree.isEnabled():
            self.agree.setToolTip("Nothing would change.")
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(label("Undo takes it back in one step.", "help", tone="3"))
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.agree)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(14), size(16), size(12))
        layout.setSpacing(size(10))
        layout.addWidget(self.sentence)
        more = self.lines.left_out
        notes = [
            note,
            f"{preview.left_over:,} rows of the clipboard reach beyond the list and are left out."
            if preview.left_over
            else "",
            f"The first {_MOST:,} are listed, {more:,} more follow." if more > 0 else "",
        ]
        if any(notes):
            layout.addWidget(label(" ".join(filter(None, notes)), tone="2", wrap=True))
        layout.addWidget(self.lines, 1)
        layout.addLayout(foot)
        self.resize(dialog_size(parent, 900, 440))


def verb_of(preview: Preview) -> str:
    """Return what the main button does, with its numbers."""
    made = f"make {counted(preview.kind, preview.made)}"
    if not preview.changed and preview.made:
        return made.capitalize()
    fields = f"Change {preview.changed:,} field{'' if preview.changed == 1 else 's'}"
    return f"{fields}, {made}" if preview.made else fields


def sentence_of(preview: Preview) -> str:
    """Return what would happen, in one sentence."""
    records = len({cell.uid for cell in preview.cells if cell.changes})
    fields = f"{preview.changed:,} field{'' if preview.changed == 1 else 's'} of {counted(preview.kind, records)}"
    said = [f"{fields} would change"] if preview.changed else []
    if preview.made:
        said.append(f"{counted(preview.kind, preview.made)} would be made")
    said = said or ["Nothing would change"]
    if preview.refused:
        said.append(f"{preview.refused:,} {'is' if preview.refused == 1 else 'are'} refused")
    same = sum(1 for cell in preview.cells if not cell.changes and not cell.refused)
    if same:
        said.append("1 stays as it is" if same == 1 else f"{same:,} stay as they are")
    return f"{', '.join(said)}."


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the dialog: which record, which field, and what comes of it."""

    record: str
    field: str
    old: str
    new: str
    refused: str


def _lines_of(desk: Desk, preview: Preview) -> Iterator[_Line]:
    """Give what is refused first, then what changes, then what is made."""
    fields = DEFINITIONS[preview.kind]
    own = [cell for cell in preview.cells if cell.refused or cell.changes]
    lines = [
        _Line(called(desk, preview.kind, preview.before[it.uid]), fields[it.field].label, it.old, it.new, it.refused)
        for it in own[: 2 * _MOST]
    ]
    for row in preview.new:
        if row.refused:
            texts = ", ".join(cell.text for cell in row.cells)
            lines.append(_Line(f"New: {row.called}", "not made", "", texts, row.refused))
            continue
        lines += [_Line(f"New: {row.called}", fields[it.field].label, "", it.text, it.refused) for it in row.cells]
    yield from (line for line in lines if line.refused)
    yield from (line for line in lines if not line.refused)


class _Lines(QTableWidget):
    def __init__(self, desk: Desk, preview: Preview) -> None:
        found = list(_lines_of(desk, preview))
        listed = found[:_MOST]
        self.left_out = len(found) - len(listed)
        super().__init__(len(listed), len(_HEADS))
        self.setAccessibleName("What would change and what is refused")
        self.setHorizontalHeaderLabels([DEFINITIONS[preview.kind].label, *_HEADS[1:]])
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(self.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(size(26))
        for row, line in enumerate(listed):
            self._put(row, line)
            if line.refused:
                self.setRowHeight(row, size(40))
        self._share_width(refused=any(line.refused for line in listed), new=bool(preview.new))

    def _share_width(self, *, refused: bool, new: bool) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, wide in enumerate(_WIDTHS[new, refused]):
            self.setColumnWidth(column, size(wide))
        self.setColumnHidden(4, not refused)
        head.setSectionResizeMode(4 if refused else 3, QHeaderView.ResizeMode.Stretch)

    def _put(self, row: int, line: _Line) -> None:
        for column, text in enumerate((line.record, line.field, line.old or "–", line.new or "–", line.refused)):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if line.refused and column == 4:
                item.setForeground(token("bad"))
                item.setIcon(symbol("x", tone="bad"))
            if column == 2:
                item.setForeground(token("text2"))
            self.setItem(row, column, item)
