"""How long the window takes to start: for support, and for the benchmark."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from ctdesk.app import Application, run
from ctdesk.process import resident_mb, since_start_ms


class _Clock:
    """Notes when the frame of the workspace was first painted, and tells of it once its first screen is filled."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._painted = 0.0
        application.framed.connect(lambda window: window.painted.connect(self._on_painted))
        application.usable.connect(lambda: QTimer.singleShot(0, self._tell))

    def _on_painted(self) -> None:
        self._painted = since_start_ms()

    def _tell(self) -> None:
        figures = {
            "first_paint_ms": round(self._painted),
            "usable_ms": round(since_start_ms()),
            "resident_mb": round(resident_mb(), 1),
        }
        sys.stdout.write(json.dumps(figures) + "\n")
        sys.stdout.flush()
        if self._application.window is not None:
            self._application.window.close()
        self._application.qt.quit()


def time_start(path: Path) -> int:
    """Open the window on a workspace, print one line of JSON about how long it took, and quit."""
    clocks: list[_Clock] = []
    return run(path, before=lambda application: clocks.append(_Clock(application)))
