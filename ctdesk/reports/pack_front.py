"""The first pages of a pack, made by the desk: the cover, what has changed, and the notice of what is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from ctdesk.domain.counting import counted, listed
from ctdesk.domain.pack import Change, Changes, Edition, Meeting, Pack, Placed, exemption
from ctdesk.reports import style
from ctdesk.reports.blocks import Title
from ctdesk.reports.document import Document
from ctdesk.reports.flow import Flow
from ctdesk.reports.fonts import BOLD, REGULAR, SEMIBOLD, wrap
from ctdesk.reports.numbering import Numbering, numbered
from ctdesk.reports.numbers import day, long_day, moment
from ctdesk.reports.pack_contents import add_contents
from ctdesk.reports.pen import Pen
from ctdesk.reports.style import Sheet, Style, mm
from ctdesk.reports.tables import Column, Line, Table
from ctdesk.reports.text import Paragraph

_TRUST = Style(SEMIBOLD, 16, 20, style.ACCENT)
_OVER = Style(REGULAR, 14, 18, style.GREY)
_BOARD = Style(BOLD, 36, 41)
_LABEL = Style(REGULAR, 11.5, 24, style.GREY)
_VALUE = Style(SEMIBOLD, 13, 17)
_EDITION = Style(BOLD, 12, 16)
_BOX = Style(REGULAR, 10, 14)
_FOOT = Style(REGULAR, 9.5, 15, style.GREY)
_LEFT = 28 * mm


def meeting_words(meeting: Meeting) -> str:
    """Return board and date, as they stand in headers."""
    return f"{meeting.board} · {long_day(meeting.held_on)}"


def front(pack: Pack, edition: Edition, placed: Sequence[Placed], pages: str) -> tuple[bytes, int, int]:
    """Return cover, contents and changes, how many pages they have, and on which the changes stand (0: nowhere)."""
    flow = Flow("")
    flow.page.bare = True
    flow.add(_Cover(pack.meeting, edition, placed, pages, flow.page.sheet))
    flow.new_page()
    add_contents(flow, pack, edition, placed)
    changed_on = _add_changes(flow, pack.changes) if pack.changes else 0
    footer = f"{edition.capitalize()} edition · Figures fixed at {moment(pack.meeting.fixed)}"
    return _drawn(flow, pack.meeting, footer), len(flow.pages), changed_on


def notice(meeting: Meeting, edition: Edition, placed: Placed, before: int, range_words: str) -> bytes:
    """Return the page that stands in the public edition, and before the paper in the restricted one."""
    flow = Flow("")
    room, item = flow.page.sheet.measure, placed.item
    flow.add(Title(placed.words, placed.title(edition), room))
    said = "This item is not for publication. It holds exempt information under "
    where = "It is not in this edition." if edition is Edition.PUBLIC else f"In this edition it is on {range_words}."
    text = [(f"{said}{exemption(item.exempt)}. ", style.LEAD_FIRST), (where, style.LEAD)]
    flow.add(Paragraph(text, room), gap=6 * mm)
    return _drawn(flow, meeting, "", before)


def _drawn(flow: Flow, meeting: Meeting, footer: str, before: int = 0) -> bytes:
    with numbered(Numbering(before, "", meeting_words(meeting))):
        return Document("", "", meeting.trust, footer).drawn(flow)


@dataclass(frozen=True, slots=True)
class _Cover:
    """The first page: whose meeting, when and where, which edition, and what is not inside."""

    meeting: Meeting
    edition: Edition
    placed: Sequence[Placed]
    pages: str
    sheet: Sheet

    @property
    def height(self) -> float:
        return self.sheet.top - self.sheet.foot

    def draw(self, pen: Pen, x: float, _: float) -> None:
        high, x = self.sheet.height, _LEFT
        pen.bookmark("cover", "Cover", high)
        pen.box(0, high, 9 * mm, high, style.ACCENT)
        room = self.sheet.width - x - 20 * mm
        after = self._logo(pen, x, high - 26 * mm)
        _lines(pen, (x + after, high - 33 * mm), self.meeting.trust, _TRUST, room - after)
        _lines(pen, (x, high - 88 * mm), "Pack for the meeting of the", _OVER, room)
        y = _lines(pen, (x, high - 104 * mm), self.meeting.board, _BOARD, room, kind="H1")
        pen.rule(x, y + 22, 40 * mm, style.ACCENT, 2.4)
        self._facts(pen, x, y)
        self._box(pen, x, high - 212 * mm, room)
        _lines(pen, (x, 34 * mm), f"{self.pages} · Figures fixed at {moment(self.meeting.fixed)}", _FOOT, room)
        if self.meeting.contact:
            words = f"Large print, other formats or languages: {self.meeting.contact}"
            _lines(pen, (x, 34 * mm - _FOOT.leading), words, _FOOT, room)

    def _logo(self, pen: Pen, x: float, top: float) -> float:
        """Draw the logo, if there is one, and return how far right of it the name stands."""
        if not self.meeting.logo:
            return 0.0
        words = f"Logo of {self.meeting.trust}"
        return pen.picture(self.meeting.logo, x, top, (60 * mm, 18 * mm), words) + 5 * mm

    def _facts(self, pen: Pen, x: float, y: float) -> None:
        facts = [("Date", long_day(self.meeting.held_on, weekday=True)), ("Time", self.meeting.time)]
        for label, value in [*facts, ("Place", self.meeting.venue)]:
            if not value:
                continue
            with pen.element("P"):
                pen.text(x, y, label, _LABEL)
                for line in wrap(value, _VALUE.face, _VALUE.size, 120 * mm):
                    pen.text(x + 24 * mm, y, line, _VALUE)
                    y -= _VALUE.leading
            y -= _LABEL.leading - _VALUE.leading

    def _box(self, pen: Pen, x: float, top: float, room: float) -> None:
        lines = wrap(self._said(), _BOX.face, _BOX.size, room - 10 * mm)
        pen.box(x, top, room, 11 * mm + len(lines) * _BOX.leading, style.WASH)
        _lines(pen, (x + 5 * mm, top - 7 * mm), f"{self.edition.capitalize()} edition", _EDITION, room)
        _lines(pen, (x + 5 * mm, top - 7 * mm - _EDITION.leading), self._said(), _BOX, room - 10 * mm)

    def _said(self) -> str:
        held = [placed for placed in self.placed if placed.item.exempt]
        if not held:
            return "Every item is for publication."
        names = listed([placed.words for placed in held])
        names = names.replace(" Item ", " item ")
        paragraphs = sorted({placed.item.exempt for placed in held})
        what = f"paragraph{'s' if len(paragraphs) > 1 else ''} {listed(paragraphs)}"
        act = "of Part 1 of Schedule 12A to the Local Government Act 1972"
        are = "is" if len(held) == 1 else "are"
        if self.edition is Edition.PUBLIC:
            rest = (
                f"and {are} not in this file. Members have {'it' if are == 'is' else 'them'} in the restricted edition."
            )
        else:
            rest = f"and {are} in this file. Do not copy it or pass it on."
        return f"{names} {are} not for publication ({what} {act}) {rest}"


def _lines(pen: Pen, at: tuple[float, float], text: str, look: Style, room: float, *, kind: str = "P") -> float:
    """Write a text in lines as one element, and return the height for what comes below."""
    x, y = at
    with pen.element(kind):
        for line in wrap(text, look.face, look.size, room):
            pen.text(x, y, line, look)
            y -= look.leading
    return y


def _add_changes(flow: Flow, changes: Changes) -> int:
    """Add what has changed since the last meeting on a page of its own, and return its number in the flow."""
    flow.new_page()
    first, room = len(flow.pages), flow.page.sheet.measure
    flow.add(Title(f"Since {day(changes.since)}", "What has changed since the last meeting", room))
    if not changes.lines:
        words = "None of the figures kept with the last pack has changed."
        flow.add(Paragraph([(words, style.BODY)], room), gap=4 * mm)
        return first
    columns = [
        Column("What", 68 * mm),
        Column("Now", 34 * mm, right=True),
        Column(f"At {day(changes.since)}", 34 * mm, right=True),
        Column("Change", 34 * mm, right=True),
    ]
    flow.add_rows(
        Table(columns, [_change(line) for line in changes.lines], "Changed since the last meeting"), gap=5 * mm
    )
    if changes.left_out:
        services = counted(changes.left_out, "service")
        words = f"In no figure: {services} whose price is not for publication, and exempt values of agreements."
        flow.add(Paragraph([(words, style.NOTE)], room), gap=4 * mm)
    return first


def _change(line: Change) -> Line:
    return Line((line.what, line.now or "–", line.was or "–", line.change or "–"))
