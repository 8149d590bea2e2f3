"""Many workbooks of one round: XlsxWriter makes a template once, and each agency's rows are put into a copy of it.

What differs between agencies is the rows of five sheets, how far the prepared rows go, and the document's title. The
template holds stand-ins for the last two, numbers and a word that occur nowhere else.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ctdesk.returns.layout import baseline_layout
from ctdesk.returns.workbook import RequestBook
from ctdesk.returns.workbook_cells import Row
from ctdesk.returns.workbook_checks import Extent
from ctdesk.returns.workbook_data import data_sheets
from ctdesk.returns.workbook_form import data_rows, form_workbook, new_workbook
from ctdesk.returns.workbook_lists import hidden_rows
from ctdesk.returns.workbook_start import Guide
from ctdesk.returns.workbook_xml import SharedStrings, SheetData, escaped

_AGENCY = "@agency@"
_EXTENTS = tuple(Extent(1_036_411 + 20 * at, 1_036_421 + 20 * at) for at in range(3))
_ITEM = re.compile(r"<si>.*?</si>", re.DOTALL)
_ROWS = re.compile(r"<sheetData>.*</sheetData>|<sheetData/>", re.DOTALL)
_DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_STRINGS, _WORKBOOK, _TITLE = "xl/sharedStrings.xml", "xl/workbook.xml", "docProps/core.xml"
_GUIDE, _DATA, _HIDDEN = "xl/worksheets/sheet1.xml", 2, "xl/worksheets/sheet7.xml"


class Template:
    """The workbook of one round without any agency's rows."""

    def __init__(self, book: RequestBook) -> None:
        """Make the template for the round that a book belongs to."""
        self._common = _common(book)
        self._layouts = baseline_layout(book.lists)
        target = io.BytesIO()
        nobody = replace(book, agency=_AGENCY, rows={})
        workbook, styles = new_workbook(target, nobody)
        form_workbook(workbook, styles, nobody, layouts=self._layouts, extents=_EXTENTS)
        self._styles = styles.numbers()
        workbook.close()
        with zipfile.ZipFile(target) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        self._items = _ITEM.findall(self._parts[_STRINGS].decode())

    def fits(self, book: RequestBook) -> bool:
        """Whether a book belongs to the same round, lists and names included."""
        return _common(book) == self._common

    def copy_for(self, book: RequestBook) -> bytes:
        """Return one agency's workbook; raises DeskError if a text is too long for a cell."""
        sheets = data_sheets(self._layouts, book)
        strings = SharedStrings(self._items)
        extents = [data.extent for data in sheets]
        changed = {
            _GUIDE: self._sheet(_GUIDE, Guide(book, sheets).rows(), strings, extents),
            _HIDDEN: self._sheet(_HIDDEN, hidden_rows(book), strings, extents),
            _WORKBOOK: _extended(self._parts[_WORKBOOK].decode(), extents),
            _TITLE: self._parts[_TITLE].decode().replace(_AGENCY, escaped(book.agency)),
        }
        for at, data in enumerate(sheets):
            name = f"xl/worksheets/sheet{_DATA + at}.xml"
            changed[name] = self._sheet(name, data_rows(data), strings, extents, data.extent.last)
        return self._packed(changed | {_STRINGS: strings.xml()})

    def _sheet(
        self, name: str, rows: Iterable[Row], strings: SharedStrings, extents: Iterable[Extent], last: int = 0
    ) -> str:
        before, after = _around_rows(self._parts[name].decode())
        made = SheetData(self._styles, strings, last).xml(rows)
        return _extended(before, extents) + made + _extended(after, extents)

    def _packed(self, changed: Mapping[str, str]) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self._parts.items():
                package.writestr(zipfile.ZipInfo(name, _LONG_AGO), changed.get(name, content), zipfile.ZIP_DEFLATED)
        return target.getvalue()


def _common(book: RequestBook) -> tuple[object, ...]:
    """Return all that the workbooks of one round have in common."""
    words = (book.trust, book.round, book.as_at, book.due, book.reply_to, book.team)
    return (*words, book.lists, tuple(book.providers))


def _around_rows(xml: str) -> tuple[str, str]:
    """Return what stands before and after a sheet's rows; the remark on its size is left out, it need not be given."""
    found = _ROWS.search(xml)
    assert found is not None  # noqa: S101 - XlsxWriter writes the element into every sheet
    return _DIMENSION.sub("", xml[: found.start()]), xml[found.end() :]


def _extended(xml: str, extents: Iterable[Extent]) -> str:
    """Put the true last rows in place of the stand-ins."""
    for stand_in, extent in zip(_EXTENTS, extents, strict=True):
        xml = xml.replace(str(stand_in.last), str(extent.last)).replace(str(stand_in.printed), str(extent.printed))
    return xml
