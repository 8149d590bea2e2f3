"""The head and the foot of a page."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ctdesk.ui.theme import size
from ctdesk.ui.widgets.fitting import fit_buttons
from ctdesk.ui.widgets.labels import ElidedLabel


class PageHead(QWidget):
    """Title, a hint beside it, a link before it, buttons at the right (the main one last), a line below if wanted."""

    def __init__(
        self,
        title: str,
        hint: str = "",
        *,
        back: QWidget | None = None,
        beside: Sequence[QWidget] = (),
        buttons: Sequence[QWidget] = (),
    ) -> None:
        """Make the head; `back` is a link to where the page belongs, `beside` stands after the title (badges, tabs)."""
        super().__init__()
        self.title, self.hint = ElidedLabel(title, "screen title"), ElidedLabel(hint, tone="2")
        self._before = [widget for widget in (back, *beside) if widget is not None]
        self.line = ElidedLabel("", tone="2")
        self.line.hide()
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(size(8))
        for each in buttons:
            self.buttons.addWidget(each)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(self._first_line(back, beside))
        left.addWidget(self.line)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(size(16), size(11), size(16), size(9))
        whole.setSpacing(size(10))
        whole.addLayout(left, 1)
        whole.addLayout(self.buttons)
        self.setAccessibleName(title)

    def _first_line(self, back: QWidget | None, beside: Sequence[QWidget]) -> QHBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(size(10))
        if back is not None:
            first.addWidget(back)
        first.addWidget(self.title)
        first.addWidget(self.hint)
        for each in beside:
            first.addWidget(each)
        first.addStretch(1)
        return first

    def event(self, event: QEvent) -> bool:
        """Fit the buttons into the width whenever it, or what stands in it, changes."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Shorten the buttons first, then the hint, and the title only where nothing else gives way."""
        margins, gap = self.contentsMargins(), size(10)
        room = self.width() - 2 * size(16) - margins.left() - margins.right()
        beside = sum(widget.sizeHint().width() + gap for widget in self._before if not widget.isHidden())
        title = self.title.sizeHint().width()
        row = [item.widget() for at in range(self.buttons.count()) if (item := self.buttons.itemAt(at)) is not None]
        buttons = [widget for widget in row if widget is not None]
        taken = fit_buttons(buttons, room - beside - title - gap, size(8)) if buttons else 0
        left = room - beside - (taken + gap if taken else 0)
        self.title.setMinimumWidth(max(size(40), min(title, left)))
        for widget in self._before:
            widget.setMinimumWidth(widget.sizeHint().width() if left > title else 0)

    def say(self, title: str, hint: str = "", line: str = "") -> None:
        """Show another title, hint and line below."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.line.setText(line)
        self.line.setVisible(bool(line))
        self.setAccessibleName(title)


class FootBar(QFrame):
    """What has happened on the left, what to do about it on the right; stays while the page scrolls."""

    def __init__(self, left: Sequence[QWidget] = (), right: Sequence[QWidget] = ()) -> None:
        """Make the bar; the main button comes last."""
        super().__init__()
        self.setProperty("part", "foot")
        self.setFixedHeight(size(46))
        self._left, self._right = left, right
        row = QHBoxLayout(self)
        row.setContentsMargins(size(16), 0, size(16), 0)
        row.setSpacing(size(10))
        for each in left:
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        for each in right:
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)

    def event(self, event: QEvent) -> bool:
        """Fit the buttons into the width whenever it, or what stands in it, changes."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            gap = size(10)
            said = sum(each.minimumSizeHint().width() + gap for each in self._left if not each.isHidden())
            fit_buttons(self._right, self.width() - 2 * size(16) - said, gap)
        return super().event(event)
