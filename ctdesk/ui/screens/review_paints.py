"""How the lines of a review are painted: records as heads, fields with old beside new, the ticks at the right."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ctdesk.services.review_sheet import ReviewField, ReviewRecord, UnchangedField
from ctdesk.ui.models.review import BADGES, ReviewLine, ReviewModel, decided_words, heading, note, rest_words
from ctdesk.ui.theme import font, icon_pixmap, size, token
from ctdesk.ui.widgets.badge import paint_ground, paint_state
from ctdesk.ui.widgets.state_delegate import paint_cell_focus
from ctdesk.ui.widgets.states import state_of

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CUT = Qt.TextElideMode.ElideRight
_On = tuple[QPainter, QRect]
_TONES = {"same": "good", "differs": "warn", "not given": "text3"}


class Columns(NamedTuple):
    """Where the four columns begin, in pixels from the left."""

    field: int
    old: int
    new: int
    decision: int


def columns(width: int) -> Columns:
    """Return the columns of a list of a width."""
    left, decision = size(38), width - size(114)
    room = max(decision - left, 1)
    return Columns(left, left + room * 24 // 100, left + room * 62 // 100, decision)


def is_narrow(width: int) -> bool:
    """Whether the values of a conflict stand two by two."""
    return width < size(620)


class ReviewPaint(QStyledItemDelegate):
    """Paints the lines of a review."""

    def __init__(self, view: QListView, model: ReviewModel, parent: QObject) -> None:
        """Paint for a list and its model."""
        super().__init__(parent)
        self._view, self._model = view, model

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a line; a conflict has room for its values."""
        conflict = 142 if is_narrow(self._view.viewport().width()) else 78
        line = self._model.line(index.row())
        heights = {"record": 31, "conflict": conflict}
        below = 29 if self._is_double(line) else 0
        return QSize(size(100), size(heights.get(line.sort, 27) + below))

    def _is_double(self, line: ReviewLine) -> bool:
        """Whether a suggested match needs a second line for its buttons."""
        narrow = is_narrow(self._view.viewport().width())
        return narrow and line.sort == "record" and line.record.match is not None

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Give what a person chooses with the whole line."""
        editor.setGeometry(option.rect)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        line = self._model.line(index.row())
        rect: QRect = option.rect
        current = index.row() == self._view.currentIndex().row()
        painter.save()
        ground = "bg" if line.sort == "record" else "surface"
        painter.fillRect(rect, token("sel" if current and line.sort != "conflict" else ground))
        if line.sort == "record":
            below = size(29) if self._is_double(line) else 0
            self._paint_record(painter, rect.adjusted(0, 0, 0, -below), line)
        elif line.evidence is not None:
            self._paint_evidence(painter, rect, line)
        elif line.sort == "field" and line.field is not None:
            self._paint_field(painter, rect, line.field)
        elif line.sort == "rest":
            self._paint_rest(painter, rect, line.record)
        elif line.same is not None:
            self._paint_same(painter, rect, line.same)
        painter.setPen(token("line2" if line.sort == "record" else "line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if current and self._view.hasFocus():
            paint_cell_focus(painter, rect)
        painter.restore()

    def _paint_record(self, painter: QPainter, rect: QRect, line: ReviewLine) -> None:
        record = line.record
        arrow = "chevron-right" if self._model.is_folded(record) else "chevron-down"
        if record.fields or record.unchanged or record.match is not None:
            _picture((painter, rect), rect.left() + size(10), arrow, "text2", 13)
        left = _badge(painter, rect, rect.left() + size(31), record)
        end = rect.left() + columns(rect.width()).decision - size(8)
        if record.match is not None:
            end = rect.right() - size(8 if self._is_double(line) else 290)
        elif line.at in self._model.matched:
            end -= size(110)
        left = _words((painter, rect), (left, end), record.reference if not record.match else "", "body", "text2")
        left = _words((painter, rect), (left, end), heading(record), "strong", "text")
        _words((painter, rect), (left, end), note(record), "help", "text3")
        if record.match is None:
            _decision_of_record(painter, rect, record)

    def _paint_field(self, painter: QPainter, rect: QRect, item: ReviewField) -> None:
        at = columns(rect.width())
        gap, left = size(10), rect.left()
        accepted = item.state == "accepted"
        _words((painter, rect), (left + at.field, left + at.old - gap), item.label, "body", "text2")
        _words((painter, rect), (left + at.old, left + at.new - gap), item.old or "–", "body", "text2")
        end = left + at.decision - gap
        role, tone = ("strong", "text") if accepted else ("body", "text3")
        after = _words((painter, rect), (left + at.new, end), item.new or "–", role, tone) - size(3)
        _words((painter, rect), (after, end), item.moved, "help", "text3")
        _tick(painter, rect, "box-on" if accepted else "box", "Accept" if accepted else "Declined")

    def _paint_rest(self, painter: QPainter, rect: QRect, record: ReviewRecord) -> None:
        left = rect.left() + columns(rect.width()).field
        arrow = "chevron-right" if self._model.is_rest_folded(record) else "chevron-down"
        _picture((painter, rect), left, arrow, "text3", 13)
        _words((painter, rect), (left + size(18), rect.right()), rest_words(record), "help", "text3")

    def _paint_same(self, painter: QPainter, rect: QRect, item: UnchangedField) -> None:
        at, gap, left = columns(rect.width()), size(10), rect.left()
        _words((painter, rect), (left + at.field, left + at.old - gap), item.label, "body", "text3")
        _words((painter, rect), (left + at.old, left + at.new - gap), item.value, "body", "text2")
        said = item.note or "unchanged"
        _words((painter, rect), (left + at.new, rect.right()), said, "help", "warn" if item.note else "text3")

    def _paint_evidence(self, painter: QPainter, rect: QRect, line: ReviewLine) -> None:
        evidence = line.evidence
        assert evidence is not None  # noqa: S101 - the line is one of evidence
        at, gap, left = columns(rect.width()), size(10), rect.left()
        _words((painter, rect), (left + at.field, left + at.old - gap), evidence.label, "body", "text2")
        _words((painter, rect), (left + at.old, left + at.new - gap), evidence.old or "–", "body", "text2")
        _words((painter, rect), (left + at.new, left + at.decision - gap), evidence.new or "–", "body", "text")
        tone = _TONES.get(evidence.word, "warn")
        _words((painter, rect), (left + at.decision, rect.right()), evidence.word, "help", tone)


def _badge(painter: QPainter, rect: QRect, left: int, record: ReviewRecord) -> int:
    """Paint the state of a record and return where what follows begins."""
    state = state_of("row", BADGES.get(record.state, record.state))
    wide = QFontMetrics(font("badge")).horizontalAdvance(state.word) + size(13) + size(5) + size(13)
    high = size(20)
    box = QRect(left, rect.top() + (rect.height() - high) // 2, wide, high)
    paint_ground(painter, box, state.tone)
    paint_state(painter, box.adjusted(size(5), 0, 0, 0), state, state.word)
    return left + wide + size(8)


def _decision_of_record(painter: QPainter, rect: QRect, record: ReviewRecord) -> None:
    """Paint the tick of a whole record; where a person has still to choose, that."""
    if record.count("to decide"):
        state = state_of("decision", "to decide")
        place = rect.adjusted(columns(rect.width()).decision, 0, -size(4), 0)
        paint_state(painter, place, state, state.word)
    elif record.fields:
        accepted, every = record.count("accepted"), len(record.fields)
        box = "box" if not accepted else "box-on" if accepted == every else "box-part"
        _tick(painter, rect, box, decided_words(record))


def _tick(painter: QPainter, rect: QRect, box: str, words: str) -> None:
    left = rect.left() + columns(rect.width()).decision
    _picture((painter, rect), left, f"controls/{box}", "control" if box == "box" else "accent", 14)
    tone = "text" if words.startswith("Accept") else "text3"
    _words((painter, rect), (left + size(20), rect.right()), words, "body", tone)


def _picture(on: _On, left: int, name: str, tone: str, side_at_13: int) -> None:
    painter, rect = on
    side = size(side_at_13)
    drawn = icon_pixmap(name, tone, side, painter.device().devicePixelRatio())
    painter.drawPixmap(left, rect.top() + (rect.height() - side) // 2, drawn)


def _words(on: _On, span: tuple[int, int], text: str, role: str, tone: str) -> int:
    """Paint words in a role and tone between two edges, cut to them; return where the next words begin."""
    (painter, rect), (left, end) = on, span
    if not text or end <= left:
        return left
    words = font(role)
    metrics = QFontMetrics(words)
    cut = metrics.elidedText(text.replace("\n", " "), _CUT, end - left)
    painter.setFont(words)
    painter.setPen(token(tone))
    painter.drawText(QRect(left, rect.top(), end - left, rect.height() - 1), _LEFT, cut)
    return left + metrics.horizontalAdvance(cut) + size(9)
