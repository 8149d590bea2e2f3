"""A new pack, or a copy of one for the next meeting: the board, the day, and where."""

from datetime import date

from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctdesk.domain import clock
from ctdesk.domain.dates import date_text, read_date
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.reading import Unreadable
from ctdesk.services.packs import copy_pack, new_pack, packs
from ctdesk.ui.kept_typing import keep_typing
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import button, label
from ctdesk.ui.widgets.typed_choice import typed_choice


class _Asking(QDialog):
    """A few lines, a fault in words below them, and two buttons; `made` is the uid of the pack once it is there."""

    def __init__(self, title: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.made: str | None = None
        self.setWindowTitle(title)
        self.setMinimumWidth(size(460))
        self.form = QFormLayout()
        self._fault = label("", tone="bad", wrap=True)
        self._fault.hide()
        cancel, do = button("Cancel", kind="quiet"), button(verb, kind="main")
        cancel.clicked.connect(self.reject)
        do.clicked.connect(self.begin)
        do.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(16), size(16), size(16))
        layout.setSpacing(size(12))
        layout.addLayout(self.form)
        layout.addWidget(self._fault)
        layout.addLayout(foot)

    def begin(self) -> None:
        """Make the pack, or say in the dialog why it cannot be."""
        try:
            self.made = self.make()
        except DeskError as fault:
            self._fault.setText(str(fault))
            self._fault.show()
            return
        self.accept()

    def make(self) -> str:
        """Make the pack and return its uid."""
        raise NotImplementedError


class NewPack(_Asking):
    """Asks for a new pack."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Make the dialog; the boards that are known are offered."""
        super().__init__("New pack", "Make the pack", parent)
        self._session = session
        self.board = typed_choice("Board")
        self.board.addItems(list(dict.fromkeys(line.board for line in packs(session.desk))) or [""])
        today = clock.today()
        self.held_on, self.time = QLineEdit(date_text(today)), QLineEdit()
        self.venue, self.contact = QLineEdit(), QLineEdit()
        self.time.setPlaceholderText("14:00 to 16:30")
        self.contact.setPlaceholderText("Who has large print or other languages")
        rows = (("&Board", self.board), ("&Date", self.held_on), ("&Time", self.time), ("&Place", self.venue))
        for words, editor in (*rows, ("&Other formats", self.contact)):
            self.form.addRow(words, editor)
        own = ("board", "held_on", "time", "venue", "contact")
        keep_typing(self, session, "new pack", {name: getattr(self, name) for name in own})

    def make(self) -> str:
        """Make the pack and return its uid."""
        more = {"time": self.time.text(), "venue": self.venue.text(), "contact": self.contact.text()}
        said: dict[str, Value] = {name: text.strip() or None for name, text in more.items()}
        return new_pack(self._session.desk, self.board.currentText(), _day(self.held_on), more=said)


class CopyPack(_Asking):
    """Asks for the next meeting, to copy a pack to it."""

    def __init__(self, session: Session, pack: str, name: str, parent: QWidget | None = None) -> None:
        """Make the dialog."""
        super().__init__("Copy to next meeting", "Copy the pack", parent)
        self._session, self._pack = session, pack
        self.held_on = QLineEdit()
        self.form.addRow("Pack", label(name))
        self.form.addRow("&Next meeting", self.held_on)
        hint = "Reports are drawn anew. Outside PDFs and late items belong to this meeting and are left behind."
        self.form.addRow("", label(hint, "help", tone="3", wrap=True))

    def make(self) -> str:
        """Copy the pack and return the uid of the copy."""
        return copy_pack(self._session.desk, self._pack, _day(self.held_on))


def _day(line: QLineEdit) -> date:
    try:
        return read_date(line.text())
    except Unreadable as fault:
        line.setFocus()
        raise DeskError(f"Date: “{line.text()}” {fault}.") from fault
