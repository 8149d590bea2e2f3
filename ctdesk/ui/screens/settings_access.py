"""Who asks what is held about them: the person is named, what is held is counted, and all of it written to a file."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QTreeWidgetItem, QWidget

from ctdesk.domain.counting import counted
from ctdesk.services.subject_access import (
    NOT_LOOKED_INTO,
    HeldAbout,
    WorkContact,
    held_about,
    names_typed,
    work_contacts,
    write_held,
)
from ctdesk.ui.grid.asking import where_to
from ctdesk.ui.screens.settings_row import setting_row
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Banner, Card, FlowLayout, button, edge_to_edge, label, plain_table

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WIDE = 360
_NOBODY = "Nobody: type below"
_TO_DO = "Pick the contact, or type what names the person, and press Look. Nothing is altered by looking."
_HINT = (
    "The file holds each place with what stands there. Look through it before you hand it over: other people may be "
    "named in the same place. Backups hold the same again."
)


class SubjectAccessPage(QWidget):
    """Looks for the texts that name one person, and writes what was found; nothing is altered."""

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make the page, with nobody named."""
        super().__init__()
        self.setAccessibleName("Subject access")
        self._session = session
        self._contacts: list[WorkContact] = []
        self._held: HeldAbout | None = None
        self.contact = QComboBox()
        self.contact.setFixedWidth(size(_WIDE))
        self.contact.currentIndexChanged.connect(self._take_contact)
        self.names = QLineEdit()
        self.names.setFixedWidth(size(_WIDE))
        self.names.textChanged.connect(self._name_other)
        self.names.returnPressed.connect(self.look)
        self.outcome = Banner("good", "", dismissible=True)
        self.outcome.hide()
        self.about = label("", wrap=True)
        self.table = plain_table("What is held about the person", ("Where", "What", "Places"), (250,))
        self.table.headerItem().setTextAlignment(2, _RIGHT)
        self.table.header().setStretchLastSection(False)
        self.table.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(2, size(90))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.look_button = button("Look", kind="main", icon="search")
        self.save_button = button("Save the file…", icon="export")
        self.look_button.clicked.connect(self.look)
        self.save_button.clicked.connect(self.ask_where)
        self._lay_out()
        self._tell()

    def _lay_out(self) -> None:
        card = Card("Who asks what is held about them")
        said = label("What names the contact is put below, where more can be added.", "help", tone="3", wrap=True)
        card.add(setting_row("A contact here", self.contact, said))
        said = label(
            "Name, e-mail address, telephone number: several with ; between them. Capitals and accents do not matter.",
            "help",
            tone="3",
            wrap=True,
        )
        card.add(setting_row("Look for", self.names, said))
        bar = QWidget()
        flow = FlowLayout(bar, gap=size(8))
        flow.addWidget(self.look_button)
        flow.addWidget(self.save_button)
        layout = edge_to_edge(self, size(8))
        layout.addWidget(card)
        layout.addWidget(bar)
        layout.addWidget(self.outcome)
        layout.addWidget(self.about)
        layout.addWidget(self.table)
        layout.addWidget(label(_HINT, "help", tone="3", wrap=True))

    def read(self) -> None:
        """Offer the contacts that there are; what is typed and what was found stay."""
        chosen = self._chosen
        self._contacts = work_contacts(self._session.desk)
        self.contact.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.contact.clear()
        self.contact.addItems([_NOBODY, *(it.words for it in self._contacts)])
        self._choose(chosen.uid if chosen else "")
        self.contact.blockSignals(False)  # noqa: FBT003 - Qt's signature

    def name_contact(self, uid: str) -> None:
        """Look for one contact's name, e-mail address and number."""
        self._choose(uid)
        self.names.setFocus()
        self.look()

    @property
    def _chosen(self) -> WorkContact | None:
        at = self.contact.currentIndex() - 1
        return self._contacts[at] if 0 <= at < len(self._contacts) else None

    def _choose(self, uid: str) -> None:
        places = [at for at, it in enumerate(self._contacts, start=1) if it.uid == uid]
        self.contact.setCurrentIndex(places[0] if places else 0)

    def _take_contact(self) -> None:
        if self._chosen is not None:
            self.names.setText(self._chosen.names)

    def _name_other(self) -> None:
        """Let go of what was found about somebody else."""
        if self._held is not None and tuple(names_typed(self.names.text())) != self._held.names:
            self._held = None
            self.table.clear()
        self._tell()

    def _tell(self) -> None:
        held = self._held
        self.look_button.allow(allowed=bool(names_typed(self.names.text())), why="Nobody is named yet.")
        self.save_button.allow(allowed=held is not None and bool(held.mentions), why="Nothing has been found yet.")
        self.about.setText(_sentence(held) if held is not None else _TO_DO)
        rows = self.table.topLevelItemCount()
        self.table.setVisible(bool(rows))
        # The page scrolls as a whole: two places to scroll would hide the end of the table at large text.
        self.table.setFixedHeight(self.table.header().sizeHint().height() + rows * size(26) + size(4))

    def look(self) -> None:
        """Search records, history and kept files, off the window's thread."""
        desk, names = self._session.desk, names_typed(self.names.text())
        if names:
            self.outcome.hide()
            self._session.run(
                "Looking for what names a person",
                lambda progress: held_about(desk, names, progress.step),
                self._show_held,
                self._failed,
            )

    def _show_held(self, held: HeldAbout) -> None:
        if tuple(names_typed(self.names.text())) != held.names:
            return
        self._held = held
        self.table.clear()
        self.table.addTopLevelItems([_item(*each) for each in held.counts()])
        self._tell()
        self.said.emit(self.about.text())

    def ask_where(self) -> None:
        """Ask for the file, and write it."""
        path = where_to(self, "Held about a person", ".xlsx")
        if path is not None:
            self.write_to(path)

    def write_to(self, path: Path) -> None:
        """Write what was found; the file is looked through before it is saved."""
        desk, held = self._session.desk, self._held
        if held is not None:
            self._session.run(
                f"Writing {path.name}",
                lambda _: write_held(desk, held, path),
                lambda _: self._show("good", f"{counted(len(held.mentions), 'line')} written to {path}."),
                self._failed,
            )

    def _failed(self, sentence: str) -> None:
        self._show("bad", sentence)

    def _show(self, tone: str, sentence: str) -> None:
        self.outcome.say(tone, sentence)
        self.outcome.show()
        self.said.emit(sentence)


def _sentence(held: HeldAbout) -> str:
    """Return how much was found, and what is left for a person to look through."""
    names = counted(held.places, "place names", "places name")
    found = f"{names} the person." if held.places else "Nothing here names the person."
    if not held.not_looked_into:
        return found
    files = counted(held.not_looked_into, "kept file")
    return f"{found} {files} could not be looked into and must be looked through by you: the file names each."


def _item(part: str, kind: str, count: int) -> QTreeWidgetItem:
    what = "Files to look through yourself" if kind == NOT_LOOKED_INTO else kind
    item = QTreeWidgetItem([part, what, f"{count:,}"])
    item.setTextAlignment(2, _RIGHT)
    return item
