"""Many workbooks of one round: XlsxWriter makes a template once, and each agency's rows are put into a copy of it.

What differs between agencies is the rows of five sheets, how far the prepared rows go, and the document's title. The
template holds stand-ins for the last two, numbers and a word that occur nowhere else.
"""

import io
from collections.abc import Iterable
from dataclasses import replace

from ctdesk.returns.workbook import RequestBook
from ctdesk.returns.workbook_checks import Extent
from ctdesk.returns.workbook_data import data_sheets
from ctdesk.returns.workbook_form import data_rows, form_workbook, new_workbook
from ctdesk.returns.workbook_lists import hidden_rows
from ctdesk.returns.workbook_skeleton import Filling, Skeleton, part_of
from ctdesk.returns.workbook_start import Guide
from ctdesk.returns.workbook_xml import escaped

_AGENCY = "@agency@"
_EXTENTS = tuple(Extent(1_036_411 + 20 * at, 1_036_421 + 20 * at) for at in range(4))
_WORKBOOK, _TITLE = "xl/workbook.xml", "docProps/core.xml"


class Template:
    """The workbook of one round without any agency's rows."""

    def __init__(self, book: RequestBook) -> None:
        """Make the template for the round that a book belongs to."""
        self._common = _common(book)
        self._layouts = book.layouts
        target = io.BytesIO()
        nobody = replace(book, agency=_AGENCY, rows={})
        workbook, styles = new_workbook(target, nobody)
        form = form_workbook(workbook, styles, nobody, layouts=self._layouts, extents=_EXTENTS[: len(self._layouts)])
        self._guide, self._hidden = part_of(form.guide), part_of(form.hidden)
        self._data = [part_of(sheet) for sheet in form.data]
        numbers = styles.numbers()
        workbook.close()
        self._skeleton = Skeleton(target, numbers)

    def fits(self, book: RequestBook) -> bool:
        """Whether a book belongs to the same round, lists and names included."""
        return _common(book) == self._common

    def copy_for(self, book: RequestBook) -> bytes:
        """Return one agency's workbook; raises DeskError if a text is too long for a cell."""
        sheets = data_sheets(self._layouts, book)
        extents = [data.extent for data in sheets]
        fillings = {self._guide: Filling(Guide(book, sheets).rows()), self._hidden: Filling(hidden_rows(book))}
        for name, data in zip(self._data, sheets, strict=True):
            fillings[name] = Filling(data_rows(data), data.extent.last)
        alter = dict.fromkeys((_WORKBOOK, *self._data), lambda xml: _extended(xml, extents))
        alter[_TITLE] = lambda xml: xml.replace(_AGENCY, escaped(book.agency))
        return self._skeleton.filled(fillings, alter)


def _common(book: RequestBook) -> tuple[object, ...]:
    """Return all that the workbooks of one round have in common."""
    words = (book.trust, book.round, book.as_at, book.due, book.reply_to, book.team)
    return (*words, book.lists, tuple(book.providers), book.form.version, book.form.kinds, book.period)


def _extended(xml: str, extents: Iterable[Extent]) -> str:
    """Put the true last rows in place of the stand-ins."""
    for stand_in, extent in zip(_EXTENTS, extents, strict=False):  # a form has no more sheets than these
        xml = xml.replace(str(stand_in.last), str(extent.last)).replace(str(stand_in.printed), str(extent.printed))
    return xml
