"""The page of one record: its form in the middle, the map of its sections at the left, what is about it beside it."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.services.records import ends
from ctdesk.ui.form.record_form import RecordForm
from ctdesk.ui.places import Place
from ctdesk.ui.screens.record_foot import RecordFoot
from ctdesk.ui.screens.record_panel import RecordPanel
from ctdesk.ui.screens.record_sections import SectionList
from ctdesk.ui.screens.record_state import state_of_record
from ctdesk.ui.screens.record_steps import RowSteps
from ctdesk.ui.screens.record_strip import RecordStrip
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Badge, PageHead, button, edge_to_edge
from ctdesk.ui.widgets.states import find_state

_PANEL_FROM = 880
"""The width, at 100% text, from which form and panel have room side by side."""
_THREE_BESIDE, _THREE_ALONE = 500, 600
"""Widths of the form from which label, field and help stand beside each other: with a panel, and by itself."""


class RecordPage(Screen):
    """Lays out the form of a record and what stands around it, as there is room."""

    def __init__(self, session: Session) -> None:
        """Make the parts; the form is made for the kind that is first shown."""
        super().__init__(session)
        self.kind = ""
        self.uid: str | None = None
        self._before: dict[str, Value] = {}
        self.form: RecordForm | None = None
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
        self._lay_out()

    def _lay_out(self) -> None:
        back = button("Back", kind="quiet", icon="chevron-left")
        back.clicked.connect(lambda: self.wants.emit(Place("back")))
        self._duplicate = button("Duplicate", icon="copy")
        self._delete = button("Delete", kind="harm", icon="trash")
        self._end = button("End")
        self._held = button("What is held about them")
        self._held.setToolTip("Everything in this workspace that names this contact, to look through and to save")
        self._held.hide()
        self._badge = Badge("activity", "Running")
        self._badge.hide()
        self.steps = RowSteps()
        buttons = [self.steps, self._held, self._end, self._duplicate, self._delete]
        self.head = PageHead("Record", back=back, beside=[self._badge], buttons=buttons)
        self.foot = RecordFoot()
        self.foot.fault_asked.connect(self._go_to_fault)
        self._middle.setContentsMargins(size(16), 0, size(16), size(10))
        self._middle.setSpacing(size(12))
        self._middle.addWidget(self._sections)
        self._middle.addWidget(self.panel, 2)
        layout = edge_to_edge(self)
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

    def _make_form(self, kind: str) -> RecordForm:
        """Put the form of a kind of record in place of the one so far."""
        if self.form is not None:
            self._middle.removeWidget(self.form)
            self.form.deleteLater()
        self.form = made = RecordForm(DEFINITIONS[kind], self.session.desk)
        made.part_opened.connect(lambda kind, uid: self.wants.emit(Place("record", kind=kind, uid=uid)))
        made.verticalScrollBar().valueChanged.connect(self._on_scroll)
        made.set_read_only(read_only=self.session.read_only)
        self._middle.insertWidget(1, made, 5)
        for shown in (self._sections, self.strip):
            shown.show_sections(list(made.sections()))
        self._share_room()
        return made

    def _show_head(self) -> None:
        """Show the state and the way to end where there is room for them beside the title."""
        room = self.width() >= size(760)
        self.head.hint.setVisible(room)
        self._end.setVisible(room and ends(self.kind))
        self._held.setVisible(room and self.names_person)
        state = state_of_record(self.kind, self._before) if self.uid else ""
        known = bool(state) and find_state(self.kind, state) is not None
        self._badge.setVisible(known and room)
        if known:
            self._badge.show_state(self.kind, state, state.split(" within")[0])

    @property
    def names_person(self) -> bool:
        """Whether a saved contact is shown, about whom there may be a question what is held."""
        return self.kind == "contact" and self.uid is not None

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
