"""The menus and keys of the frame: every command by name, so that the palette offers them too."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ctdesk.ui.frame.catalogue import CATALOGUE
from ctdesk.ui.places import Place
from ctdesk.ui.screens.screen import Screen
from ctdesk.ui.widgets import action

if TYPE_CHECKING:
    from ctdesk.ui.frame.window import MainWindow

_Run = Callable[[], object]


class Commands(QObject):
    """All commands of one main window."""

    def __init__(self, window: "MainWindow") -> None:
        """Fill the menus of the window's top bar."""
        super().__init__(window)
        self._window = window
        self._palette: QObject | None = None
        menus = window.top.menus
        self._file_menu(menus.addMenu("&File"))
        edit = menus.addMenu("&Edit")
        edit.addActions([window.past.undo, window.past.redo])
        self._view_menu(menus.addMenu("&View"))
        self._record_menu = menus.addMenu("&Record")
        self._tools_menu(menus.addMenu("&Tools"))
        self._help_menu(menus.addMenu("&Help"))
        window.addActions([window.past.undo, window.past.redo])
        self._screens_own: list[QAction] = []

    def _command(self, menu: QMenu, words: str, run: _Run, keys: str = "", symbol: str = "") -> QAction:
        made = action(self, words, run, *filter(None, [keys]), symbol=symbol)
        menu.addAction(made)
        self._window.addAction(made)
        return made

    def _go(self, screen: str) -> _Run:
        return lambda: self._window.go(Place(screen))

    def _file_menu(self, menu: QMenu) -> None:
        self._command(menu, "Start page", lambda: self._leave("start"), symbol="home")
        self._command(menu, "Open a workspace…", lambda: self._leave("open"), "Ctrl+O", "folder")
        menu.addSeparator()
        altering = [
            self._command(menu, "Receive returns…", self.receive, "Ctrl+R", "receive"),
            self._command(menu, "Adopt a register…", self._go("adoption")),
        ]
        menu.addSeparator()
        altering.append(self._command(menu, "Back up now", self._back_up, symbol="backup"))
        for one in altering:
            one.setEnabled(not self._window.session.read_only)
        self._command(menu, "Check the file", self._check)
        menu.addSeparator()
        self._command(menu, "Close", self._window.close, "Ctrl+W")

    def _view_menu(self, menu: QMenu) -> None:
        self._command(menu, "Find a record or a command", self.open_palette, "Ctrl+K", "search")
        menu.addSeparator()
        listed = [entry for entry in CATALOGUE if entry.listed]
        for number, entry in enumerate(listed, start=1):
            keys = "Ctrl+0" if entry.name == "settings" else f"Ctrl+{number}"
            self._command(menu, entry.title, self._go(entry.name), keys, entry.icon)
        others = menu.addMenu("Other lists")
        for entry in CATALOGUE:
            if entry.kind and not entry.listed:
                self._command(others, entry.title, self._go(entry.name))
        menu.addSeparator()
        self._command(menu, "Fold the navigation", self._fold, "Ctrl+B")
        self._command(menu, "Back", self._go("back"), "Alt+Left")
        self._command(menu, "Next area", lambda: self._window.go_to_area(1), "F6")
        self._command(menu, "Area before", lambda: self._window.go_to_area(-1), "Shift+F6")

    def _tools_menu(self, menu: QMenu) -> None:
        self._command(menu, "Organisations that look alike", self._go("look_alikes"))
        self._command(menu, "History of every step", self._go("history"), symbol="history")

    def _help_menu(self, menu: QMenu) -> None:
        self._command(menu, "Guide and keys", self._go("guide"), "F1", "guide")

    def show_actions_of(self, screen: Screen) -> None:
        """Put the present screen's own commands into the Record menu and under their keys."""
        for one in self._screens_own:
            self._record_menu.removeAction(one)
            self._window.removeAction(one)
        self._screens_own = screen.actions_offered()
        self._record_menu.addActions(self._screens_own)
        self._window.addActions(self._screens_own)
        self._record_menu.menuAction().setVisible(bool(self._screens_own))

    def all(self) -> list[QAction]:
        """Return every command that can be run now, for the palette."""
        return [one for one in self._window.actions() if one.isEnabled() and one.text()]

    def open_palette(self) -> None:
        """Open the search over records and commands."""
        from ctdesk.ui.frame.palette import Palette

        if self._palette is None:
            self._palette = Palette(self._window)
        self._palette.open()  # type: ignore[attr-defined]  # it is a Palette, made lazily

    def _fold(self) -> None:
        navigation = self._window.navigation
        navigation.fold(folded=not navigation.is_folded)

    def receive(self) -> None:
        """Let the officer choose returned workbooks and review them."""
        from ctdesk.ui.frame.drops import choose_returns

        choose_returns(self._window)

    def _back_up(self) -> None:
        from ctdesk.services.upkeep import back_up

        session = self._window.session
        session.run(
            "Making a backup",
            lambda _: back_up(session.desk),
            lambda path: self._window.status.say(f"A verified copy is in {path}."),
        )

    def _check(self) -> None:
        from ctdesk.services.upkeep import check_workspace

        session = self._window.session
        session.run(
            "Checking the file",
            lambda _: check_workspace(session.desk),
            lambda problems: self._window.status.say(problems[0].what if problems else "The file is sound."),
        )

    def _leave(self, how: str) -> None:
        if self._window.close():
            self._window.left.emit(how)

    def leave_for(self, path: Path) -> None:
        """Close this workspace, unless the person stays, and open another."""
        if self._window.close():
            self._window.left_for.emit(path)

    def close(self) -> None:
        """Let the palette go."""
        if self._palette is not None:
            self._palette.deleteLater()
            self._palette = None
