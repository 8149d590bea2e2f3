"""One record of any kind: shown, typed into, saved, copied, ended, deleted, and the next of its list."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QAction

from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.errors import DeskError
from ctdesk.services.deleting import delete_record
from ctdesk.services.naming import headed
from ctdesk.services.provider_report import print_provider
from ctdesk.services.records import ends, new_record, record, save_record, values_to_duplicate
from ctdesk.ui.draft import draft_of, keep_draft
from ctdesk.ui.form.typed import Typed
from ctdesk.ui.models.walk import Walk
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.screens.record_actions import OF_A_WALK, make_actions
from ctdesk.ui.screens.record_asking import ask_end, may_delete, save_discard_or_stay
from ctdesk.ui.screens.record_page import RecordPage
from ctdesk.ui.session import Session
from ctdesk.ui.widgets import action


class RecordScreen(RecordPage):
    """Shows, edits, makes and deletes one record of any kind."""

    name, title, icon = "record", "Record", "activity"

    def __init__(self, session: Session) -> None:
        """Make the page, and its commands."""
        super().__init__(session)
        self.walk: Walk | None = None
        self._actions = make_actions(self, self._runs())
        self._report = action(self, "Print the provider report…", self.print_provider)
        self._access = action(self, "What is held about this contact", self.show_held)
        self._held.clicked.connect(self.show_held)
        self._duplicate.clicked.connect(self.duplicate)
        self._delete.clicked.connect(self.delete)
        self._end.clicked.connect(self.end)
        self.steps.stepped.connect(self.step)
        self.foot.discard.clicked.connect(self.discard)
        self.foot.save.clicked.connect(self.save)
        self.foot.next.clicked.connect(lambda: self.save_and_go(1))

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
        """Return what can be done with the record; of an organisation its report, of a contact what is held of it."""
        own = [action for name, action in self._actions.items() if name not in OF_A_WALK]
        report = [self._report] if self.kind == "organisation" and self.uid else []
        held = [self._access] if self.names_person else []
        return [*self.ways_on(), *own, *report, *held]

    def ways_on(self) -> list[QAction]:
        """Return the commands that lead through the list from which the record was opened, if it was."""
        return [self._actions[name] for name in OF_A_WALK] if self.walk is not None else []

    def print_provider(self) -> None:
        """Show the report of all that is bought from the organisation, to print from."""
        desk, uid = self.session.desk, self.uid
        if self.kind == "organisation" and uid:
            preview(self.session, self, "Provider report", lambda path, _: print_provider(desk, path, uid))

    def show_held(self) -> None:
        """Look for everything that names the contact."""
        if self.names_person:
            self.wants.emit(Place("settings", kind="access", uid=self.uid or ""))

    def go(self, place: object) -> None:
        """Show the record of a place; without a uid, a new one with the filter's values."""
        assert isinstance(place, Place)  # noqa: S101 - the frame hands places
        self._turn_to(place)
        draft = draft_of(self.session.memory, self.kind, self.uid)
        self._read_again(Typed({**place.filters, **draft.fields}, draft.parts))
        if draft and self.form is not None:
            self.form.check()
            self.said.emit("What you had typed here and not saved is back: save it or discard it.")
        if self.form is not None and self._alone and not self.form.isAncestorOf(self.focusWidget()):
            self.form.show_field(next(iter(self.form.rows)))

    def _turn_to(self, place: Place) -> None:
        self._show_kind(place.kind)
        self.uid, self.walk = place.uid or None, place.among
        if self.walk is not None:
            self.walk.stand_at(place.uid)
        self._before = {}

    def begun(self) -> object | None:
        """Return what is typed into the fields and parts; None where no record is shown yet."""
        if self.form is None:
            return None
        return Place("record", kind=self.kind, uid=self.uid or "", among=self.walk), self.form.typed()

    def go_on_with(self, begun: Any) -> None:
        """Show the record again, with what was typed so far."""
        place, typed = begun
        self._turn_to(place)
        self._read_again(typed)
        if self.form is not None and typed:
            self.form.check()

    def read(self) -> None:
        """Read again after a change elsewhere, but never over unsaved work."""
        if self.form is not None and not self.form.unsaved():
            self._read_again()

    def _show_kind(self, kind: str) -> None:
        if kind == self.kind and self.form is not None:
            return
        self.kind = kind
        form = self._make_form(kind)
        form.altered.connect(self._tell)
        form.faults_changed.connect(self._tell)
        form.faults_changed.connect(self._keep_draft)

    def _read_again(self, typed: Typed | None = None) -> None:
        if self.form is None:
            return
        desk = self.session.desk
        try:
            self._before = record(desk, self.kind, self.uid) if self.uid else {}
        except DeskError as fault:
            keep_draft(self.session.memory, self.kind, self.uid, Typed())
            self.said.emit(str(fault))
            self.wants.emit(Place("back"))
            return
        self.form.show_record(self.uid, self._before)
        if typed:
            self.form.show_typed(typed)
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
            keep_draft(self.session.memory, self.kind, None, Typed())
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
