"""Writing a report to its file: metadata, furniture of every page, and a file that is whole or not there."""

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from ctdesk.domain.errors import DeskError
from ctdesk.domain.outgoing import places_in, refuse
from ctdesk.reports import style
from ctdesk.reports.flow import Flow, Page
from ctdesk.reports.fonts import REGULAR, register, width, wrap
from ctdesk.reports.numbering import numbering
from ctdesk.reports.pen import Pen
from ctdesk.reports.style import Sheet, Style, mm
from ctdesk.reports.tagged_file import with_structure

_FOOT_LINES = 3
_HEAD_LINES = 3


@dataclass(frozen=True, slots=True)
class Document:
    """What a report says of itself: in its properties, and at the head and foot of every page."""

    title: str
    subject: str
    author: str
    footer: str
    closed: bool = False
    """Whether it says on every page that it is not for publication; in a pack the pack says so."""

    def write(self, flow: Flow, path: Path) -> None:
        """Draw the pages into `path`, replacing what is there only when all is written.

        Two writings of the same report are the same bytes. Raises DeskError if the file cannot be written.
        """
        said = (places_in("its properties", text) for text in (self.title, self.subject, self.author))
        refuse(path, (remark for remarks in said for remark in remarks))
        content = self.drawn(flow)
        try:
            with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=".part", delete=False) as file:
                part = Path(file.name)
        except OSError as error:
            raise _cannot_write(path, error) from error
        try:
            with part.open("wb") as writing:
                writing.write(content)
                writing.flush()
                os.fsync(writing.fileno())
            part.chmod(0o644)
            part.replace(path)
        except OSError as error:
            raise _cannot_write(path, error) from error
        finally:
            part.unlink(missing_ok=True)

    def drawn(self, flow: Flow) -> bytes:
        """Return the report as the bytes of a tagged PDF; the same report gives the same bytes."""
        register()
        rl_config.useA85 = 0  # text around compressed pages makes files a fifth larger, and slower to write
        drawn = BytesIO()
        canvas = Canvas(drawn, invariant=1, pageCompression=1, initialFontName=REGULAR, lang="en-GB")
        canvas.setTitle(self.title)
        canvas.setSubject(self.subject)
        canvas.setAuthor(self.author)
        canvas.setCreator("ctdesk")
        canvas.showOutline()
        pen = Pen(canvas, len(flow.pages), flow.places())
        flow.draw(pen, self._furniture)
        canvas.save()
        return with_structure(drawn.getvalue(), pen.tags, self.title)

    def _furniture(self, pen: Pen, page: Page) -> None:
        if page.bare:
            return
        if not page.headless:
            self._head(pen, page)
        self._foot(pen, page.sheet)

    def _head(self, pen: Pen, page: Page) -> None:
        sheet, first = page.sheet, pen.page == 1
        right = sheet.width - sheet.side
        closed = self.closed and numbering().alone
        share = 0.48 if numbering().alone and not closed else 0.38  # something may be printed in the middle
        for y, line in _upwards(self.author, style.FURNITURE_TRUST, sheet, share):
            pen.text(sheet.side, y, line, style.FURNITURE_TRUST)
        name = " · ".join(part for part in (page.name, numbering().meeting) if part)
        for y, line in _upwards(name, style.FURNITURE, sheet, share):
            pen.right(right, y, line, style.FURNITURE)
        colour, weight = (style.ACCENT, 1.4) if first else (style.RULE, 0.6)
        pen.rule(sheet.side, sheet.height - 15 * mm, sheet.measure, colour, weight)
        if closed:
            _close(pen, sheet)

    def _foot(self, pen: Pen, sheet: Sheet) -> None:
        pen.rule(sheet.side, 14 * mm, sheet.measure, style.RULE, 0.6)
        y = 14 * mm - 11
        for line in self._footer(sheet.measure):
            pen.text(sheet.side, y, line, style.FURNITURE)
            y -= style.FURNITURE.leading
        if numbering().alone:
            pen.right(sheet.width - sheet.side, 14 * mm - 11, f"Page {pen.page} of {pen.pages}", style.FURNITURE_PAGE)

    def _footer(self, measure: float) -> list[str]:
        """Return the foot line, on as many lines as there is room for; the first page has the filter whole."""
        lines = list(wrap(self.footer, style.FURNITURE.face, style.FURNITURE.size, measure - 30 * mm))
        return (
            lines
            if len(lines) <= _FOOT_LINES
            else [*lines[: _FOOT_LINES - 1], f"(in full on page {numbering().name(1)})"]
        )


def _close(pen: Pen, sheet: Sheet) -> None:
    """Say in the middle of the header that the page is not for publication."""
    wide, y = width(style.CLOSED_WORDS, style.CLOSED.face, style.CLOSED.size), sheet.height - 12.8 * mm
    pen.box((sheet.width - wide) / 2 - 7, y + 16, wide + 14, 16, style.INK)
    pen.text((sheet.width - wide) / 2, y + 5, style.CLOSED_WORDS, style.CLOSED)


def _upwards(text: str, look: Style, sheet: Sheet, share: float) -> list[tuple[float, str]]:
    """Return the lines of one half of the header with their heights, the last 12.5 mm from the top of the paper."""
    lines = wrap(text, look.face, look.size, sheet.measure * share)[:_HEAD_LINES]
    foot = sheet.height - 12.5 * mm
    return [(foot + (len(lines) - 1 - place) * look.leading, line) for place, line in enumerate(lines)]


def _cannot_write(path: Path, error: OSError) -> DeskError:
    why = error.strerror or str(error)
    return DeskError(
        f"The report could not be written to {path} ({why}); choose another folder or close the file there."
    )
