"""One record: its form in the middle, the map of its sections at the left, what is about it at the right."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.errors import DeskError
from ctdesk.services.deleting import delete_record
from ctdesk.services.naming import headed
from ctdesk.services.provider_report import print_provider
from ctdesk.services.records import ends, new_record, record, save_record, values_to_duplicate
from ctdesk.ui.draft import draft_of, keep_draft
from ctdesk.ui.form.record_form import RecordForm
from ctdesk.ui.models.walk import Walk
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.screens.record_actions import OF_A_WALK, make_actions
from ctdesk.ui.screens.record_asking import ask_end, may_delete, save_discard_or_stay
from ctdesk.ui.screens.record_foot import RecordFoot
from ctdesk.ui.screens.record_panel import RecordPanel
from ctdesk.ui.screens.record_sections import SectionList
from ctdesk.ui.screens.record_state import state_of_record
from ctdesk.ui.screens.record_steps import RowSteps
from ctdesk.ui.screens.record_strip import RecordStrip
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Badge, PageHead, button
from ctdesk.ui.widgets.states import find_state

_PANEL_FROM = 880
"""The width, at 100% text, from which form and panel have room side by side."""
_THREE_BESIDE, _THREE_ALONE = 500, 600
"""Widths of the form from which label, field and help stand beside each other: with a panel, and by itself."""


class RecordScreen(Screen):
    """Shows, edits, makes and deletes one record of any kind."""

    name, title, icon = "record", "Record", "activity"

    def __init__(self, session: Session) -> None:
        """Make the parts; the form is made for the kind that is first shown."""
        super().__init__(session)
        self.kind = ""
        self.uid: str | None = None
        self._before: dict[str, Value] = {}
        self.form: RecordForm | None = None
        self.walk: Walk | None = None
        self._alone = True
        self._sections = SectionList()
        self._sections.asked.connect(self._show_section)
        self._middle = QHBoxLayout()
        self.panel = RecordPanel(session)
        self.panel.wants.connect(self.wants)
        self.panel.said.connect(self.said)
        self.strip = RecordStrip(self.panel.words())
        self.strip.sections.asked.connect(self._show_section)
        self.strip.turned.connect(lambda _: self._share_room())
        self.panel.told.connect(lambda: self.strip.say(self.panel.words()))
        self._actions = make_actions(self, self._runs())
        self._report = QAction("Print the provider report…", self)
        self._report.triggered.connect(self.print_provider)
        self._lay_out()

    def _runs(self) -> dict[str, Callable[[], object]]:
        return {
            "save": self.save,
            "next": lambda: self.save_and_go(1),
            "previous": lambda: self.save_and_go(-1),
            "discard": self.discard,
            "duplicate": self.duplicate,
            "end": self.end,
            "delete": self.delete,
        }

    def actions_offered(self) -> list[QAction]:
        """Return what can be done with the record; of an organisation its report as a provider too."""
        own = [action for name, action in self._actions.items() if name not in OF_A_WALK]
        report = [self._report] if self.kind == "organisation" and self.uid else []
        return [*self.ways_on(), *own, *report]

    def ways_on(self) -> list[QAction]:
        """Return the commands that lead through the list from which the record was opened, if it was."""
        return [self._actions[name] for name in OF_A_WALK] if self.walk is not None else []

    def print_provider(self) -> None:
        """Show the report of all that is bought from the organisation, to print from."""
        desk, uid = self.session.desk, self.uid
        if self.kind == "organisation" and uid:
            preview(self.session, self, "Provider report", lambda path, _: print_provider(desk, path, uid))

    def _lay_out(self) -> None:
        back = button("Back", kind="quiet", icon="chevron-left")
        back.clicked.connect(lambda: self.wants.emit(Place("back")))
        self._duplicate = button("Duplicate", icon="copy")
        self._duplicate.clicked.connect(self.duplicate)
        self._delete = button("Delete", kind="harm", icon="trash")
        self._delete.clicked.connect(self.delete)
        self._end = button("End")
        self._end.clicked.connect(self.end)
        self._badge = Badge("activity", "Running")
        self._badge.hide()
        self.steps = RowSteps()
        self.steps.stepped.connect(self.step)
        buttons = [self.steps, self._end, self._duplicate, self._delete]
        self.head = PageHead("Record", back=back, beside=[self._badge], buttons=buttons)
        self.foot = RecordFoot()
        self.foot.discard.clicked.connect(self.discard)
        self.foot.save.clicked.connect(self.save)
        self.foot.next.clicked.connect(lambda: self.save_and_go(1))
        self.foot.fault_asked.connect(self._go_to_fault)
        self._middle.setContentsMargins(size(16), 0, size(16), size(10))
        self._middle.setSpacing(size(12))
        self._middle.addWidget(self._sections)
        self._middle.addWidget(self.panel, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.strip)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self.foot)

    def stand_within(self) -> None:
        """Show the form alone, for a screen that has a head of its own and tells elsewhere what is about the record."""
        self._alone = False
        self.head.hide()
        self.strip.pages.hide()
        self._share_room()

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Put the map of sections and the panel into a strip over the form where they have no room beside it."""
        super().resizeEvent(event)
        self._share_room()
        self._show_head()

    def _share_room(self) -> None:
        narrow, page = self.width() < size(_PANEL_FROM), self.strip.pages.current
        several = self.form is not None and len(self.form.sections()) > 1
        self.strip.setVisible(narrow and (self._alone or several))
        self._sections.setVisible(not narrow and several)
        beside = self._alone and (not narrow or page > 0)
        self.panel.show_beside(beside=not narrow)
        self.panel.setVisible(beside)
        if narrow and page > 0:
            self.panel.setCurrentIndex(page - 1)
        if self.form is not None:
            self.form.setVisible(not (narrow and beside))
            self.form.keep_to_columns(narrowest=_THREE_ALONE if narrow else _THREE_BESIDE)

    def go(self, place: object) -> None:
        """Show the record of a place; without a uid, a new one with the filter's values."""
        assert isinstance(place, Place)  # noqa: S101 - the frame hands places
        self._show_kind(place.kind)
        self.uid, self.walk = place.uid or None, place.among
        if self.walk is not None:
            self.walk.stand_at(place.uid)
        self._before = {}
        draft = draft_of(self.session.memory, self.kind, self.uid)
        self._read_again(fresh={**place.filters, **draft})
        if draft and self.form is not None:
            self.form.check()
            self.said.emit("What you had typed here and not saved is back: save it or discard it.")
        if self.form is not None and self._alone and not self.form.isAncestorOf(self.focusWidget()):
            self.form.show_field(next(iter(self.form.rows)))

    def read(self) -> None:
        """Read again after a change elsewhere, but never over unsaved work."""
        if self.form is not None and not self.form.unsaved():
            self._read_again()

    def _show_kind(self, kind: str) -> None:
        if kind == self.kind and self.form is not None:
            return
        self.kind = kind
        if self.form is not None:
            self._middle.removeWidget(self.form)
            self.form.deleteLater()
        self.form = RecordForm(DEFINITIONS[kind], self.session.desk)
        self.form.altered.connect(self._tell)
        self.form.faults_changed.connect(self._tell)
        self.form.faults_changed.connect(self._keep_draft)
        self.form.part_opened.connect(lambda kind, uid: self.wants.emit(Place("record", kind=kind, uid=uid)))
        self.form.verticalScrollBar().valueChanged.connect(self._on_scroll)
        self.form.set_read_only(read_only=self.session.read_only)
        self._middle.insertWidget(1, self.form, 5)
        for shown in (self._sections, self.strip):
            shown.show_sections(list(self.form.sections()))
        self._share_room()

    def _read_again(self, fresh: dict[str, str] | None = None) -> None:
        if self.form is None:
            return
        desk = self.session.desk
        try:
            self._before = record(desk, self.kind, self.uid) if self.uid else {}
        except DeskError as fault:
            keep_draft(self.session.memory, self.kind, self.uid, {})
            self.said.emit(str(fault))
            self.wants.emit(Place("back"))
            return
        self.form.show_record(self.uid, self._before)
        for name, text in (fresh or {}).items():
            self.form.rows[name].editor.show_text(text)
        self.panel.show_record(self.kind, self.uid)
        self._tell()

    def _keep_draft(self) -> None:
        """Keep what is typed, now that a field was left, in case the program ends before it is saved."""
        if self.form is not None and not self.session.read_only:
            keep_draft(self.session.memory, self.kind, self.uid, self.form.typed())

    def _tell(self) -> None:
        """Say whose record it is, and how far it is from being saved."""
        if self.form is None:
            return
        definition = DEFINITIONS[self.kind]
        self.title = (
            headed(self.session.desk, self.kind, self._before) if self.uid else f"New {definition.label.lower()}"
        )
        reference = self._before.get(definition.reference) if definition.reference != definition.title else None
        kind = "" if definition.label.lower() in self.title.lower() else definition.label
        self.head.say(self.title, " ".join(filter(None, (kind, str(reference or "")))))
        touched, wrong = self.form.unsaved(), list(self.form.faulty())
        self.foot.say(touched, len(wrong))
        self._show_what_can_be_done(touched=bool(touched))
        sections = {field.name: name for name, fields in self.form.sections().items() for field in fields}
        faults = Counter(sections[fault.field] for fault in wrong)
        for shown in (self._sections, self.strip.sections):
            shown.mark(faults)

    def _show_what_can_be_done(self, *, touched: bool) -> None:
        """Put on what can be done now, and off what cannot, with the reason."""
        why, there, walk = self.session.why_not, self.uid is not None, self.walk
        self.steps.show_walk(walk)
        self._show_head()
        self.foot.allow(touched=touched, why=why, next_one=walk is not None and walk.beside(1) is not None)
        for widget in (self._duplicate, self._delete, self._end):
            widget.allow(allowed=there and not why, why=why or "Save it first.")
        for name, allowed in {
            **dict.fromkeys(("save", "discard"), touched and not why),
            **dict.fromkeys(("duplicate", "delete"), there and not why),
            "end": there and not why and ends(self.kind),
            "next": walk is not None and (walk.beside(1) is not None or touched),
            "previous": walk is not None and (walk.beside(-1) is not None or touched),
        }.items():
            self._actions[name].setEnabled(allowed)
            self._actions[name].setToolTip(why or self._actions[name].text())

    def _show_head(self) -> None:
        """Show the state and the way to end where there is room for them beside the title."""
        room = self.width() >= size(760)
        self.head.hint.setVisible(room)
        self._end.setVisible(room and ends(self.kind))
        state = state_of_record(self.kind, self._before) if self.uid else ""
        known = bool(state) and find_state(self.kind, state) is not None
        self._badge.setVisible(known and room)
        if known:
            self._badge.show_state(self.kind, state, state.split(" within")[0])

    def _show_section(self, name: str) -> None:
        if self.form is not None and name in self.form.headings:
            self.form.show_section(name)

    def _on_scroll(self) -> None:
        if self.form is not None:
            for shown in (self._sections, self.strip.sections):
                shown.follow(self.form.section_in_sight())

    def _go_to_fault(self) -> None:
        fault = next(iter(self.form.faulty()), None) if self.form is not None else None
        if fault is not None and self.form is not None:
            self.form.show_field(fault.field)

    def step(self, by: int) -> None:
        """Go to the record before or after in the list that this one was opened from, past those deleted since."""
        while self.walk is not None and (beside := self.walk.beside(by)) is not None:
            if self.session.desk.load_some(self.kind, [beside]):
                self.wants.emit(Place("record", kind=self.kind, uid=beside, among=self.walk))
                return
            self.walk.leave_out(beside)
        self._tell()

    def save_and_go(self, by: int) -> None:
        """Save what is typed, if anything is, and go to the record before or after."""
        if self.form is None or self.walk is None or (self.form.unsaved() and not self.save()):
            return
        if self.walk.beside(by) is None:
            self.said.emit(f"This is the {'last' if by > 0 else 'first'} of the list, {self.walk.words}.")
        self.step(by)

    def save(self) -> bool:
        """Save what is typed; a fault that stands in the way is shown and gets the cursor."""
        if self.form is None:
            return False
        self.form.check()
        wrong = self.form.must_fix()
        if wrong:
            self.form.show_field(wrong[0].field)
            self.said.emit(f"Not saved: {wrong[0].message}")
            return False
        part = self.form.faulty_part()
        if part is not None and part.fault is not None:
            part.editors[part.fault.field].setFocus()
            self.said.emit(f"Not saved: {part.fault.message}")
            return False
        try:
            return self._save_values(*self.form.values()[:1], self.form.new_names())
        except DeskError as fault:
            self.said.emit(str(fault))
            return False

    def _save_values(self, after: dict[str, Value], new_names: dict[str, str]) -> bool:
        desk = self.session.desk
        parts = self.form.part_edits() if self.form is not None else []
        if self.uid is None:
            self.uid = new_record(desk, self.kind, after, new_names, parts)
            keep_draft(self.session.memory, self.kind, None, {})
        else:
            outcome = save_record(desk, self.kind, self.uid, self._before, after, new_names=new_names, parts=parts)
            if not outcome.saved:
                stale = outcome.stale[0]
                self._before |= {each.field: each.now for each in outcome.stale}
                now = f"{stale.label} has meanwhile become “{stale.now_text}”"
                self.said.emit(f"Not saved: {now}. Save again to keep what you typed, or discard your changes.")
                return False
        self._before = {}
        if self.form is not None:
            self.form.show_record(self.uid, record(desk, self.kind, self.uid))
        self._read_again()
        self.said.emit("Saved.")
        return True

    def discard(self) -> None:
        """Put back what the desk holds."""
        self._read_again()

    def duplicate(self) -> None:
        """Begin a new record with this one's values."""
        if self.uid is None or self.form is None or not self.may_leave():
            return
        values = values_to_duplicate(self.session.desk, self.kind, self.uid)
        self.uid, self.walk, self._before = None, None, {}
        self.form.show_copy(values)
        self.panel.show_record(self.kind, None)
        self._tell()

    def end(self) -> None:
        """Ask on which day the record ends, and keep it as ended."""
        if self.uid is None or not self.may_leave():
            return
        refused = ask_end(self, self.session.desk, self.kind, self.uid)
        if refused:
            self.said.emit(refused)

    def delete(self) -> None:
        """Delete the record once the officer has seen what hangs on it."""
        if self.uid is None:
            return
        desk = self.session.desk
        if not may_delete(self, desk, self.kind, [self.uid]):
            return
        try:
            delete_record(desk, self.kind, self.uid)
        except DeskError as fault:
            self.said.emit(str(fault))
            return
        self.uid, self._before = None, {}
        if self.form is not None:
            self.form.show_record(None, {})
        self.wants.emit(Place("back"))

    def may_leave(self) -> bool:
        """Ask what to do with unsaved work: save, discard or stay."""
        if self.form is None or not self.form.unsaved():
            return True
        answer = save_discard_or_stay(self, f"{self.form.unsaved()} of {self.title} not saved.")
        if answer == "save":
            return self.save()
        if answer == "discard":
            self.discard()
        return answer == "discard"
