"""A workbook that XlsxWriter made without the rows of its large sheets, and the filling in of these as plain XML.

The library searches every formula for some hundred names, which for the long one of Check costs more than all else.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ctdesk.returns.workbook_cells import Row
from ctdesk.returns.workbook_xml import SharedStrings, SheetData

_ITEM = re.compile(r"<si>.*?</si>", re.DOTALL)
_ROWS = re.compile(r"<sheetData>.*</sheetData>|<sheetData/>", re.DOTALL)
_DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_STRINGS = "xl/sharedStrings.xml"


@dataclass(frozen=True, slots=True)
class Filling:
    """The rows of one sheet, and the last row down to which its columns share a formula."""

    rows: Iterable[Row]
    last: int = 0


class Skeleton:
    """The parts of a workbook that XlsxWriter has closed."""

    def __init__(self, target: io.BytesIO, styles: Mapping[str, int]) -> None:
        """Take the closed workbook and the numbers of its styles."""
        with zipfile.ZipFile(target) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        self._styles = styles
        self._items = _ITEM.findall(self._parts[_STRINGS].decode())

    def filled(self, fillings: Mapping[str, Filling], alter: Mapping[str, Callable[[str], str]] | None = None) -> bytes:
        """Return the workbook with rows put into its sheets, by the names of their parts.

        What else a part says may be altered, by the name of the part, before the rows are put in.
        """
        strings = SharedStrings(self._items)
        changed = {name: change(self._parts[name].decode()) for name, change in (alter or {}).items()}
        for name, filling in fillings.items():
            before, after = _around_rows(changed.get(name) or self._parts[name].decode())
            changed[name] = before + SheetData(self._styles, strings, filling.last).xml(filling.rows) + after
        changed[_STRINGS] = strings.xml()
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self._parts.items():
                package.writestr(zipfile.ZipInfo(name, _LONG_AGO), changed.get(name, content), zipfile.ZIP_DEFLATED)
        return target.getvalue()


def part_of(sheet: Any) -> str:
    """Return the name of the part in which XlsxWriter keeps a sheet."""
    return f"xl/worksheets/sheet{sheet.index + 1}.xml"


def _around_rows(xml: str) -> tuple[str, str]:
    """Return what stands before and after a sheet's rows; the remark on its size is left out, it need not be given."""
    found = _ROWS.search(xml)
    assert found is not None  # noqa: S101 - XlsxWriter writes the element into every sheet
    return _DIMENSION.sub("", xml[: found.start()]), xml[found.end() :]
