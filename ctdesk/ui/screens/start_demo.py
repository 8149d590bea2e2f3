"""Making the demo from the start page, with a dialog that shows how far it is."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

from ctdesk.ui.tasks import Progress, Task


def make_demo(parent: QWidget, folder: Path, opened: Callable[[Path], None], failed: Callable[[str], None]) -> Task:
    """Make the demo in a folder off the window's thread, then open its workspace."""
    dialog = QProgressDialog("Making the demo borough…", "", 0, 0, parent)
    dialog.setCancelButton(None)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setMinimumDuration(0)
    dialog.show()
    task = Task("Making the demo", lambda progress: _make(folder, progress))
    queued = Qt.ConnectionType.QueuedConnection
    task.done.connect(opened, queued)
    task.failed.connect(failed, queued)
    task.ended.connect(dialog.deleteLater, queued)
    parent.destroyed.connect(task.cancel)
    task.setParent(parent)
    task.start()
    return task


def _make(folder: Path, _progress: Progress) -> Path:
    from ctdesk.services.demo import run_demo

    run_demo(folder, lambda _line: None)
    return next(folder.glob("*.ctdesk"))
