"""The pages of a paper one below the other, at any size; only those in sight are ever pictures."""

from bisect import bisect_right
from math import sqrt
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from ctdesk.ui.preview.pictures import Pictures
from ctdesk.ui.theme import font, size, themes_changed, token

if TYPE_CHECKING:
    from ctdesk.reports.pages import Pages

FIT_WIDTH, FIT_PAGE = -1.0, -2.0
"""Zooms that follow the window; any other is a factor, 1.0 being the size of the paper."""
LEAST, MOST = 0.25, 4.0
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_PER_POINT = 96 / 72
"""Device-independent pixels a point when paper is shown in its own size."""
_MOST_PIXELS = 16_000_000
"""A picture is made no larger than this, and drawn larger beyond it: 64 MB."""


class PagesView(QAbstractScrollArea):
    """`turned` carries the page being read (the first is 0), `zoomed` the factor in force, `failed` a sentence."""

    turned = Signal(int)
    zoomed = Signal(float)
    failed = Signal(str)

    def __init__(self, pages: "Pages", zoom: float = FIT_WIDTH) -> None:
        """Show pages at a zoom."""
        super().__init__()
        self._pages, self._zoom = pages, zoom
        self._factor = 1.0
        self._rects: list[QRect] = []
        self._held: dict[int, tuple[float, QImage]] = {}
        self._near: frozenset[int] = frozenset()
        self._faults: dict[int, str] = {}
        self.current = 0
        self._pictures = Pictures(pages, self)
        self._pictures.made.connect(self._take)
        self._pictures.failed.connect(self._note)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        themes_changed.changed.connect(self._lay_out)
        self._name()

    @property
    def zoom(self) -> float:
        """The zoom that was chosen: a factor, FIT_WIDTH or FIT_PAGE."""
        return self._zoom

    @property
    def factor(self) -> float:
        """How large the paper is shown, 1.0 being its own size."""
        return self._factor

    def set_zoom(self, zoom: float) -> None:
        """Show the pages larger or smaller; what is being read stays in sight."""
        self._zoom = zoom if zoom < 0 else min(MOST, max(LEAST, zoom))
        self._lay_out()

    def larger(self) -> None:
        """Go one step up."""
        self.set_zoom(next((step for step in STEPS if step > self._factor * 1.01), MOST))

    def smaller(self) -> None:
        """Go one step down."""
        self.set_zoom(next((step for step in reversed(STEPS) if step < self._factor * 0.99), LEAST))

    def turn_to(self, page: int) -> None:
        """Show the top of a page."""
        page = min(max(page, 0), len(self._rects) - 1)
        self.verticalScrollBar().setValue(self._rects[page].top() - size(12))
        self._turn(page)

    def close_pages(self) -> None:
        """Make no more pictures."""
        themes_changed.changed.disconnect(self._lay_out)
        self._pictures.close()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the pages to the room."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Work out where each page lies, and scroll so that the reading goes on where it was."""
        page, part = self._reading()
        self._factor = self._fitting()
        gap, top = size(12), size(12)
        sizes = [self._shown(at) for at in range(len(self._pages.sizes))]
        widest = max((wide for wide, _ in sizes), default=0) + 2 * gap
        across = max(widest, self.viewport().width())
        self._rects = []
        for wide, high in sizes:
            self._rects.append(QRect((across - wide) // 2, top, wide, high))
            top += high + gap
        self._set_bars(widest, top)
        if self._rects:
            rect = self._rects[page]
            self.verticalScrollBar().setValue(round(rect.top() + part * rect.height() - gap))
        self._scrolled()
        self.zoomed.emit(self._factor)

    def _reading(self) -> tuple[int, float]:
        """Return the page at the top of what is seen, and how far down it that is."""
        if not self._rects:
            return 0, 0.0
        y = self.verticalScrollBar().value() + size(12)
        page = self._page_at(y)
        rect = self._rects[page]
        return page, min(1.0, max(0.0, (y - rect.top()) / max(1, rect.height())))

    def _fitting(self) -> float:
        if self._zoom > 0 or not self._pages.sizes:
            return self._zoom if self._zoom > 0 else 1.0
        # Measured as if the bar were there, or its coming would change the size and send it away again.
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * size(12)
        factor = room / (max(page.width for page in self._pages.sizes) * _PER_POINT)
        if self._zoom == FIT_PAGE:
            high = max(page.height for page in self._pages.sizes) * _PER_POINT
            factor = min(factor, (self.height() - 2 * size(12)) / high)
        return min(MOST, max(LEAST / 2, factor))

    def _shown(self, page: int) -> tuple[int, int]:
        paper, scale = self._pages.sizes[page], _PER_POINT * self._factor
        return round(paper.width * scale), round(paper.height * scale)

    def _set_bars(self, width: int, height: int) -> None:
        for bar, whole, seen in (
            (self.horizontalScrollBar(), width, self.viewport().width()),
            (self.verticalScrollBar(), height, self.viewport().height()),
        ):
            bar.setPageStep(max(1, seen - size(24)))
            bar.setSingleStep(size(40))
            bar.setRange(0, max(0, whole - seen))

    def _page_at(self, y: int) -> int:
        return max(0, bisect_right(self._rects, y, key=lambda rect: rect.top()) - 1)

    def _scrolled(self) -> None:
        if self._rects:
            middle = self.verticalScrollBar().value() + self.viewport().height() // 3
            self._turn(self._page_at(middle))
            self._ask()
        self.viewport().update()

    def _turn(self, page: int) -> None:
        if page != self.current:
            self.current = page
            self._name()
            self.turned.emit(page)

    def _name(self) -> None:
        self.setAccessibleName(f"Page {self.current + 1} of {len(self._pages.sizes)}")

    def _ask(self) -> None:
        """Want the pictures in sight, then their neighbours; let go of all others."""
        top = self.verticalScrollBar().value()
        first, last = self._page_at(top), self._page_at(top + self.viewport().height())
        near = [*range(first, last + 1), last + 1, first - 1]
        near = [page for page in near if 0 <= page < len(self._rects)]
        self._near = frozenset(near)
        self._held = {page: held for page, held in self._held.items() if page in near}
        self._pictures.want(
            [
                (page, self._scale(page))
                for page in near
                if page not in self._faults and self._held.get(page, (0.0,))[0] != self._scale(page)
            ]
        )

    def _scale(self, page: int) -> float:
        paper = self._pages.sizes[page]
        wanted = _PER_POINT * self._factor * self.devicePixelRatioF()
        return min(wanted, sqrt(_MOST_PIXELS / max(1.0, paper.width * paper.height)))

    def _take(self, page: int, scale: float, picture: QImage) -> None:
        if page in self._near:  # it may have been scrolled past meanwhile
            self._held[page] = (scale, picture)
            self.viewport().update()

    def _note(self, page: int, sentence: str) -> None:
        self._faults[page] = sentence
        self.failed.emit(sentence)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the pages in sight: white as paper is, whatever the theme."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), token("bg"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        top = self.verticalScrollBar().value()
        for page in range(self._page_at(top), self._page_at(top + self.viewport().height()) + 1):
            if page < len(self._rects):
                self._paint_page(painter, page)

    def _paint_page(self, painter: QPainter, page: int) -> None:
        rect = self._rects[page]
        painter.fillRect(rect, Qt.GlobalColor.white)
        held = self._held.get(page)
        if held is not None:
            painter.drawImage(rect, held[1])
        else:
            painter.setFont(font("body"))
            painter.setPen(Qt.GlobalColor.black)
            words = self._faults.get(page, "")
            inner = rect.adjusted(size(24), size(24), -size(24), -size(24))
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), words)
        current = self.hasFocus() and page == self.current
        painter.setPen(QPen(token("focus" if current else "line2"), 2 if current else 1))
        painter.drawRect(QRectF(rect).adjusted(-0.5, -0.5, 0.5, 0.5))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll, or with Ctrl change the size."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif event.angleDelta().y() > 0:
            self.larger()
        else:
            self.smaller()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll by line and screen; Home and End go to the first and the last page."""
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                self.turn_to(0)
            case Qt.Key.Key_End:
                self.turn_to(len(self._rects) - 1)
            case Qt.Key.Key_Space:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                bar.setValue(bar.value() + (-bar.pageStep() if back else bar.pageStep()))
            case _:
                super().keyPressEvent(event)
