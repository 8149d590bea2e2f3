"""The facets at the left of a list: the values of a few columns with counts, ticked to filter."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ctdesk.domain.definition import Field, Kind, Value
from ctdesk.services.faults import plain
from ctdesk.services.lists import Facet, columns_of
from ctdesk.ui.models.list_state import ListState
from ctdesk.ui.theme import font, icon_pixmap, size, token
from ctdesk.ui.widgets import Link

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FIRST_OPEN, _MOST, _SHOWN = 4, 9, 6
_CHOSEN = {
    "activity": (
        "main_outcome",
        "tier",
        "agreement_type",
        "intention",
        "state",
        "agency",
        "client_groups",
        "funding_source",
        "areas",
        "incomplete",
    ),
    "agreement": ("state", "waits", "type", "tier", "agency", "main_outcome", "plan_at_end", "route", "provider"),
    "organisation": ("sector", "is_agency", "is_provider", "voluntary", "sme"),
}
_FITTING = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.LINK, Kind.YES_NO})


def facets_of(kind: str) -> tuple[Field, ...]:
    """Return the columns of a kind that have facets."""
    columns = {field.name: field for field in columns_of(kind)}
    chosen = [columns[name] for name in _CHOSEN.get(kind, ()) if name in columns]
    return tuple(chosen or [field for field in columns.values() if field.kind in _FITTING][:_MOST])


class FacetsPanel(QScrollArea):
    """Sections of values. Only those that are open are counted; `opened` asks for the counts of one more."""

    opened = Signal()

    def __init__(self, state: ListState) -> None:
        """Make a section a column."""
        super().__init__()
        self.setAccessibleName("Filters by value, with counts")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(size(188))
        body, layout = QWidget(), QVBoxLayout()
        layout.setContentsMargins(size(12), size(8), size(8), size(8))
        layout.setSpacing(0)
        self.sections = {
            field.name: FacetSection(field, state, opened=place < _FIRST_OPEN)
            for place, field in enumerate(facets_of(state.kind))
        }
        for section in self.sections.values():
            section.opened.connect(self.opened)
            layout.addWidget(section)
        layout.addStretch(1)
        body.setLayout(layout)
        self.setWidget(body)
        for ground in (self.viewport(), body):
            ground.setAutoFillBackground(False)

    def wanted(self) -> list[str]:
        """Return the columns whose counts are in sight."""
        return [name for name, section in self.sections.items() if section.is_open]

    def show_facets(self, name: str, facets: Sequence[Facet]) -> None:
        """Show the counts of a column."""
        self.sections[name].show_facets(facets)


class FacetSection(QWidget):
    """One column: its head, which folds, and a row for each value."""

    opened = Signal()

    def __init__(self, field: Field, state: ListState, *, opened: bool) -> None:
        """Make a section."""
        super().__init__()
        self.field, self._state = field, state
        self.is_open = bool(state.kept("facets", {}).get(field.name, opened))
        self.rows: dict[Value, FacetRow] = {}
        self._all: Sequence[Facet] = ()
        self._whole = False
        self.head = _SectionHead(plain(field))
        self.head.clicked.connect(self._fold)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, size(2))
        self._layout.setSpacing(0)
        self._layout.addWidget(self.head)
        self._more = Link("")
        self._more.clicked.connect(self._show_whole)
        self._more.hide()
        self._layout.addWidget(self._more)
        self._tell()

    def _fold(self) -> None:
        self.is_open = not self.is_open
        self._state.keep("facets", {**self._state.kept("facets", {}), self.field.name: self.is_open})
        self._lay_out()
        if self.is_open:
            self.opened.emit()

    def _show_whole(self) -> None:
        self._whole = not self._whole
        self._lay_out()

    def show_facets(self, facets: Sequence[Facet]) -> None:
        """Show these values and counts."""
        self._all = facets
        self._lay_out()

    def _ticked(self) -> tuple[Value, ...]:
        asked = self._state.filter_of(self.field.name)
        return asked.values if asked is not None and asked.how in ("is", "any of") else ()

    def _in_sight(self) -> list[Facet]:
        """Return the values to show: all in their order, or the commonest and those ticked."""
        if not self.is_open:
            return []
        if self._whole or len(self._all) <= _SHOWN + 1:
            return list(self._all)[:200]
        ticked = self._ticked()
        common = {it.value for it in sorted(self._all, key=lambda it: -it.count)[:_SHOWN]}
        return [it for it in self._all if it.value in common or it.value in ticked]

    def _lay_out(self) -> None:
        shown, ticked = self._in_sight(), self._ticked()
        if [it.value for it in shown] != list(self.rows):
            self._make_rows(shown)
        for facet in shown:
            self.rows[facet.value].show_facet(facet, ticked=facet.value in ticked)
        hidden = len(self._all) - _SHOWN
        self._more.setVisible(self.is_open and hidden > 1)
        self._more.setText("Fewer" if self._whole else f"All {len(self._all)}")
        self._more.setAccessibleName(f"{self._more.text()} of {plain(self.field)}")
        self._more.updateGeometry()
        self._tell()

    def _make_rows(self, facets: Sequence[Facet]) -> None:
        had_keys = next((value for value, row in self.rows.items() if row.hasFocus()), None)
        for row in self.rows.values():
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for place, facet in enumerate(facets):
            row = FacetRow(self.field)
            row.clicked.connect(lambda _=False, value=facet.value: self._state.toggle_value(self.field.name, value))
            self._layout.insertWidget(1 + place, row)
            self.rows[facet.value] = row
            if facet.value == had_keys and had_keys is not None:
                row.setFocus()

    def _tell(self) -> None:
        chosen, of = len(self._ticked()), len(self._all)
        words = f"{chosen} of {of}" if chosen and of else str(of) if of and not self.is_open else ""
        self.head.say(words, is_open=self.is_open)


class _SectionHead(QPushButton):
    """The name of a column, with an arrow and how many of its values are ticked."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words, self._open = "", True

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a line with air above it."""
        return QSize(size(120), size(28))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same."""
        return self.sizeHint()

    def say(self, words: str, *, is_open: bool) -> None:
        """Show whether the section is open, and a few words at the right."""
        self._words, self._open = words, is_open
        self.setAccessibleName(f"{self.text()}, {'open' if is_open else 'folded'}. {words}".strip(". "))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint arrow, name and words."""
        painter = QPainter(self)
        side = size(11)
        arrow = icon_pixmap("chevron-down" if self._open else "chevron-right", "text2", side, self.devicePixelRatio())
        painter.drawPixmap(0, (self.height() - side) // 2, arrow)
        right = QFontMetrics(font("help")).horizontalAdvance(self._words) + size(6)
        painter.setFont(font("help"))
        painter.setPen(token("text3"))
        painter.drawText(self.rect().adjusted(0, 0, -size(4), 0), _RIGHT, self._words)
        words = font("group")
        room = QRect(side + size(5), 0, self.width() - side - size(5) - right, self.height())
        painter.setFont(words)
        painter.setPen(token("text2"))
        cut = QFontMetrics(words).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, cut)


class FacetRow(QCheckBox):
    """One value with its count; ticked values are strong."""

    def __init__(self, field: Field) -> None:
        """Make a row of a column."""
        super().__init__()
        self._field = field
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_facet(self, facet: Facet, *, ticked: bool) -> None:
        """Show a value, its count, and whether it is filtered by."""
        self.setText(facet.label)
        self._count = facet.count
        self.setChecked(ticked)
        self.setAccessibleName(f"{plain(self._field)}: {facet.label}, {facet.count:,}")
        self.setToolTip(facet.label)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a narrow row; what does not fit is cut."""
        return QSize(size(120), size(23))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same."""
        return self.sizeHint()

    def hitButton(self, _pos: object) -> bool:  # noqa: N802 - Qt's name
        """Take clicks anywhere in the row."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint tick, value and count."""
        painter = QPainter(self)
        left = paint_tick(painter, 0, self.height(), ticked=self.isChecked()) + size(8)
        words = font("group" if self.isChecked() else "help")
        metrics, count = QFontMetrics(words), f"{self._count:,}"
        wide = metrics.horizontalAdvance(count)
        painter.setFont(words)
        painter.setPen(token("text" if self.isChecked() else "text2"))
        painter.drawText(self.rect().adjusted(0, 0, -size(4), 0), _RIGHT, count)
        painter.setPen(token("text"))
        room = QRect(left, 0, self.width() - left - wide - size(12), self.height())
        cut = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, cut)


def paint_tick(painter: QPainter, left: int, height: int, *, ticked: bool) -> int:
    """Paint a tick box and return its right edge."""
    side = size(14)
    box = QRect(left + 1, (height - side) // 2, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(token("accent" if ticked else "control"))
    painter.setBrush(token("accent" if ticked else "surface"))
    painter.drawRoundedRect(box, size(3), size(3))
    if ticked:
        mark = icon_pixmap("tick", "onaccent", size(11), painter.device().devicePixelRatio())
        painter.drawPixmap(box.left() + (side - size(11)) // 2 + 1, box.top() + (side - size(11)) // 2 + 1, mark)
    return box.right()
