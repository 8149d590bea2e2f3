"""The dialog that asks for one word of a list."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ctdesk.domain.errors import DeskError
from ctdesk.services.list_edit import Word
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import button, label


class WordDialog(QDialog):
    """Label, short label, other spellings and meaning; it stays open until they can be saved. `uid` is the entry's."""

    def __init__(self, title: str, word: Word, save: Callable[[Word], str], parent: QWidget) -> None:
        """Ask, beginning with a word as it stands; *save* is called with what was typed and returns the uid."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(size(520))
        self._save, self.uid = save, ""
        self.label, self.short, self.aliases = QLineEdit(word.label), QLineEdit(word.short), QLineEdit(word.aliases)
        self.meaning = QPlainTextEdit(word.description)
        self.fields = {"label": self.label, "short": self.short, "aliases": self.aliases, "meaning": self.meaning}
        self.meaning.setTabChangesFocus(True)
        self.meaning.setMaximumHeight(size(90))
        self.fault = label("", tone="bad", wrap=True)
        self.fault.hide()
        self.aliases.setPlaceholderText("with ; between them")
        form = QFormLayout()
        form.addRow("&Word", self.label)
        form.addRow("&Short label", self.short)
        form.addRow("&Other spellings", self.aliases)
        form.addRow("&Meaning", self.meaning)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(16), size(16), size(16))
        layout.setSpacing(size(12))
        layout.addWidget(
            label("Agencies see the word in the workbook's list; other spellings are read as it.", tone="2", wrap=True)
        )
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        cancel, self.keep = button("Cancel", kind="quiet"), button("Save", kind="main")
        cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(self.save)
        self.keep.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.keep)
        return foot

    def save(self) -> None:
        """Save the word, or say why it cannot be."""
        word = Word(self.label.text(), self.short.text(), self.aliases.text(), self.meaning.toPlainText())
        try:
            self.uid = self._save(word)
        except DeskError as fault:
            self.fault.setText(str(fault))
            self.fault.show()
            return
        self.accept()
