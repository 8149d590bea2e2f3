"""How long the window takes to start: for support, and for the benchmark."""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QMainWindow

from ctdesk.app import Application, run


class _FirstPaint(QObject):
    """Notes when a main window has first been painted."""

    def __init__(self) -> None:
        super().__init__()
        self.at: float | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if self.at is None and event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        if self.at is None:
            self.at = since_start_ms()


def time_start(path: Path) -> int:
    """Open the window on a workspace, print one line of JSON about how long it took, and quit."""
    paint = _FirstPaint()

    def watch(application: Application) -> None:
        application.qt.installEventFilter(paint)
        application.usable.connect(lambda: QTimer.singleShot(0, lambda: _tell(application, paint)))

    return run(path, before=watch)


def _tell(application: Application, paint: _FirstPaint) -> None:
    figures = {
        "first_paint_ms": round(paint.at or 0),
        "usable_ms": round(since_start_ms()),
        "resident_mb": round(_resident_mb(), 1),
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    if application.window is not None:
        application.window.close()
    application.qt.quit()


def since_start_ms() -> float:
    """Return the milliseconds since this process was started, as nearly as the system tells."""
    stat = Path("/proc/self/stat")
    if stat.exists():
        import os

        ticks = int(stat.read_text().rpartition(")")[2].split()[19])
        up = float(Path("/proc/uptime").read_text().split()[0])
        return (up - ticks / os.sysconf("SC_CLK_TCK")) * 1000
    return time.process_time() * 1000


def _resident_mb() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return 0.0
