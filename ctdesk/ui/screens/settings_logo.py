"""The logo of the trust: seen, chosen, taken away."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from ctdesk.domain.errors import DeskError
from ctdesk.services.logo import keep_logo, logo, take_logo_away
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Card, button, label


class LogoCard(Card):
    """Shows the logo that stands on the covers of packs."""

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make the card; nothing is read yet."""
        super().__init__("Logo", "on the covers of packs; PNG or JPEG")
        self._session = session
        self.picture = QLabel()
        self.picture.setAccessibleName("Logo")
        self.none = label("No logo has been chosen.", tone="2")
        self.choose, self.remove = button("Choose a picture…"), button("Take it away", kind="quiet")
        self.choose.clicked.connect(self._ask)
        self.remove.clicked.connect(lambda: self._do(None))
        row = QHBoxLayout()
        row.setContentsMargins(size(14), size(10), size(14), size(10))
        row.setSpacing(size(8))
        row.addWidget(self.picture)
        row.addWidget(self.none)
        row.addStretch(1)
        row.addWidget(self.remove)
        row.addWidget(self.choose)
        line = QWidget()
        line.setLayout(row)
        self.add(line)

    def read(self) -> None:
        """Show the logo there is."""
        found = QPixmap()
        content = logo(self._session.desk)
        if content and found.loadFromData(content):
            ratio = self.devicePixelRatioF()
            room = found.scaled(
                round(size(220) * ratio), round(size(60) * ratio), Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )  # fmt: skip
            room.setDevicePixelRatio(ratio)
            self.picture.setPixmap(room)
        self.picture.setVisible(bool(content))
        self.none.setVisible(not content)
        self.remove.setVisible(bool(content))
        for each in (self.choose, self.remove):
            each.allow(allowed=not self._session.read_only, why=self._session.why_not)

    def _ask(self) -> None:
        folder = str(self._session.memory.get("folder", ""))
        path, _ = QFileDialog.getOpenFileName(self, "Logo", folder, "Pictures (*.png *.jpg *.jpeg)")
        if path:
            self._do(Path(path))

    def _do(self, path: Path | None) -> None:
        try:
            if path is None:
                take_logo_away(self._session.desk)
            else:
                keep_logo(self._session.desk, path)
        except DeskError as fault:
            self.said.emit(str(fault))
        self.read()
