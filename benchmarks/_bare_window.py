"""A bare window of Qt: shows itself, prints when it was painted and what it holds, and quits."""

import json

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class BareWindow(QMainWindow):
    """The peer: nothing but a window."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell of the first paint, once all of it is done."""
        super().paintEvent(event)
        QTimer.singleShot(0, _tell)


def _tell() -> None:
    from ctdesk.process import resident_mb, since_start_ms

    painted = since_start_ms()
    print(json.dumps({"first_paint_ms": painted, "usable_ms": painted, "resident_mb": resident_mb()}), flush=True)
    QApplication.quit()


if __name__ == "__main__":
    application = QApplication()
    window = BareWindow()
    window.resize(1280, 680)
    window.show()
    application.exec()
