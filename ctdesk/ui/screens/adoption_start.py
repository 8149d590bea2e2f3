"""The beginning of an adoption: choose a file, or give the password of one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctdesk.domain.dates import date_text
from ctdesk.services.held_files import HeldRegister
from ctdesk.ui.frame.drops import SPREADSHEETS
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Banner, Card, EmptyState, Way, button, label


class AdoptionStart(QWidget):
    """`chosen` carries the path of a file, or the uid of a held one, and the password given for it, or None."""

    chosen = Signal(object, object)

    def __init__(self) -> None:
        """Make the page."""
        super().__init__()
        self._source: Path | str | None = None
        self.choose = button("Choose file", kind="main", icon="folder")
        self.choose.clicked.connect(self.choose_file)
        self.banner = Banner("bad", "", "The desk is unchanged.", dismissible=True)
        self.banner.hide()
        self.locked = self._locked()
        self.locked.hide()
        self.held = Card("Held for later")
        self.held.hide()
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
        layout.addWidget(self.held)
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

    def show_held(self, registers: Sequence[HeldRegister]) -> None:
        """List the registers whose review waits, each with the way back to it."""
        self.held.clear()
        self.held.setVisible(bool(registers))
        for each in registers:
            self.held.add(self._held_line(each))

    def _held_line(self, each: HeldRegister) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(size(14), size(6), size(14), size(6))
        row.addWidget(label(each.name, "medium"))
        row.addWidget(label(f"since {date_text(each.since.astimezone().date())}", "help", tone="3"))
        row.addStretch(1)
        go_on = button("Go on", small=True)
        go_on.setAccessibleName(f"Go on with {each.name}")
        go_on.clicked.connect(lambda: self.chosen.emit(each.uid, None))
        row.addWidget(go_on)
        return line

    def choose_file(self) -> None:
        """Let a person choose the file."""
        name, _ = QFileDialog.getOpenFileName(self, "Adopt a register", "", SPREADSHEETS)
        if name:
            self.chosen.emit(Path(name), None)

    def unlock(self) -> None:
        """Try the password typed."""
        if self._source is not None and self.password.text():
            self.chosen.emit(self._source, self.password.text())

    def ask_password(self, source: Path | str, sentence: str) -> None:
        """Ask for the password of a file."""
        self._source = source
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
        self._source = None
        self.password.clear()
        self.locked.hide()
        self.banner.hide()
