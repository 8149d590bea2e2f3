"""What a paste or an edit of many records would come to, before it is done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.services.desk import Desk
from ctdesk.services.many import CellChange, Preview
from ctdesk.services.naming import called, counted
from ctdesk.ui.theme import size, symbol, token
from ctdesk.ui.widgets import button, label

_MOST = 1_000
_HEADS = ("Record", "Field", "Now", "Becomes", "Why it is refused")


class PreviewDialog(QDialog):
    """Lists what is refused and why, then what changes; its main button says how many fields it changes."""

    def __init__(self, parent: QWidget, desk: Desk, preview: Preview, note: str = "") -> None:
        """Show a preview; `note` says what else there is to know of it."""
        super().__init__(parent)
        self.setWindowTitle(preview.title)
        self.sentence = label(sentence_of(preview), "section", wrap=True)
        self.lines = _Lines(desk, preview)
        count = preview.changed
        self.agree = button(f"Change {count:,} field{'' if count == 1 else 's'}", kind="main")
        self.agree.setEnabled(bool(count))
        self.agree.setDefault(True)
        self.agree.clicked.connect(self.accept)
        if not count:
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
        more = preview.changed + preview.refused - _MOST
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
        self.resize(size(900), size(440))


def sentence_of(preview: Preview) -> str:
    """Return what would happen, in one sentence."""
    records = len({cell.uid for cell in preview.cells if cell.changes})
    fields = f"{preview.changed:,} field{'' if preview.changed == 1 else 's'} of {counted(preview.kind, records)}"
    said = [f"{fields} would change" if preview.changed else "Nothing would change"]
    if preview.refused:
        said.append(f"{preview.refused:,} {'is' if preview.refused == 1 else 'are'} refused")
    same = len(preview.cells) - preview.changed - preview.refused
    if same:
        said.append("1 stays as it is" if same == 1 else f"{same:,} stay as they are")
    return f"{', '.join(said)}."


class _Lines(QTableWidget):
    def __init__(self, desk: Desk, preview: Preview) -> None:
        refused = [cell for cell in preview.cells if cell.refused][:_MOST]
        changes = [cell for cell in preview.cells if cell.changes][: _MOST - len(refused)]
        super().__init__(len(refused) + len(changes), len(_HEADS))
        self.setAccessibleName("What would change and what is refused")
        self.setHorizontalHeaderLabels([DEFINITIONS[preview.kind].label, *_HEADS[1:]])
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(self.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(size(26))
        for row, cell in enumerate([*refused, *changes]):
            self._put(row, called(desk, preview.kind, preview.before[cell.uid]), preview.kind, cell)
        self._share_width(refused=bool(refused))
        for row in range(len(refused)):
            self.setRowHeight(row, size(40))

    def _share_width(self, *, refused: bool) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, wide in enumerate((96, 130, 130, 150) if refused else (120, 180, 240, 240)):
            self.setColumnWidth(column, size(wide))
        self.setColumnHidden(4, not refused)
        head.setSectionResizeMode(4 if refused else 3, QHeaderView.ResizeMode.Stretch)

    def _put(self, row: int, name: str, kind: str, cell: CellChange) -> None:
        field = DEFINITIONS[kind][cell.field]
        for column, text in enumerate((name, field.label, cell.old or "–", cell.new or "–", cell.refused)):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if cell.refused and column == 4:
                item.setForeground(token("bad"))
                item.setIcon(symbol("x", tone="bad"))
            if column == 2:
                item.setForeground(token("text2"))
            self.setItem(row, column, item)
