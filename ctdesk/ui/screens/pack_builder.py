"""One pack: its agenda at the left, the very pages in the middle, what to know before it is issued at the right."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QSplitter, QVBoxLayout, QWidget

from ctdesk.domain import clock
from ctdesk.domain.errors import DeskError
from ctdesk.services.deleting import delete_record
from ctdesk.services.exempt_guard import ExemptShown
from ctdesk.services.pack_issue import issue, open_again
from ctdesk.services.pack_reports import report_named
from ctdesk.services.pack_sheet import AgendaRow, PackSheet, Shown, fixed_words, pack_sheet, shown
from ctdesk.services.packs import add_item, add_outside, add_report, give_paper, move_item
from ctdesk.services.preview import Paper, pages_of
from ctdesk.ui.preview import preview
from ctdesk.ui.screens.pack_agenda import PackAgenda
from ctdesk.ui.screens.pack_item import PackItemDialog
from ctdesk.ui.screens.pack_pages import PackPages
from ctdesk.ui.screens.pack_remarks import PackRemarks
from ctdesk.ui.screens.packs_new import CopyPack
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Link, PageHead, action, button, edge_to_edge, label

if TYPE_CHECKING:
    from ctdesk.reports.pages import Pages

_WIDE = 1000
"""Width at 100% text from which the remarks have room beside the pages."""


_MOST_SHOWN = 6
"""Places where the public edition shows what is exempt that the question names; all stand beside the pages."""


class PackBuilder(QWidget):
    """`left` asks for the list again, `copied` carries the uid of a copy to show, `said` a sentence."""

    left = Signal()
    copied = Signal(str)
    said = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make the builder, empty."""
        super().__init__()
        self._session = session
        self.pack = ""
        self._sheet: PackSheet | None = None
        self._asked = 0
        back = Link("‹ Packs")
        back.clicked.connect(self.left)
        self.state = label("", tone="2")
        self.copy = button("Copy to next meeting", icon="copy")
        self.again = button("Open again", icon="pencil")
        self.print = button("Preview, save, print", icon="print", shortcut="Ctrl+P")
        self.issue = button("Freeze and issue", kind="main", icon="lock")
        self._head = PageHead(
            "", back=back, beside=[self.state], buttons=[self.copy, self.again, self.print, self.issue]
        )
        self.agenda, self.pages, self.remarks = PackAgenda(), PackPages(), PackRemarks()
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.copy.clicked.connect(self.copy_to_next)
        self.again.clicked.connect(lambda: self._do(open_again, self._session.desk, self.pack))
        self.print.clicked.connect(self.preview)
        self.issue.clicked.connect(self.freeze)
        self.pages.edition_wanted.connect(self._build)
        desk = self._session.desk
        self.agenda.moved.connect(lambda item, by: self._do(move_item, desk, item, by))
        self.agenda.edited.connect(self.edit)
        self.agenda.removed.connect(lambda item: self._do(delete_record, desk, "pack_item", item))
        self.agenda.given.connect(self._give)
        self.agenda.report_wanted.connect(self._add_report)
        self.agenda.outside_wanted.connect(self._add_outside)
        self.agenda.item_wanted.connect(lambda: self._do(add_item, desk, self.pack, "New item"))

    def _lay_out(self) -> None:
        both = QSplitter()
        for part, share in ((self.agenda, 5), (self.pages, 7), (self.remarks, 3)):
            both.addWidget(part)
            both.setStretchFactor(both.count() - 1, share)
        both.setChildrenCollapsible(False)
        both.setSizes([size(400), size(560), size(240)])
        around = QVBoxLayout()
        around.setContentsMargins(size(16), 0, size(16), size(12))
        around.addWidget(both)
        layout = edge_to_edge(self)
        layout.addWidget(self._head)
        layout.addLayout(around, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the remarks out where there is no room for them."""
        super().resizeEvent(event)
        self.remarks.setVisible(self.width() >= size(_WIDE))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Close the pages while nobody looks."""
        super().hideEvent(event)
        self._asked += 1
        self.pages.let_go()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Build the edition again that was looked at."""
        super().showEvent(event)
        if self.pack and self.pages.view is None:
            self._build()

    def actions_offered(self) -> list[QAction]:
        """Return the builder's commands."""
        return [self._preview]

    @cached_property
    def _preview(self) -> QAction:
        return action(self, "Preview the pack…", self.preview, "Ctrl+P")

    def show_pack(self, pack: str) -> None:
        """Show a pack."""
        if pack != self.pack:
            self.let_go()
        self.pack = pack
        self.read()

    def let_go(self) -> None:
        """Close the pages, as another pack or none will be shown."""
        self.pack = ""
        self._asked += 1
        self.pages.let_go()

    def read(self) -> None:
        """Read the pack again, and build the edition that is looked at."""
        self._sheet = sheet = pack_sheet(self._session.desk, self.pack)
        fixed, closed = sheet.issued_on is not None, self._session.read_only
        self._head.say(sheet.name)
        self.state.setText(fixed_words(sheet))
        self.agenda.show_rows(sheet.rows, fixed=fixed or closed)
        self.again.setVisible(fixed)
        self.issue.setVisible(not fixed)
        for each in (self.again, self.issue, self.copy):
            each.setEnabled(not closed)
        if self.isVisible():
            self._build()

    def _build(self) -> None:
        """Build the edition in the background; an older answer that comes later is not shown."""
        self._asked += 1
        asked, pack, edition, desk = self._asked, self.pack, self.pages.edition, self._session.desk
        if self.pages.view is None:
            self.pages.say("Setting the pages…")

        def build(_: object) -> "tuple[Shown, Pages]":
            made = shown(desk, pack, edition, clock.now())
            return made, pages_of(Paper("the pack", made.content))

        def done(made: "tuple[Shown, Pages]") -> None:
            if asked == self._asked:
                self._show(*made)
            else:
                made[1].close()

        def failed(sentence: str) -> None:
            if asked == self._asked:
                self.pages.say(sentence)
                self.remarks.show_fault(sentence)
                self.issue.setEnabled(False)

        self._session.run("Setting the pages of the pack", build, done, failed)

    def _show(self, made: Shown, pages: "Pages") -> None:
        self.pages.show_pages(pages)
        if made.pages:
            self.agenda.show_pages(made.pages)
        self.remarks.show_remarks(made)
        self.issue.allow(allowed=not self._session.read_only, why=self._session.why_not)

    def _do(self, job: Callable[..., object], *given: object) -> None:
        """Do something that is over at once, and say why not if it cannot be done."""
        try:
            job(*given)
        except DeskError as fault:
            self.said.emit(str(fault))

    def edit(self, row: AgendaRow) -> None:
        """Ask for the words of an item."""
        dialog = PackItemDialog(self._session, row.uid, row.values, self)
        dialog.exec()
        dialog.deleteLater()

    def _add_report(self, name: str) -> None:
        """Add a report; one that cannot do without a choice asks for it at once."""
        added = add_report(self._session.desk, self.pack, name, {})
        if report_named(name).wanted and self._sheet is not None:
            self.edit(next(row for row in self._sheet.rows if row.uid == added))

    def _add_outside(self) -> None:
        for path in self._ask_for_pdfs():
            self._do(add_outside, self._session.desk, self.pack, path)

    def _give(self, item: str) -> None:
        for path in self._ask_for_pdfs()[:1]:
            self._do(give_paper, self._session.desk, item, path)

    def _ask_for_pdfs(self) -> list[Path]:
        folder = str(self._session.memory.get("folder", ""))
        found, _ = QFileDialog.getOpenFileNames(self, "Outside PDFs", folder, "PDF (*.pdf)")
        return [Path(path) for path in found]

    def copy_to_next(self) -> None:
        """Ask for the next meeting, and go to the copy."""
        dialog = CopyPack(self._session, self.pack, self._sheet.name if self._sheet else "", self)
        if dialog.exec() and dialog.made is not None:
            self.copied.emit(dialog.made)
        dialog.deleteLater()

    def preview(self) -> None:
        """Show the edition in a window of its own, to save or print it."""
        desk, pack, edition = self._session.desk, self.pack, self.pages.edition
        name = f"{self._sheet.name if self._sheet else ''}, {edition} edition"
        preview(
            self._session, self, name, lambda path, _: path.write_bytes(shown(desk, pack, edition, clock.now()).content)
        )

    def freeze(self) -> None:
        """Ask whether to issue the pack, and do so in the background."""
        question = "Both editions are printed and kept as they are now. The figures no longer change with the desk."
        answer = QMessageBox.question(self, "Freeze and issue", question)
        if answer == QMessageBox.StandardButton.Yes:
            self.issue_now()

    def issue_now(self, *, even_so: bool = False) -> None:
        """Issue the pack; where the public edition shows what is marked exempt, ask first."""
        desk, pack = self._session.desk, self.pack

        def job(_: object) -> str:
            try:
                issue(desk, pack, clock.now(), even_so=even_so)
            except ExemptShown as shown:
                return "\n".join(shown.summary(_MOST_SHOWN))
            return ""

        self.issue.setEnabled(False)
        self._session.run("Issuing the pack", job, self._issued, self.said.emit)

    def _issued(self, shown: str) -> None:
        self.issue.setEnabled(True)
        if not shown:
            self.said.emit("The pack is issued: both editions are kept as they are.")
        elif self.asks_even_so(shown):
            self.issue_now(even_so=True)

    def asks_even_so(self, shown: str) -> bool:
        """Ask whether to issue a pack whose public edition shows what is marked exempt."""
        no = QMessageBox.StandardButton.No
        buttons = QMessageBox.StandardButton.Yes | no
        answer = QMessageBox.warning(self, "Not for publication", f"{shown}\n\nIssue it all the same?", buttons, no)
        return answer == QMessageBox.StandardButton.Yes
