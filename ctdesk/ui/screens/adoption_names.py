"""Names of a register: those that will be new, and those that look like one the desk has, told apart one by one."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ctdesk.domain.incoming import Suggestions
from ctdesk.services.adoption_cells import LikeName
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import button, dialog_size, label, plain_table

_CHOICES = (("Ask later", None), ("The same", Suggestions.ACCEPT), ("Another one", Suggestions.DECLINE))


class NewNamesDialog(QDialog):
    """Lists the names that will be new organisations."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        """Show the names in order."""
        super().__init__(parent)
        self.setWindowTitle("Names that will be new")
        self.names = plain_table("Names that will be new", ["Name"])
        for name in sorted(names, key=str.casefold):
            self.names.addTopLevelItem(QTreeWidgetItem([name]))
        close = button("Close", kind="main")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        _lay_out(
            self, "Each becomes an organisation that provides, if a row that names it is applied.", self.names, close
        )


class LikeNamesDialog(QDialog):
    """Asks of each name whether it is the organisation it looks like; `said` holds the answers."""

    def __init__(self, names: Sequence[LikeName], parent: QWidget | None = None) -> None:
        """Show each pair with what was said so far."""
        super().__init__(parent)
        self.setWindowTitle("Names that look like one we have")
        self._choices: dict[tuple[str, str], QComboBox] = {}
        self.names = plain_table("Names that look alike", ["In the register", "Known to the desk", "Is it the same?"])
        for like in names:
            item = QTreeWidgetItem([like.text, like.known or "–", ""])
            item.setSizeHint(0, QSize(0, size(34)))
            self.names.addTopLevelItem(item)
            self.names.setItemWidget(item, 2, self._choice(like))
        header = self.names.header()
        header.setStretchLastSection(False)
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.names.setColumnWidth(2, size(150))
        cancel, keep = button("Cancel", kind="quiet"), button("Keep these answers", kind="main")
        cancel.clicked.connect(self.reject)
        keep.clicked.connect(self.accept)
        keep.setDefault(True)
        _lay_out(
            self,
            "A name that nobody has told apart stays blank and is asked about in the findings.",
            self.names,
            cancel,
            keep,
        )

    def _choice(self, like: LikeName) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(f"Is {like.text} the same as {like.known}?")
        for words, said in _CHOICES:
            made.addItem(words, said)
        made.setCurrentIndex([said for _, said in _CHOICES].index(like.said))
        self._choices[like.field, like.text] = made
        return made

    @property
    def fields(self) -> dict[str, QComboBox]:
        """The answers, by the field and name that each is about."""
        return {f"{field}: {text}": choice for (field, text), choice in self._choices.items()}

    @property
    def said(self) -> dict[tuple[str, str], Suggestions]:
        """What was said, by field and name; nothing of those to be asked later."""
        found = {key: _CHOICES[choice.currentIndex()][1] for key, choice in self._choices.items()}
        return {key: said for key, said in found.items() if said is not None}


def _lay_out(dialog: QDialog, words: str, names: QTreeWidget, *buttons: QWidget) -> None:
    dialog.resize(dialog_size(dialog.parentWidget(), 660, 380))
    foot = QHBoxLayout()
    foot.addStretch(1)
    for each in buttons:
        foot.addWidget(each)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(size(16), size(16), size(16), size(16))
    layout.setSpacing(size(12))
    layout.addWidget(label(words, tone="2", wrap=True))
    layout.addWidget(names, 1)
    layout.addLayout(foot)
