"""The team's own settings, saved in the workspace for everybody who opens it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMessageBox, QWidget

from ctdesk.domain.errors import DeskError
from ctdesk.services.team_settings import TEAM_SETTINGS, TeamSetting, read_setting, save_settings, team_settings
from ctdesk.ui.kept_typing import KeptTyping
from ctdesk.ui.screens.settings_logo import LogoCard
from ctdesk.ui.screens.settings_row import setting_row
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Card, button, edge_to_edge, label, set_look, set_tone

_WIDE, _NARROW = 360, 72


class TeamPage(QWidget):
    """Fields with their help; a fault takes the place of the help once the field is left."""

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make the fields, empty."""
        super().__init__()
        self.setAccessibleName("Team")
        self._session = session
        self._held: dict[str, str] = {}
        self.fields: dict[str, QLineEdit] = {}
        self.helps: dict[str, QLabel] = {}
        self.discard = button("Discard", kind="quiet")
        self.save_button = button("Save", kind="main", shortcut="Ctrl+S")
        self.discard.clicked.connect(self._discard)
        self.save_button.clicked.connect(self.save)
        self._kept: KeptTyping | None = None
        self.logo = LogoCard(session)
        self.logo.said.connect(self.said)
        card = Card("The team", "the same for everybody who opens this workspace")
        for setting in TEAM_SETTINGS:
            card.add(self._row(setting))
        card.add(self._foot())
        layout = edge_to_edge(self, size(12))
        layout.addWidget(card)
        layout.addWidget(self.logo)

    def _row(self, setting: TeamSetting) -> QWidget:
        field = QLineEdit()
        field.setFixedWidth(size(_NARROW if setting.most else _WIDE))
        field.setReadOnly(self._session.read_only)
        if setting.most:
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.textEdited.connect(self._tell)
        field.editingFinished.connect(lambda: self._check(setting))
        field.setAccessibleDescription(setting.help)
        self.fields[setting.name] = field
        self.helps[setting.name] = label(setting.help, "help", tone="3", wrap=True)
        unit = f" ({setting.unit})" if setting.unit else ""
        return setting_row(setting.label + unit, field, self.helps[setting.name])

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(size(14), size(8), size(14), size(8))
        row.addStretch(1)
        row.addWidget(self.discard)
        row.addWidget(self.save_button)
        return foot

    def read(self) -> None:
        """Show what is saved, unless something else is typed already."""
        self.logo.read()
        typing = self.unsaved()
        self._held = team_settings(self._session.desk)
        if typing:
            self._tell()
            return
        self._show_held()
        if self._kept is None:
            self._kept = KeptTyping(self, self._session, "team settings", self.fields)
            self._kept.bring_back()
            self._tell()

    def _discard(self) -> None:
        self._show_held()
        if self._kept is not None:
            self._kept.forget()

    def _show_held(self) -> None:
        for setting in TEAM_SETTINGS:
            self.fields[setting.name].setText(self._held[setting.name])
            self._say(setting, "")
        self._tell()

    def unsaved(self) -> dict[str, str]:
        """Return what is typed and not saved."""
        return {
            name: field.text() for name, field in self.fields.items() if self._held and field.text() != self._held[name]
        }

    def _tell(self) -> None:
        changed = bool(self.unsaved())
        why = self._session.why_not or "Nothing has been altered."
        self.discard.allow(allowed=changed, why=why)
        self.save_button.allow(allowed=changed and not self._session.read_only, why=why)
        reason = "This workspace is open to read only" if self._session.read_only else "Nothing has been changed"
        self.save_button.setToolTip("" if self.save_button.isEnabled() else reason)

    def _check(self, setting: TeamSetting) -> bool:
        """Say what is wrong with a field, if anything, and return whether it can be saved."""
        try:
            read_setting(setting.name, self.fields[setting.name].text())
        except DeskError as fault:
            self._say(setting, str(fault))
            return False
        self._say(setting, "")
        return True

    def _say(self, setting: TeamSetting, fault: str) -> None:
        said, field = self.helps[setting.name], self.fields[setting.name]
        said.setText(f"Must fix: {fault}" if fault else setting.help)
        set_tone(said, "bad" if fault else "3")
        set_look(field, "fault", "true" if fault else "false")
        field.setAccessibleDescription(said.text())

    def save(self) -> bool:
        """Save what is typed; return whether nothing is left unsaved."""
        if not self.unsaved() or self._session.read_only:
            return True
        faulty = [setting for setting in TEAM_SETTINGS if not self._check(setting)]
        if faulty:
            self.fields[faulty[0].name].setFocus()
            return False
        try:
            typed = {name: read_setting(name, text) for name, text in self.unsaved().items()}
            self._held = {**self._held, **{name: self.fields[name].text() for name in typed}}
            save_settings(self._session.desk, typed)
        except DeskError as fault:
            self.said.emit(str(fault))
            return False
        self._held = team_settings(self._session.desk)
        self._discard()
        self.said.emit("The settings are saved.")
        return True

    def may_leave(self) -> bool:
        """Ask what becomes of settings that are not saved, if there are any."""
        if not self.unsaved():
            return True
        buttons = QMessageBox.StandardButton
        asked = QMessageBox.question(
            self,
            "Settings not saved",
            "Settings have been changed and not saved.",
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        if asked == buttons.Save:
            return self.save()
        if asked == buttons.Discard:
            self._discard()
        return asked == buttons.Discard
