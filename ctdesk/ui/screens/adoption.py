"""Adopt a register: choose somebody else's spreadsheet, say what it means, look at what it would do, apply it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QInputDialog, QStackedWidget

from ctdesk.domain.counting import counted
from ctdesk.domain.decisions import Decisions
from ctdesk.services.adopting import AdoptionWishes
from ctdesk.services.adoption_review import keep_profile, profiles
from ctdesk.services.adoption_sheet import AdoptionSheet, Locked, begin, begin_held, look
from ctdesk.services.held_files import held_registers
from ctdesk.services.held_registers import TakenUp, wishes_from_json, wishes_to_json
from ctdesk.ui.draft import keep_said, said_of
from ctdesk.ui.kept_typing import keep_typing
from ctdesk.ui.places import Place
from ctdesk.ui.screens.adoption_mapping import MappingPage
from ctdesk.ui.screens.adoption_names import LikeNamesDialog, NewNamesDialog
from ctdesk.ui.screens.adoption_start import AdoptionStart
from ctdesk.ui.screens.adoption_steps import Steps
from ctdesk.ui.screens.adoption_work import RegisterReview, compare_register
from ctdesk.ui.screens.review_ending import EndingScreen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Badge, ElidedLabel, FootBar, PageHead, action, button, edge_to_edge

if TYPE_CHECKING:
    from ctdesk.returns.sheets import Book

START, MAPPING, REVIEW = range(3)
_STEP = {START: 0, MAPPING: 2, REVIEW: 3}
_NARROW = 980
"""Below this width (at base size) the cards stand below each other."""


class AdoptionScreen(EndingScreen):
    """Leads from a file to its rows on the desk, reviewed as those of a return. Nothing is altered before Apply."""

    name, title, icon = "adoption", "Adopt a register", "receive"
    leads_back = "Adopt a register"

    def __init__(self, session: Session) -> None:
        """Make the pages; nothing is read yet."""
        super().__init__(session)
        self.sheet: AdoptionSheet | None = None
        self._book: Book | None = None
        self._content: Callable[[], bytes] | None = None
        self._wishes = AdoptionWishes()
        self._asked = 0
        self.start, self.mapping = AdoptionStart(), MappingPage()
        self.pages = QStackedWidget()
        for page in (self.start, self.mapping, self.page):
            self.pages.addWidget(page)
        self._steps = Steps()
        self._head = PageHead("Adopt a register", "", buttons=[self._steps])
        self._main = action(self, "Review the register", self.go_on, "Ctrl+Return", "Ctrl+Enter")
        self._deciding = self.review_actions()
        self._make_foot()
        self._connect()
        layout = edge_to_edge(self)
        for part in (self._head, self.pages, self._foot):
            layout.addWidget(part)
        layout.setStretch(1, 1)
        self._show_page(START)

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
        file.row_wanted.connect(lambda row: self._turn_to(header_row=row))
        file.sheet_wanted.connect(lambda sheet: self._turn_to(sheet=sheet, header_row=None))
        columns.kind_wanted.connect(lambda kind: self._turn_to(kind=kind, profile=None, values={}))
        columns.table.columns.wanted.connect(self.map_column)
        columns.profile_wanted.connect(lambda wish: self.wish(profile=wish or None, mapping={}))
        columns.keep_wanted.connect(self.save_profile)
        says.meaning.connect(self.give_meaning)
        says.agency_named.connect(self.name_agency)
        says.compare.connect(self.compare_names)
        says.see_new.connect(self.show_new_names)
        self.page.hand_back.hide()
        self.page.next.setText("Adopt another register")
        self.page.next.clicked.connect(self.begin_again)
        self.page.back.clicked.connect(self.step_back)

    # what the frame asks

    def go(self, place: object) -> None:
        """Take the file of a place, or take up a held register; else stay, or begin anew after an adoption."""
        source = (place.path or place.uid) if isinstance(place, Place) else None
        if source:
            if self.may_leave():
                self.open_file(source, None)
        elif self.review is not None and self.review.applied:
            self.begin_again()

    def read(self) -> None:
        """Compare again once the desk has been altered elsewhere."""
        if self._book is None:
            self.start.show_held(held_registers(self.session.desk))
        elif self.pages.currentIndex() == REVIEW:
            super().read()
        else:
            self.wish()

    def actions_offered(self) -> list[QAction]:
        """Return the screen's commands: the main one of its columns, and those of every review."""
        return [self._main, *self._deciding]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the cards below each other where it is narrow."""
        super().resizeEvent(event)
        self.mapping.stack_cards(narrow=self.width() < size(_NARROW))
        self._steps.setVisible(self.width() >= size(860))

    def begun(self) -> object | None:
        """Return the register with all that was said of it and decided on."""
        if self._busy or self.sheet is None:
            return None
        read = self._book, self._content, self._wishes, self.sheet
        return (*read, self.review, self._touched, self.pages.currentIndex())

    def go_on_with(self, begun: Any) -> None:
        """Show the register again, at its columns or its review."""
        self._book, self._content, self._wishes, sheet, review, self._touched, page = begun
        self._offer_agencies(self._wishes.agency or "")
        self._show_sheet(replace(sheet, wishes=self._wishes))
        if review is not None:
            self._show(review)
        self._show_page(page)

    # the file

    def open_file(self, source: Path | str, password: str | None) -> None:
        """Read a file and find the register in it, or take up the held one of this uid."""
        desk = self.session.desk
        self._asked += 1
        asked = self._asked
        words = source.name if isinstance(source, Path) else "the register"
        self._head.hint.setText(f"reading {words}…")
        self.session.run(
            f"Reading {words}",
            lambda _: begin(desk, source, password) if isinstance(source, Path) else begin_held(desk, source, password),
            lambda found: self._opened(source, found) if asked == self._asked else None,
            lambda sentence: self._refused(sentence) if asked == self._asked else None,
        )

    def _refused(self, sentence: str) -> None:
        self.begin_again()
        self.start.fail(sentence)

    def _opened(self, source: Path | str, found: "tuple[Book | TakenUp, AdoptionSheet] | Locked") -> None:
        if isinstance(found, Locked):
            self.begin_again()
            self.start.ask_password(source, found.sentence)
            return
        read, sheet = found
        self._book = read.book if isinstance(read, TakenUp) else read
        self._content = read.content if isinstance(read, TakenUp) else self._book.path.read_bytes
        self.review, self._touched = None, False
        self._offer_agencies(sheet.wishes.agency or "")
        self._show_sheet(sheet)
        self._show_page(MAPPING)
        self.mapping.columns.table.setFocus()
        said = said_of(self.session.memory, self._book.sha256)
        if said:
            self._wishes = wishes_from_json(said)
            self._touched = self._wishes.decisions != Decisions()
            self.wish()
            self.said.emit("What you had said of this register and not applied is back.")
        if isinstance(read, TakenUp) or self._touched:
            self.look_over()

    def _offer_agencies(self, named: str) -> None:
        agencies = self.session.desk.load("organisation", is_agency=True).values()
        self.mapping.says.offer_agencies(sorted((str(each["name"]) for each in agencies), key=str.casefold))
        self.mapping.says.agency.setEditText(named)

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
        if wished:
            self._keep_said()

    def _keep_said(self) -> None:
        """Keep what was said so far, in case the program ends before it is applied or held."""
        if self._book is not None and not self.session.read_only:
            keep_said(self.session.memory, self._book.sha256, self._book.path.name, wishes_to_json(self._wishes))

    def _turn_to(self, **wished: Any) -> None:
        """Read other rows than so far: what was decided row by row is no more about them."""
        self.wish(**wished, mapping={}, decisions=Decisions())

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
        self._keep_said()
        self._tell()

    def compare_names(self) -> None:
        """Ask which names are the same as the ones they look like."""
        if self.sheet is None:
            return
        dialog = LikeNamesDialog(self.sheet.names.alike, self)
        keep_typing(dialog, self.session, f"names of {self._book.sha256 if self._book else ''}", dialog.fields)
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
        """Review the register."""
        if self.main.isEnabled():
            self.look_over()

    def look_over(self) -> None:
        """Compare the register with the desk, to be decided on as a return is."""
        book, content, desk, wishes = self._book, self._content, self.session.desk, self._wishes
        if book is not None and content is not None and not self._busy:
            title = f"Comparing {book.path.name} with the desk"
            job = lambda: compare_register(desk, book, content, wishes)  # noqa: E731 - named for the line's length
            self._run(title, job, self._compared, self.mapping.fail)

    def _compared(self, review: RegisterReview) -> None:
        self.page.quiet()
        self._show(review)
        self._show_page(REVIEW)
        self.page.list.go_to(0)
        self.page.list.setFocus()
        self.page.findings.to_top()

    def _offer(self) -> None:
        """Let done what can be done; once applied, another register."""
        self._more = self.review is not None and self.review.applied is not None
        super()._offer()
        self._tell()

    def go_on_from_held(self) -> None:
        """Begin anew, where the held register is found again."""
        self.begin_again()

    def step_back(self) -> None:
        """Go from the review back to the columns, or from the columns to another file."""
        if self.pages.currentIndex() == REVIEW:
            self._show_page(MAPPING)
            self.wish()
            self.mapping.columns.table.setFocus()
        elif self.may_leave():
            self.begin_again()

    def begin_again(self) -> None:
        """Forget the file."""
        if self._book is not None:
            keep_said(self.session.memory, self._book.sha256, "", "")
        self._asked += 1
        self._book = self._content = self.sheet = self.review = None
        self._touched = False
        self._wishes = AdoptionWishes()
        self._head.hint.setText("")
        self.start.forget()
        self.start.show_held(held_registers(self.session.desk))
        self._show_page(START)

    def leave(self) -> None:
        """Let the register be, and go back to where one came from."""
        if self.may_leave():
            self.begin_again()
            self.wants.emit(Place("back"))

    def _show_page(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self._head.setVisible(page != REVIEW)
        self._foot.setVisible(page == MAPPING)
        for command in self._deciding:
            off = command.toolTip() and command.toolTip() == self.session.why_not
            command.setEnabled(page == REVIEW and not off)
        self._steps.show_step(_STEP[page])
        self._tell()

    def _tell(self) -> None:
        """Say in the foot of the columns what is left to say, and what the main button does."""
        sheet = self.sheet
        if sheet is None or self.pages.currentIndex() != MAPPING:
            self._main.setEnabled(False)
            return
        missing = self._missing(sheet) or ("Being compared…" if self._busy else "")
        room = not missing or self.width() >= size(_NARROW)
        many, rows = sheet.to_confirm, len(sheet.register.rows)
        self._confirm.setVisible(bool(many) and room)
        self._confirm.show_state("adoption", "unsure", f"{many} {'column' if many == 1 else 'columns'} to confirm")
        self._note.setText(missing or _open_words(sheet))
        words = f"Review {counted(rows, 'row')}"
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
