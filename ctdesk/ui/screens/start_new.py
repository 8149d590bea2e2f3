"""Making a new workspace: its name, where it is to lie, and the lists it begins with."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from ctdesk.domain.errors import DeskError
from ctdesk.services.creating import STANDARD_FRAMEWORK, create_workspace
from ctdesk.services.frameworks import framework, shipped
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import button, label

_OWN = "A file of our own…"


class NewWorkspace(QDialog):
    """Asks what a new workspace needs; `made` is its path once it is there."""

    def __init__(self, parent: object = None) -> None:
        """Make the dialog."""
        super().__init__(parent)  # type: ignore[arg-type]  # a widget or none
        self.setWindowTitle("New workspace")
        self.setMinimumWidth(size(460))
        self.made: Path | None = None
        self._own: str | None = None
        self._name = QLineEdit(placeholderText="For instance: Children’s Trust of our borough")
        self._lists = QComboBox()
        for name in shipped():
            self._lists.addItem(framework(name).title, name)
        self._lists.addItem(_OWN, "")
        self._lists.setCurrentIndex(self._lists.findData(STANDARD_FRAMEWORK))
        self._lists.activated.connect(self._choose_own)
        self._fault = label("", tone="bad", wrap=True)
        self._fault.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow("Name of the &trust or team", self._name)
        form.addRow("&Lists to begin with", self._lists)
        hint = label("Outcomes, tiers, areas and all other lists can be altered later.", "help", tone="3")
        foot = QHBoxLayout()
        foot.addStretch(1)
        cancel, make = button("Cancel", kind="quiet"), button("Choose where and make it", kind="main")
        cancel.clicked.connect(self.reject)
        make.clicked.connect(self._make)
        make.setDefault(True)
        foot.addWidget(cancel)
        foot.addWidget(make)
        layout = QVBoxLayout(self)
        layout.setSpacing(size(12))
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addWidget(self._fault)
        layout.addLayout(foot)

    def _choose_own(self, index: int) -> None:
        if self._lists.itemText(index) == _OWN:
            name, _ = QFileDialog.getOpenFileName(self, "Choose a framework file", "", "Frameworks (*.toml)")
            self._own = name or None

    def _make(self) -> None:
        name = self._name.text().strip() or "Commissioning desk"
        chosen, _ = QFileDialog.getSaveFileName(self, "Where it is to lie", f"{name}.ctdesk", "Workspaces (*.ctdesk)")
        if chosen:
            self.make(Path(chosen).with_suffix(".ctdesk"), name)

    def make(self, path: Path, name: str) -> None:
        """Make the workspace; a fault is said in the dialog."""
        lists = self._lists.currentData() or self._own or STANDARD_FRAMEWORK
        try:
            create_workspace(path, framework_name=lists, name=name).close()
        except DeskError as fault:
            self._fault.setText(str(fault))
            self._fault.show()
            return
        self.made = path
        self.accept()
