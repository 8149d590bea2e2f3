"""The beginning of an adoption: choose a file, or give the password of one."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctdesk.ui.frame.drops import SPREADSHEETS
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Banner, Card, EmptyState, Way, button, label


class AdoptionStart(QWidget):
    """`chosen` carries the path of a file and the password given for it, or None."""

    chosen = Signal(object, object)

    def __init__(self) -> None:
        """Make the page."""
        super().__init__()
        self._path: Path | None = None
        self.choose = button("Choose file", kind="main", icon="folder")
        self.choose.clicked.connect(self.choose_file)
        self.banner = Banner("bad", "", "The desk is unchanged.", dismissible=True)
        self.banner.hide()
        self.locked = self._locked()
        self.locked.hide()
        page = EmptyState(
            "Take over a register you already keep",
            "Any spreadsheet will do: a contracts register, a grants list, last year’s baseline. The desk finds the "
            "headings, proposes what each column means, and shows everything before anything is altered.",
            [
                Way(
                    "spreadsheet",
                    "Choose the file",
                    "Excel, OpenDocument or CSV; or drop it on the window.",
                    self.choose,
                )
            ],
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), 0, size(16), size(12))
        layout.setSpacing(size(12))
        layout.addWidget(self.banner)
        layout.addWidget(self.locked)
        layout.addWidget(page, 1)

    def _locked(self) -> Card:
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("Password of the file")
        self.password.returnPressed.connect(self.unlock)
        self._locked_words = label("", wrap=True)
        unlock = button("Open the file", icon="lock")
        unlock.clicked.connect(self.unlock)
        row = QHBoxLayout()
        row.setContentsMargins(size(14), size(12), size(14), size(12))
        row.setSpacing(size(8))
        row.addWidget(self._locked_words, 1)
        row.addWidget(self.password)
        row.addWidget(unlock)
        inner = QWidget()
        inner.setLayout(row)
        card = Card()
        card.add(inner, ruled=False)
        return card

    def choose_file(self) -> None:
        """Let a person choose the file."""
        name, _ = QFileDialog.getOpenFileName(self, "Adopt a register", "", SPREADSHEETS)
        if name:
            self.chosen.emit(Path(name), None)

    def unlock(self) -> None:
        """Try the password typed."""
        if self._path is not None and self.password.text():
            self.chosen.emit(self._path, self.password.text())

    def ask_password(self, path: Path, sentence: str) -> None:
        """Ask for the password of a file."""
        self._path = path
        self._locked_words.setText(sentence)
        self.banner.hide()
        self.locked.show()
        self.password.clear()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def fail(self, sentence: str) -> None:
        """Say why a file could not be taken."""
        self.locked.hide()
        self.banner.say("bad", sentence, "The desk is unchanged.")
        self.banner.show()
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Begin afresh."""
        self._path = None
        self.password.clear()
        self.locked.hide()
        self.banner.hide()
