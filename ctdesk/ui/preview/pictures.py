"""Pages turned into pictures off the window's thread, those that are looked at first."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtGui import QImage

from ctdesk.domain.errors import DeskError

if TYPE_CHECKING:
    from ctdesk.reports.pages import Pages, Pixels

Wanted = tuple[int, float]
"""A page, the first is 0, and its scale in pixels a point."""


class Pictures(QObject):
    """Makes the pictures asked for last, one at a time. `made` carries page, scale and QImage."""

    made = Signal(int, float, QImage)
    failed = Signal(int, str)

    def __init__(self, pages: "Pages", parent: QObject) -> None:
        """Make pictures of some pages."""
        super().__init__(parent)
        self._pages = pages
        self._lock = threading.Lock()
        self._wanted: list[Wanted] = []
        self._making: Wanted | None = None
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Make these, in this order; what was asked for before and is not begun is dropped."""
        with self._lock:
            self._wanted = [each for each in wanted if each != self._making]
            if self._making is not None or not self._wanted:
                return
            self._making = self._wanted.pop(0)
        self._pool.start(self._work)

    def _work(self) -> None:
        while (wanted := self._making) is not None:
            page, scale = wanted
            try:
                self.made.emit(page, scale, image_of(self._pages.picture(page, scale)))
            except DeskError as fault:
                self.failed.emit(page, str(fault))
            with self._lock:
                self._making = self._wanted.pop(0) if self._wanted else None

    def close(self) -> None:
        """Make no more; returns when the one under way is done."""
        with self._lock:
            self._wanted = []
        self._pool.waitForDone()


def image_of(pixels: "Pixels") -> QImage:
    """Return the pixels as an image that owns them."""
    held = QImage(pixels.content, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
    return held.copy()
