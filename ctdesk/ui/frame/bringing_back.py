"""A backup brought back: in the place of the open workspace, or into a file of its own."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from ctdesk.domain.errors import DeskError
from ctdesk.services.holdings import Holdings, steps_since
from ctdesk.services.recognising import is_own
from ctdesk.services.upkeep import place_of, restore, restore_open
from ctdesk.ui.grid.asking import agreed
from ctdesk.ui.places import Place

if TYPE_CHECKING:
    from ctdesk.ui.frame.window import MainWindow

WORKSPACES = "Workspaces (*.ctdesk)"
_NAMED = 5
"""Steps that are named before the rest is only counted."""


def in_place(window: "MainWindow", backup: Path, held: Holdings) -> None:
    """Put the open workspace back to what a backup of it holds, once the person knows what that takes away."""
    window.go(Place("home"))
    if window.current != "home":
        return  # there is unsaved work, and the person stays with it
    if any(not task.is_over for task in window.session.tasks):
        window.status.say("Work is still running; wait until it has ended, then bring the backup back.")
        return
    if not agreed(
        window,
        "Bring a backup back",
        f"Put the workspace back to {backup.name}?",
        _taken_away(window, held),
        "Bring it back",
    ):
        return
    try:
        aside = restore_open(window.session.desk, backup)
    except DeskError as fault:
        window.status.say(str(fault))
        return
    kept = f" What was there before is kept as {aside.name}." if aside else ""
    window.status.say(f"The workspace is as {backup.name} held it.{kept}")


def _taken_away(window: "MainWindow", held: Holdings) -> str:
    since = steps_since(held, window.session.desk)
    safety = "As it is now, the workspace is first set aside beside the backups."
    if not since:
        return f"Nothing has been done since. {safety}"
    named = [f"{step.number}. {step.title}" for step in since[:_NAMED]]
    more = [f"and {len(since) - _NAMED:,} more"] if len(since) > _NAMED else []
    return "\n".join(["These steps leave the workspace:", *named, *more, "", safety])


def elsewhere(window: "MainWindow", backup: Path) -> None:
    """Ask which file a backup is to become, restore it there, and open it."""
    target = ask_target(window, backup)
    if target is None:
        return
    if is_own(target, window.session.desk):
        window.status.say("That is the workspace that is open now; restore the backup under another name.")
        return
    try:
        restore(backup, target)
    except DeskError as fault:
        window.status.say(str(fault))
        return
    window.commands.leave_for(target)


def ask_target(parent: QWidget, backup: Path) -> Path | None:
    """Ask which file a backup is to become; what is there already will be kept aside."""
    name, _ = QFileDialog.getSaveFileName(
        parent, "Restore it as", str(place_of(backup)), WORKSPACES, options=QFileDialog.Option.DontConfirmOverwrite
    )
    return Path(name).with_suffix(".ctdesk") if name else None
