"""Making the demo from the start page, with a dialog that shows how far it is."""

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

from ctdesk.domain.cancelling import Cancelled
from ctdesk.ui.tasks import Progress, Task


def make_demo(parent: QWidget, folder: Path, opened: Callable[[Path], None], failed: Callable[[str], None]) -> Task:
    """Make the demo in a folder off the window's thread, then open its workspace."""
    dialog = QProgressDialog("Making the demo borough…", "Cancel", 0, 0, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setMinimumDuration(0)
    dialog.show()
    task = Task("Making the demo", lambda progress: _make(folder, progress))
    queued = Qt.ConnectionType.QueuedConnection
    task.done.connect(opened, queued)
    task.failed.connect(failed, queued)
    task.ended.connect(dialog.deleteLater, queued)
    dialog.canceled.connect(task.cancel)
    parent.destroyed.connect(task.cancel)
    task.setParent(parent)
    task.start()
    return task


def _make(folder: Path, progress: Progress) -> Path:
    """Make the demo in a folder of its own, which goes again if a person calls it off half-way."""
    from ctdesk.services.demo import run_demo

    there = folder.exists()
    try:
        run_demo(folder, lambda _line: progress.heed())
    except Cancelled:
        if not there:
            rmtree(folder, ignore_errors=True)
        raise
    return next(folder.glob("*.ctdesk"))
