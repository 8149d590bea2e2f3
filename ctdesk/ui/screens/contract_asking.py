"""What is asked before something is done with an agreement: a few answers, and the button that does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ctdesk.domain.dates import read_date
from ctdesk.domain.definition import DEFINITIONS, Field, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.reading import Unreadable
from ctdesk.domain.words import in_a_sentence
from ctdesk.services.records import beginning, new_record, record, save_record
from ctdesk.ui.form.editors import FieldEditor, make_editor
from ctdesk.ui.form.record_form import RecordForm
from ctdesk.ui.kept_typing import keep_typing
from ctdesk.ui.screens.contract_parts import fields_of_part, offer_own
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import button, dialog_size, edge_to_edge, label


@dataclass(frozen=True, slots=True)
class Question:
    """One answer asked for: the field whose editor takes it, and what stands there to begin with."""

    field: Field
    begin: str = ""


class Asking(QDialog):
    """Asks some questions; *do* is called with the answers as typed, and may refuse with a DeskError."""

    def __init__(
        self,
        session: Session,
        *,
        title: str,
        words: str,
        questions: Sequence[Question],
        verb: str,
        do: Callable[[Mapping[str, str]], object],
        about: str,
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog; `about` is the uid of what it is asked about."""
        super().__init__(parent)
        self._do = do
        self.setWindowTitle(title)
        self.setMinimumWidth(size(480))
        self.editors: dict[str, FieldEditor] = {}
        form = QFormLayout()
        form.setSpacing(size(8))
        for question in questions:
            editor = make_editor(question.field, session.desk)
            editor.show_text(question.begin)
            self.editors[question.field.name] = editor
            form.addRow(question.field.label, editor)
        self.fault = label("", tone="bad", wrap=True)
        self.fault.hide()
        cancel, self.go = button("Cancel", kind="quiet"), button(verb, kind="main")
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.finish)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        body = QWidget()
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(size(16), size(16), size(16), 0)
        self._body.setSpacing(size(12))
        self._body.addWidget(label(words, tone="2", wrap=True))
        self._body.addLayout(form)
        layout = edge_to_edge(self, size(12))
        layout.addWidget(_Scrolled(body, title), 1)
        for line in (self.fault, foot):
            line.setContentsMargins(size(16), 0, size(16), size(16) if line is foot else 0)
        layout.addWidget(self.fault)
        layout.addLayout(foot)
        keep_typing(self, session, f"{title} {about}", self.editors)

    def show_below(self, widget: QWidget, stretch: int = 0) -> None:
        """Show something under the questions; with a stretch it takes what room is left."""
        self._body.addWidget(widget, stretch)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Be as large as what is asked, or as the window and the screen let it; what has no room is scrolled to."""
        wanted = self.sizeHint().expandedTo(self.size())
        self.resize(wanted.boundedTo(dialog_size(self.parentWidget(), 9_999, 9_999)))
        super().showEvent(event)
        next(iter(self.editors.values())).setFocus()

    def finish(self) -> None:
        """Do it, or say in the dialog why it cannot be."""
        try:
            self._do({name: editor.typed().strip() for name, editor in self.editors.items()})
        except DeskError as fault:
            self.fault.setText(str(fault))
            self.fault.show()
            return
        self.accept()


def typed_day(typed: str, words: str) -> date:
    """Return a day as typed; DeskError names what it is the day of."""
    try:
        return read_date(typed)
    except Unreadable as fault:
        raise DeskError(f"{words}: “{typed}” {fault}.") from fault


class _Scrolled(QScrollArea):
    """Lets what has no room be scrolled to, and asks for as much room as all of it needs."""

    def __init__(self, body: QWidget, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = body
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        body.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return what the body wants."""
        return self._body.sizeHint()


class PartForm(QDialog):
    """The form of one record that belongs to an agreement, for making it or changing it."""

    def __init__(
        self, session: Session, kind: str, agreement: str, uid: str = "", *, parent: QWidget | None = None
    ) -> None:
        """Show a record, or a new one without a uid."""
        super().__init__(parent)
        self._session, self._kind, self._agreement, self._uid = session, kind, agreement, uid
        definition = DEFINITIONS[kind]
        one = in_a_sentence(definition.label)
        self.setWindowTitle(definition.label if uid else f"New {one}")
        self.resize(dialog_size(parent, 760, 520))
        self.form = RecordForm(definition, session.desk)
        shown = {field.name for field in fields_of_part(session.desk, kind)}
        self.form.hide_fields(field.name for field in definition.fields if field.name not in shown)
        self._before: dict[str, Value] = (
            dict(record(session.desk, kind, uid)) if uid else {"agreement": agreement, **beginning(kind)}
        )
        for row in self.form.rows.values():
            offer_own(row.editor, session.desk, agreement)
        self.form.show_record(uid or None, self._before)
        self.form.set_read_only(read_only=session.read_only)
        self.fault = label("", tone="bad", wrap=True)
        self.fault.hide()
        cancel, self.save_button = button("Cancel", kind="quiet"), button("Save", kind="main")
        self.save_button.allow(allowed=not session.read_only, why=session.why_not)
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        foot = QHBoxLayout()
        foot.setContentsMargins(size(16), 0, size(16), size(12))
        foot.addWidget(self.fault, 1)
        foot.addStretch(0)
        foot.addWidget(cancel)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form, 1)
        layout.addLayout(foot)
        fields = {name: row.editor for name, row in self.form.rows.items()}
        keep_typing(self, session, f"{kind} {uid or agreement}", fields)

    def save(self) -> None:
        """Save what is typed, or say why it cannot be."""
        self.form.check()
        wrong = self.form.must_fix()
        if wrong:
            self.form.show_field(wrong[0].field)
            return
        try:
            self._put()
        except DeskError as fault:
            self.fault.setText(str(fault))
            self.fault.show()
            return
        self.accept()

    def _put(self) -> None:
        desk, names = self._session.desk, self.form.new_names()
        values, _ = self.form.values()
        if not self._uid:
            new_record(desk, self._kind, {**values, "agreement": self._agreement}, names)
            return
        changed = {name: values.get(name) for name in self.form.touched()}
        outcome = save_record(desk, self._kind, self._uid, self._before, changed, new_names=names)
        if outcome.stale:
            raise DeskError(f"{outcome.stale[0].label} was changed meanwhile; close this and open it again.")
