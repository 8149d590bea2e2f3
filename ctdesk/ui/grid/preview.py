"""What a paste or an edit of many records would come to, before it is done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ctdesk.domain.definition import DEFINITIONS
from ctdesk.services.cells import CellsPreview
from ctdesk.ui.theme import size, symbol, token
from ctdesk.ui.widgets import button, label

_MOST = 1_000
_HEADS = ("Record", "Field", "Now", "Becomes", "Why it is refused")


class PreviewDialog(QDialog):
    """Lists what is refused and why, then what changes; its main button says how many fields it changes."""

    def __init__(self, parent: QWidget, title: str, preview: CellsPreview, note: str = "") -> None:
        """Show a preview; `note` says what else there is to know of it."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.sentence = label(preview.sentence, "section", wrap=True)
        self.lines = _Lines(preview)
        count = len(preview.changes)
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
        more = len(preview.changes) + len(preview.refused) - _MOST
        notes = [note, f"The first {_MOST:,} are listed, {more:,} more follow." if more > 0 else ""]
        if any(notes):
            layout.addWidget(label(" ".join(filter(None, notes)), tone="2", wrap=True))
        layout.addWidget(self.lines, 1)
        layout.addLayout(foot)
        self.resize(size(900), size(440))


class _Lines(QTableWidget):
    def __init__(self, preview: CellsPreview) -> None:
        refused, changes = preview.refused[:_MOST], preview.changes[: max(_MOST - len(preview.refused), 0)]
        super().__init__(len(refused) + len(changes), len(_HEADS))
        self.setAccessibleName("What would change and what is refused")
        self.setHorizontalHeaderLabels([DEFINITIONS[preview.kind].label, *_HEADS[1:]])
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(self.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(size(26))
        for row, no in enumerate(refused):
            self._put(row, (no.called, no.label, "", no.typed, no.why), refused=True)
        for row, yes in enumerate(changes, start=len(refused)):
            self._put(row, (yes.called, yes.label, yes.old or "–", yes.new or "–", ""))
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

    def _put(self, row: int, texts: tuple[str, ...], *, refused: bool = False) -> None:
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if refused and column == 4:
                item.setForeground(token("bad"))
                item.setIcon(symbol("x", tone="bad"))
            if column == 2:
                item.setForeground(token("text2"))
            self.setItem(row, column, item)
