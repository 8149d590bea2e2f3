"""One record: its form in the middle, the map of its sections at the left, what is about it at the right."""

from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QListWidget, QMessageBox, QVBoxLayout

from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.errors import DeskError
from ctdesk.services.deleting import delete_record, what_hangs_on
from ctdesk.services.faults import read_field
from ctdesk.services.naming import title_of
from ctdesk.services.provider_report import print_provider
from ctdesk.services.records import end_record, new_record, record, save_record, values_to_duplicate
from ctdesk.ui.form.record_form import RecordForm
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.screens.record_panel import RecordPanel
from ctdesk.ui.screens.record_state import state_of_record
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import icon, size
from ctdesk.ui.widgets import Badge, FootBar, PageHead, button, label
from ctdesk.ui.widgets.states import find_state


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
        self._sections = QListWidget()
        self._sections.setAccessibleName("Sections of the form")
        self._sections.currentTextChanged.connect(self._on_section)
        self._middle = QHBoxLayout()
        self.panel = RecordPanel(session)
        self.panel.wants.connect(self.wants)
        self.panel.said.connect(self.said)
        self._state = label("", tone="2")
        self._actions = self._make_actions()
        self._report = QAction("Print the provider report…", self)
        self._report.triggered.connect(self.print_provider)
        self._lay_out()

    def _make_actions(self) -> dict[str, QAction]:
        made = {}
        for name, words, keys, symbol, run in (
            ("save", "Save", "Ctrl+S", "tick", self.save),
            ("discard", "Discard changes", "", "", self.discard),
            ("duplicate", "Duplicate", "Ctrl+Shift+D", "copy", self.duplicate),
            ("end", "End…", "", "", self.end),
            ("delete", "Delete…", "", "trash", self.delete),
        ):
            action = QAction(words, self)
            if symbol:
                action.setIcon(icon(symbol))
            if keys:
                action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, run=run: run())
            made[name] = action
        return made

    def actions_offered(self) -> list[QAction]:
        """Return save, discard, duplicate and delete; of an organisation its report as a provider too."""
        offered = list(self._actions.values())
        return [*offered, self._report] if self.kind == "organisation" and self.uid else offered

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
        buttons = [self._end, self._duplicate, self._delete]
        self.head = PageHead("Record", back=back, beside=[self._badge], buttons=buttons)
        self._discard = button("Discard changes", kind="quiet")
        self._discard.clicked.connect(self.discard)
        self._save = button("Save", kind="main", shortcut="Ctrl+S")
        self._save.clicked.connect(self.save)
        self._sections.setFixedWidth(size(184))
        self._sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sections.setIconSize(QSize(size(13), size(13)))
        self._middle.setContentsMargins(size(16), 0, size(16), size(10))
        self._middle.setSpacing(size(12))
        self._middle.addWidget(self._sections)
        self.panel.setMinimumWidth(size(250))
        self.panel.setMaximumWidth(size(320))
        self._middle.addWidget(self.panel, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addLayout(self._middle, 1)
        layout.addWidget(FootBar([self._state], [self._discard, self._save]))

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Leave the map of sections and the panel out where there is no room for them."""
        super().resizeEvent(event)
        self.panel.setVisible(self.width() >= size(880))
        self._sections.setVisible(self.width() >= size(640))
        self._show_head()

    def go(self, place: object) -> None:
        """Show the record of a place; without a uid, a new one with the filter's values."""
        assert isinstance(place, Place)  # noqa: S101 - the frame hands places
        self._show_kind(place.kind)
        self.uid = place.uid or None
        self._before = {}
        self._read_again(fresh=dict(place.filters))

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
        self.form.part_opened.connect(lambda kind, uid: self.wants.emit(Place("record", kind=kind, uid=uid)))
        self.form.verticalScrollBar().valueChanged.connect(self._on_scroll)
        self.form.set_read_only(read_only=self.session.read_only)
        self._middle.insertWidget(1, self.form, 5)
        self._sections.clear()
        self._sections.addItems(list(self.form.sections()))

    def _read_again(self, fresh: dict[str, str] | None = None) -> None:
        if self.form is None:
            return
        desk = self.session.desk
        try:
            self._before = record(desk, self.kind, self.uid) if self.uid else {}
        except DeskError as fault:
            self.said.emit(str(fault))
            self.wants.emit(Place("back"))
            return
        self.form.show_record(self.uid, self._before)
        for name, text in (fresh or {}).items():
            self.form.rows[name].editor.show_text(text)
        self.panel.show_record(self.kind, self.uid)
        self._tell()

    def _tell(self) -> None:
        """Say whose record it is, and how far it is from being saved."""
        if self.form is None:
            return
        definition = DEFINITIONS[self.kind]
        self.title = (
            title_of(self.session.desk, self.kind, self._before) if self.uid else f"New {definition.label.lower()}"
        )
        reference = self._before.get(definition.reference) if definition.reference != definition.title else None
        self.head.say(self.title, " ".join(filter(None, (definition.label, str(reference or "")))))
        touched, wrong = self.form.unsaved(), list(self.form.faulty())
        fields = f"{touched} changed, not saved yet" if touched else ""
        shown = f"{len(wrong)} to look at" if wrong else ""
        self._state.setText(". ".join(filter(None, (fields, shown))))
        can_save = bool(touched) and not self.session.read_only
        for widget in (self._save, self._discard, self._actions["save"], self._actions["discard"]):
            widget.setEnabled(can_save)
        for widget in (self._duplicate, self._delete, self._actions["duplicate"], self._actions["delete"]):
            widget.setEnabled(self.uid is not None and not self.session.read_only)
        ends = "end" in definition.by_name
        for ender in (self._end, self._actions["end"]):
            ender.setEnabled(ends and self.uid is not None and not self.session.read_only)
        self._show_head()
        for off in (self._save, self._discard, self._duplicate, self._end, self._delete):
            off.setToolTip(self.session.why_not)
        for action in self._actions.values():
            action.setToolTip(self.session.why_not or action.text())
        self._mark_sections({fault.field for fault in wrong})

    def _show_head(self) -> None:
        """Show the state and the way to end where there is room for them beside the title."""
        room, definition = self.width() >= size(760), DEFINITIONS.get(self.kind)
        self._end.setVisible(room and definition is not None and "end" in definition.by_name)
        state = state_of_record(self.kind, self._before) if self.uid else ""
        known = bool(state) and find_state(self.kind, state) is not None
        self._badge.setVisible(known and room)
        if known:
            self._badge.show_state(self.kind, state, state.split(" within")[0])

    def _mark_sections(self, faulty: set[str]) -> None:
        if self.form is None:
            return
        for at, (name, fields) in enumerate(self.form.sections().items()):
            count = sum(1 for field in fields if field.name in faulty)
            item = self._sections.item(at)
            if item is not None:
                item.setText(name)
                item.setIcon(icon("warning", tone="bad") if count else QIcon())
                item.setToolTip(f"{count} to look at" if count else "")

    def _on_section(self, name: str) -> None:
        if self.form is not None and name in self.form.headings and self._sections.hasFocus():
            self.form.show_section(name)

    def _on_scroll(self) -> None:
        if self.form is None or self._sections.hasFocus():
            return
        found = self._sections.findItems(self.form.section_in_sight(), Qt.MatchFlag.MatchExactly)
        if found:
            self._sections.setCurrentItem(found[0])

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
        copied = [(table, table.values()) for table in self.form.tables]
        self.uid, self._before = None, {}
        self.form.show_record(None, {})
        from ctdesk.ui.form.editors import as_typed

        for name, row in self.form.rows.items():
            row.editor.show_text(as_typed(row.field, values.get(name), self.session.desk))
        if self.form.weights is not None:
            self.form.weights.show_served(self.form.values()[0])
        for table, parts in copied:
            table.show_new(parts)
        self.panel.show_record(self.kind, None)
        self._tell()

    def end(self) -> None:
        """Ask on which day the record ends, and keep it as ended."""
        if self.uid is None or not self.may_leave():
            return
        typed, given = QInputDialog.getText(self, f"End {self.title}", f"Last day of {self.title}:")
        if not given:
            return
        reading = read_field(self.session.desk, DEFINITIONS[self.kind]["end"], typed)
        if not isinstance(reading.value, date):
            self.said.emit(reading.fault.message if reading.fault else "Give the last day; nothing was altered.")
            return
        try:
            end_record(self.session.desk, self.kind, self.uid, reading.value)
        except DeskError as fault:
            self.said.emit(str(fault))

    def delete(self) -> None:
        """Delete the record once the officer has seen what hangs on it."""
        if self.uid is None:
            return
        desk = self.session.desk
        hanging = what_hangs_on(desk, self.kind, self.uid)
        along = ", ".join(item.label for item in hanging if item.goes_along)
        words = f"Delete {self.title}?" + (f" With it go {along}." if along else "")
        asked = QMessageBox.question(self, "Delete", f"{words} Undo brings it back.")
        if asked != QMessageBox.StandardButton.Yes:
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
        box = QMessageBox(self)
        box.setWindowTitle("Not saved yet")
        box.setText(f"{self.form.unsaved()} of {self.title} not saved.")
        save = box.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton("Discard", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is save:
            return self.save()
        if box.clickedButton() is discard:
            self.discard()
            return True
        return False
