"""The pages of an edition within the builder: which edition, which page, and the very PDF."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ctdesk.domain.pack import Edition
from ctdesk.ui.preview.pages_view import FIT_PAGE, PagesView
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Card, FlowLayout, Segmented, icon_button, label

if TYPE_CHECKING:
    from ctdesk.reports.pages import Pages

EDITIONS = tuple(Edition)


class PackPages(Card):
    """`edition_wanted` says that another edition was chosen."""

    edition_wanted = Signal()

    def __init__(self) -> None:
        """Make the pane with nothing to show yet."""
        super().__init__()
        self._pages: Pages | None = None
        self.view: PagesView | None = None
        self.editions = Segmented("Edition", [edition.capitalize() for edition in EDITIONS])
        self.editions.chosen.connect(lambda _: self.edition_wanted.emit())
        self.earlier, self.later = icon_button("Page before", "chevron-left"), icon_button("Next page", "chevron-right")
        self.earlier.clicked.connect(lambda: self._turn(-1))
        self.later.clicked.connect(lambda: self._turn(1))
        self.place = label("", tone="2")
        self._said = label("", "lead", tone="2", wrap=True)
        self._said.setContentsMargins(size(16), size(16), size(16), size(16))
        self._room = QWidget()
        self._inside = QVBoxLayout(self._room)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.addWidget(self._said)
        self.add(self._bar())
        self.body.addWidget(self._room, 1)

    def _bar(self) -> QWidget:
        turning = QWidget()
        row = QHBoxLayout(turning)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(size(8))
        for each in (self.earlier, self.place, self.later):
            row.addWidget(each)
        bar = QWidget()
        parts = FlowLayout(bar, gap=size(8))
        parts.setContentsMargins(size(10), size(8), size(10), size(8))
        parts.addWidget(self.editions)
        parts.addWidget(turning)
        return bar

    @property
    def edition(self) -> Edition:
        """The edition that is looked at."""
        return EDITIONS[self.editions.current]

    def say(self, words: str) -> None:
        """Say something in place of the pages."""
        self.let_go()
        self._said.setText(words)
        self._said.show()
        self.place.setText("")

    def show_pages(self, pages: "Pages") -> None:
        """Show the pages of an edition, at the page that was read, if there still is such."""
        current = self.view.current if self.view is not None else 0
        self.let_go()
        self._said.hide()
        self._pages, self.view = pages, PagesView(pages, FIT_PAGE)
        self.view.turned.connect(self._tell)
        self._inside.addWidget(self.view, 1)
        self._inside.activate()
        self.view.set_zoom(FIT_PAGE)  # which lays the pages out, even before they are seen
        self.view.turn_to(min(current, len(pages.sizes) - 1))
        self._tell(self.view.current)

    def let_go(self) -> None:
        """Close the pages that are shown."""
        if self.view is not None and self._pages is not None:
            self.view.close_pages()
            self.view.hide()
            self.view.deleteLater()
            self._pages.close()
        self.view = self._pages = None

    def _turn(self, by: int) -> None:
        if self.view is not None:
            self.view.turn_to(self.view.current + by)

    def _tell(self, page: int) -> None:
        if self._pages is not None:
            self.place.setText(f"Sheet {page + 1} of {len(self._pages.sizes)}")
