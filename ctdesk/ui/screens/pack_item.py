"""One item of a pack: what stands in the agenda, whether it may be published, and what its report is about."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctdesk.domain.definition import Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.pack import EXEMPT, Purpose
from ctdesk.services.pack_reports import LEFT_BLANK, offered, read_choices, report_named, written_choices
from ctdesk.services.packs import item_words
from ctdesk.services.records import save_record
from ctdesk.ui.kept_typing import keep_typing
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import button, label
from ctdesk.ui.widgets.typed_choice import typed_choice


class PackItemDialog(QDialog):
    """Asks for the words of an item and saves them."""

    def __init__(self, session: Session, uid: str, values: Values, parent: QWidget | None = None) -> None:
        """Make the dialog, filled with what is kept."""
        super().__init__(parent)
        self._session, self._uid, self._before = session, uid, dict(values)
        self.setWindowTitle("Item of the agenda")
        self.setMinimumWidth(size(600))
        self.title, self.lead, self.time = (_line(values[name]) for name in ("title", "lead", "time"))
        self.late, self.public_title = _line(values["late"]), _line(values["public_title"])
        self.purpose = _choice([("", ""), *((str(it), str(it)) for it in Purpose)], values["purpose"], typed="For")
        paragraphs = [
            ("Nothing: it is for publication", ""),
            *((f"Paragraph {n}: {it}", n) for n, it in EXEMPT.items()),
        ]
        self.exempt = _choice(paragraphs, values["exempt"])
        self.appendix = QCheckBox("An appendix, after the agenda")
        self.appendix.setChecked(bool(values["appendix"]))
        self.lead.setPlaceholderText("A job title or team")
        self.late.setPlaceholderText("Only if it was not on the agenda in time")
        self.public_title.setPlaceholderText("What the public edition calls it")
        self.choices = self._choices(values)
        self._fault = label("", tone="bad", wrap=True)
        self._fault.hide()
        self.exempt.currentIndexChanged.connect(lambda _: self._tell())
        self._lay_out()
        own = ("title", "purpose", "lead", "time", "exempt", "public_title", "late", "appendix")
        keep_typing(self, session, f"pack item {uid}", {**{name: getattr(self, name) for name in own}, **self.choices})
        self._tell()

    def _choices(self, values: Values) -> dict[str, QComboBox]:
        if not values["report"]:
            return {}
        chosen = read_choices(values["choices"])
        made = {}
        for name, words in report_named(str(values["report"])).choices.items():
            known = [(it, it) for it in offered(self._session.desk, name)]
            made[name] = _choice([("", ""), *known], chosen.get(name), typed=words)
            line = made[name].lineEdit()
            if line is not None:
                line.setPlaceholderText(LEFT_BLANK.get(name, ""))
        return made

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow("&Item", self.title)
        words = report_named(str(self._before["report"])).choices if self.choices else {}
        for name, editor in self.choices.items():
            form.addRow(words[name], editor)
        form.addRow("&For", self.purpose)
        form.addRow("&Led by", self.lead)
        form.addRow("&Time", self.time)
        form.addRow("&Exempt", self.exempt)
        form.addRow("Public title", self.public_title)
        form.addRow("Late &because", self.late)
        form.addRow("", self.appendix)
        cancel, save = button("Cancel", kind="quiet"), button("Save", kind="main")
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self.save)
        save.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(16), size(16), size(16))
        layout.setSpacing(size(12))
        layout.addLayout(form)
        layout.addWidget(self._fault)
        layout.addLayout(foot)

    def _tell(self) -> None:
        self.public_title.setEnabled(bool(self.exempt.currentData()))

    def save(self) -> None:
        """Save what was typed, or say in the dialog why it cannot be."""
        try:
            outcome = save_record(self._session.desk, "pack_item", self._uid, self._before, self._after())
        except DeskError as fault:
            self._say(str(fault))
            return
        if outcome.stale:
            self._say("Somebody has altered this item meanwhile; close this and open it again.")
        else:
            self.accept()

    def _say(self, words: str) -> None:
        self._fault.setText(words)
        self._fault.show()

    def _after(self) -> dict[str, Value]:
        lines = {name: getattr(self, name).text().strip() or None for name in ("title", "lead", "time", "late")}
        exempt = self.exempt.currentData() or None
        said: dict[str, Value] = {
            **lines,
            "purpose": self.purpose.currentText().strip() or None,
            "exempt": exempt,
            "public_title": (self.public_title.text().strip() or None) if exempt else None,
            "appendix": self.appendix.isChecked() or None,
        }
        after = {"title": said.pop("title"), **item_words(self._session.desk, said)}
        if self.choices:
            chosen = {name: editor.currentText().strip() for name, editor in self.choices.items()}
            after["choices"] = written_choices(self._session.desk, str(self._before["report"]), chosen)
        return after


def _line(value: Value) -> QLineEdit:
    return QLineEdit(str(value or ""))


def _choice(options: list[tuple[str, str]], value: Any, *, typed: str = "") -> QComboBox:
    """Return a box of words with what they stand for; one with a name as `typed` lets a person write something else."""
    box = typed_choice(typed) if typed else QComboBox()
    for words, kept in options:
        box.addItem(words, kept)
    at = box.findData(str(value or ""))
    if at >= 0:
        box.setCurrentIndex(at)
    elif typed:
        box.setEditText(str(value))
    return box
