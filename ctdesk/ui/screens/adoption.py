"""Adopt a register: choose somebody else's spreadsheet, say what it means, look at what it would do, apply it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QInputDialog, QStackedWidget, QVBoxLayout

from ctdesk.domain.review import Resolve
from ctdesk.services.adopting import AdoptionWishes
from ctdesk.services.adoption_review import (
    AdoptionReview,
    apply_adoption,
    keep_profile,
    profiles,
    review_adoption,
)
from ctdesk.services.adoption_sheet import AdoptionSheet, Locked, begin, look
from ctdesk.services.naming import counted
from ctdesk.ui.places import Place
from ctdesk.ui.screens.adoption_mapping import MappingPage
from ctdesk.ui.screens.adoption_names import LikeNamesDialog, NewNamesDialog
from ctdesk.ui.screens.adoption_review import AdoptionReviewPage
from ctdesk.ui.screens.adoption_start import AdoptionStart
from ctdesk.ui.screens.adoption_steps import Steps
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Badge, ElidedLabel, FootBar, PageHead, button

if TYPE_CHECKING:
    from ctdesk.returns.sheets import Book

START, MAPPING, REVIEW = range(3)
_STEP = {START: 0, MAPPING: 2, REVIEW: 3}
_NARROW = 980
"""Below this width (at base size) the cards stand below each other."""


class AdoptionScreen(Screen):
    """Leads from a file to its rows on the desk. Nothing is altered before Apply."""

    name, title, icon = "adoption", "Adopt a register", "receive"

    def __init__(self, session: Session) -> None:
        """Make the pages; nothing is read yet."""
        super().__init__(session)
        self.sheet: AdoptionSheet | None = None
        self.review: AdoptionReview | None = None
        self._book: Book | None = None
        self._wishes = AdoptionWishes()
        self._asked = 0
        self._applying = False
        self.start, self.mapping, self.reviewing = AdoptionStart(), MappingPage(), AdoptionReviewPage()
        self.pages = QStackedWidget()
        for page in (self.start, self.mapping, self.reviewing):
            self.pages.addWidget(page)
        self._steps = Steps()
        self._head = PageHead("Adopt a register", "", buttons=[self._steps])
        self._main = QAction("Review the register", self)
        self._main.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        self._main.triggered.connect(self.go_on)
        self._make_foot()
        self._connect()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self._head, self.pages, self._foot):
            layout.addWidget(part)
        layout.setStretch(1, 1)
        self._show(START)

    def _make_foot(self) -> None:
        self._confirm = Badge("adoption", "unsure")
        self._note = ElidedLabel("", tone="2")
        self.cancel, self.back = button("Cancel", kind="quiet"), button("Back", icon="chevron-left")
        self.main = button("Review", kind="main", shortcut="Ctrl+Enter")
        self.cancel.clicked.connect(self.leave)
        self.back.clicked.connect(self.step_back)
        self.main.clicked.connect(self.go_on)
        self._foot = FootBar([self._confirm, self._note], [self.cancel, self.back, self.main])

    def _connect(self) -> None:
        self.start.chosen.connect(self.open_file)
        file, columns, says = self.mapping.file, self.mapping.columns, self.mapping.says
        file.row_wanted.connect(lambda row: self.wish(header_row=row, mapping={}))
        file.sheet_wanted.connect(lambda sheet: self.wish(sheet=sheet, header_row=None, mapping={}))
        columns.kind_wanted.connect(lambda kind: self.wish(kind=kind, profile=None, mapping={}, values={}))
        columns.table.columns.wanted.connect(self.map_column)
        columns.profile_wanted.connect(lambda wish: self.wish(profile=wish or None, mapping={}))
        columns.keep_wanted.connect(self.save_profile)
        says.meaning.connect(self.give_meaning)
        says.agency_named.connect(self.name_agency)
        says.compare.connect(self.compare_names)
        says.see_new.connect(self.show_new_names)
        self.reviewing.resolved.connect(self.resolve)
        self.reviewing.open_list.clicked.connect(lambda: self.wants.emit(Place(self._wishes.kind)))
        self.reviewing.adopt_another.clicked.connect(self.begin_again)

    # what the frame asks

    def go(self, place: object) -> None:
        """Take the file of a place; without one stay where one was, or begin anew after an adoption."""
        if isinstance(place, Place) and place.path is not None:
            self.open_file(place.path, None)
        elif self.review is not None and self.review.applied:
            self.begin_again()

    def read(self) -> None:
        """Compare again once the desk has been altered elsewhere; what was applied and taken back is over."""
        if self._applying or self._book is None:
            return
        if self.review is not None and self.review.applied:
            self.begin_again()
        else:
            self._show(min(self.pages.currentIndex(), MAPPING))
            self.wish()

    def actions_offered(self) -> list[QAction]:
        """Return the screen's one command."""
        return [self._main]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the cards below each other where it is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < size(_NARROW)
        self.mapping.stack_cards(narrow=narrow)
        self.reviewing.stack_cards(narrow=narrow)
        self._steps.setVisible(self.width() >= size(860))

    # the file

    def open_file(self, path: Path, password: str | None) -> None:
        """Read a file and find the register in it."""
        desk = self.session.desk
        self._asked += 1
        asked = self._asked
        self._head.hint.setText(f"reading {path.name}…")
        self.session.run(
            f"Reading {path.name}",
            lambda _: begin(desk, path, password),
            lambda found: self._opened(path, found) if asked == self._asked else None,
            lambda sentence: self._refused(sentence) if asked == self._asked else None,
        )

    def _refused(self, sentence: str) -> None:
        self.begin_again()
        self.start.fail(sentence)

    def _opened(self, path: Path, found: "tuple[Book, AdoptionSheet] | Locked") -> None:
        if isinstance(found, Locked):
            self.begin_again()
            self.start.ask_password(path, found.sentence)
            return
        self._book, sheet = found
        self.review = None
        agencies = self.session.desk.load("organisation", is_agency=True).values()
        self.mapping.says.agency.setEditText("")
        self.mapping.says.offer_agencies(sorted((str(each["name"]) for each in agencies), key=str.casefold))
        self._show_sheet(sheet)
        self._show(MAPPING)
        self.mapping.columns.table.setFocus()

    def _show_sheet(self, sheet: AdoptionSheet) -> None:
        self.sheet, self._wishes = sheet, sheet.wishes
        self.mapping.show_sheet(sheet, profiles(sheet.register.kind))
        path = self._book.path if self._book else Path()
        self._head.hint.setText(f"{path.name}, sheet “{sheet.sheet.name}”")
        self._tell()

    # what a person says

    def wish(self, **wished: Any) -> None:
        """Read the register again with something said otherwise; what cannot be is said, and all stays as it was."""
        book, desk = self._book, self.session.desk
        if book is None:
            return
        wishes = replace(self._wishes, **wished)
        row = self.sheet.header_row if self.sheet and "sheet" not in wished else None
        self._asked += 1
        asked = self._asked
        self.session.run(
            f"Reading {book.path.name} again",
            lambda _: look(desk, book, wishes, row),
            lambda sheet: self._show_sheet(sheet) if asked == self._asked else None,
            lambda sentence: self._not_so(sentence) if asked == self._asked else None,
        )
        self._wishes = wishes

    def _not_so(self, sentence: str) -> None:
        if self.sheet is not None:
            self._show_sheet(self.sheet)
        self.mapping.fail(sentence)

    def map_column(self, heading: str, field: str) -> None:
        """Send a column to a field; another column that was sent there by hand is let go."""
        others = {other: "" if name == field and field else name for other, name in self._wishes.mapping.items()}
        self.wish(mapping={**others, heading: field})

    def give_meaning(self, field: str, word: str, code: str | None) -> None:
        """Say what a word of the register means, or that nothing is said of it."""
        words = {**self._wishes.values.get(field, {})}
        words.pop(word, None)
        if code is not None:
            words[word] = code
        self.wish(values={**self._wishes.values, field: words})

    def name_agency(self, name: str) -> None:
        """Say whose register it is."""
        self._wishes = replace(self._wishes, agency=name or None)
        self._tell()

    def compare_names(self) -> None:
        """Ask which names are the same as the ones they look like."""
        if self.sheet is None:
            return
        dialog = LikeNamesDialog(self.sheet.names.alike, self)
        if dialog.exec():
            self.wish(names=dialog.said)
        dialog.deleteLater()

    def show_new_names(self) -> None:
        """List the names that will be new."""
        if self.sheet is not None:
            dialog = NewNamesDialog(self.sheet.names.new, self)
            dialog.exec()
            dialog.deleteLater()

    def save_profile(self) -> None:
        """Keep what was said of this register under a name."""
        if self.sheet is None:
            return
        name, agreed = QInputDialog.getText(self, "Save as profile", "Name of the profile")
        if agreed and name.strip():
            self.wish(profile=keep_profile(self.sheet.register, name))
            self.said.emit(f"The profile {name.strip()} is kept for the next register of this kind.")

    # onwards and back

    def go_on(self) -> None:
        """Do what the main button says: review, or apply."""
        if not self.main.isEnabled() or self._book is None:
            return
        if self.pages.currentIndex() == MAPPING:
            self.look_over()
        elif self.pages.currentIndex() == REVIEW:
            self.apply()

    def look_over(self) -> None:
        """Compare the register with the desk."""
        book, desk, wishes = self._book, self.session.desk, self._wishes
        if book is not None:
            title = f"Comparing {book.path.name} with the desk"
            job = lambda _: review_adoption(desk, book, wishes)  # noqa: E731 - named for the line's length
            self.session.run(title, job, self._reviewed, self._not_applied)

    def resolve(self, conflicts: Resolve) -> None:
        """Say what to do where both have changed, and compare again."""
        self._wishes = replace(self._wishes, conflicts=conflicts)
        if self.sheet is not None:
            self.sheet = replace(self.sheet, wishes=self._wishes)
        self.look_over()

    def _reviewed(self, review: AdoptionReview) -> None:
        if self.sheet is None:
            return
        self.review = review
        self.reviewing.show_review(self.sheet, review)
        self._show(REVIEW)
        (self.reviewing.open_list if review.applied else self.main).setFocus()

    def apply(self) -> None:
        """Write what is clean to the desk as one change that can be undone."""
        book, desk, wishes = self._book, self.session.desk, self._wishes
        if book is None or self._applying:
            return
        self._applying = True
        self._tell()
        self.session.run(
            f"Adopting {book.path.name}", lambda _: apply_adoption(desk, book, wishes), self._applied, self._not_applied
        )

    def _applied(self, review: AdoptionReview) -> None:
        self._applying = False
        self._reviewed(review)
        self.said.emit(f"{counted(self._wishes.kind, review.changes)} adopted.")

    def _not_applied(self, sentence: str) -> None:
        self._applying = False
        self._show(MAPPING)
        self.mapping.fail(sentence)

    def step_back(self) -> None:
        """Go from the review back to the columns, or from the columns to another file."""
        if self.pages.currentIndex() == REVIEW:
            self._show(MAPPING)
            self.mapping.columns.table.setFocus()
        else:
            self.begin_again()

    def begin_again(self) -> None:
        """Forget the file."""
        self._asked += 1
        self._book = self.sheet = self.review = None
        self._wishes = AdoptionWishes()
        self._head.hint.setText("")
        self.start.forget()
        self._show(START)

    def leave(self) -> None:
        """Let the register be, and go back to where one came from."""
        self.begin_again()
        self.wants.emit(Place("back"))

    def _show(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        done = page == REVIEW and self.review is not None and self.review.applied
        self._steps.show_step(4 if done else _STEP[page])
        self._tell()

    def _tell(self) -> None:
        """Say in the foot what is left to say, and what the main button does."""
        page, sheet = self.pages.currentIndex(), self.sheet
        done = self.review is not None and self.review.applied and page == REVIEW
        self._foot.setVisible(page != START and not done)
        if sheet is None or page == START:
            return
        missing = self._missing(sheet) if page == MAPPING else self._held_back()
        room = not missing or self.width() >= size(_NARROW)
        self._confirm.setVisible(page == MAPPING and bool(sheet.to_confirm) and room)
        many = sheet.to_confirm
        self._confirm.show_state("adoption", "unsure", f"{many} {'column' if many == 1 else 'columns'} to confirm")
        self._note.setText(missing or (_open_words(sheet) if page == MAPPING else ""))
        changes = self.review.changes if self.review else 0
        rows = len(sheet.register.rows) if page == MAPPING else changes
        verb = "Review" if page == MAPPING else "Apply"
        words = f"{verb} {rows:,} {'row' if rows == 1 else 'rows'}"
        self.main.setText(words)
        self._main.setText(words)
        self.main.updateGeometry()
        self.main.setEnabled(not missing)
        self._main.setEnabled(not missing)
        self.main.setToolTip(missing)

    def _missing(self, sheet: AdoptionSheet) -> str:
        """Return why the register cannot be reviewed yet."""
        if not sheet.has_title:
            return f"Say which column goes to {_title_label(sheet)}."
        if not sheet.register.rows:
            return "No row of data was found below the headings."
        if not sheet.says_agency and not self._wishes.agency:
            return "Say whose register it is."
        return ""

    def _held_back(self) -> str:
        """Return why the register cannot be applied."""
        if self._applying:
            return "Being applied…"
        if self.session.read_only:
            return "The workspace is open to read only."
        return "" if self.review and self.review.changes else "Every row says what the desk says already."


def _title_label(sheet: AdoptionSheet) -> str:
    labels: Mapping[str, str] = dict(sheet.fields)
    return labels.get("title", "the title")


def _open_words(sheet: AdoptionSheet) -> str:
    """Say how many words have no meaning yet."""
    for words in sheet.words:
        without = sum(1 for word in words.words if word.meaning is None)
        if without:
            has = "value of {} has" if without == 1 else "values of {} have"
            return f"{without} {has.format(words.heading)} no meaning yet."
    return ""
