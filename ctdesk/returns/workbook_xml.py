"""Rows written straight as the XML of a worksheet (ECMA-376, part 1, 18.3), for the many copies of one template."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta

from ctdesk.returns.sheets import column_letters
from ctdesk.returns.workbook_cells import Computed, Content, Row
from ctdesk.returns.workbook_conditions import ROW, day_count

_ESCAPE_LIKE = re.compile(r"(?=_x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LETTERS = [column_letters(at) for at in range(200)]


class SharedStrings:
    """The table of texts of one workbook: each text stands in it once, cells refer to its number."""

    def __init__(self, items: Sequence[str]) -> None:
        """Begin with the items, as XML, that a template already has."""
        self._items = {item: at for at, item in enumerate(items)}
        self._known: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of a text."""
        found = self._known.get(text)
        if found is None:
            item = f"<si><t{_space(text)}>{escaped(text)}</t></si>"
            found = self._known[text] = self._items.setdefault(item, len(self._items))
        return found

    def xml(self) -> str:
        """Return the whole part."""
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns='
        space = '"http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        return f'{head}{space} uniqueCount="{len(self._items)}">{"".join(self._items)}</sst>'


def escaped(text: str) -> str:
    """Return a text as XML holds it; control characters as spreadsheets write them, `_x000B_`."""
    if not text.isprintable():
        text = _UNFIT.sub("\ufffd", text)
        text = _CONTROL.sub(lambda found: f"\0{ord(found[0]):04X}", text) if _CONTROL.search(text) else text
    if "_x" in text:
        text = _ESCAPE_LIKE.sub("_x005F", text)
    text = re.sub("\0([0-9A-F]{4})", r"_x\1_", text) if "\0" in text else text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _space(text: str) -> str:
    return ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""


class SheetData:
    """The rows of one sheet as XML. A formula that goes down a whole column is written once and shared."""

    def __init__(self, styles: Mapping[str, int], strings: SharedStrings, last: int) -> None:
        """Take the numbers of the styles, the workbook's texts, and the last row of shared formulas."""
        self._styles = styles
        self._strings = strings
        self._last = last
        self._shared: dict[int, int] = {}

    def xml(self, rows: Iterable[Row]) -> str:
        """Return the element sheetData."""
        parts: list[str] = []
        before: Sequence[Content] = ()
        pattern: str | None = None
        for row in rows:
            if row.contents is not before:
                parts.append(self._row(row, str(row.number)))
                before, pattern = row.contents, None
                continue
            if pattern is None:
                pattern = self._row(row, ROW)
            parts.append(pattern.replace(ROW, str(row.number)))
        return f"<sheetData>{''.join(parts)}</sheetData>"

    def _row(self, row: Row, number: str) -> str:
        height = "" if row.height is None else f' ht="{row.height:g}" customHeight="1"'
        styles = self._styles
        cells = [
            self._cell(at, number, content, styles[style])
            for at, (content, style) in enumerate(zip(row.contents, row.styles, strict=True))
            if content is not None or style
        ]
        return f'<row r="{number}"{height}>{"".join(cells)}</row>'

    def _cell(self, at: int, number: str, content: Content, style: int) -> str:
        start = f'<c r="{_LETTERS[at]}{number}" s="{style}"' if style else f'<c r="{_LETTERS[at]}{number}"'
        match content:
            case None:
                return f"{start}/>"
            case str():
                return f'{start} t="s"><v>{self._strings.number(content)}</v></c>'
            case bool():
                return f'{start} t="b"><v>{content:d}</v></c>'
            case int():
                return f"{start}><v>{content}</v></c>"
            case float():
                return f"{start}><v>{content:.16G}</v></c>"
            case Computed():
                return self._formula(start, at, number, content)
            case date() | time() | timedelta():
                return f"{start}><v>{day_count(content):.16G}</v></c>"

    def _formula(self, start: str, at: int, number: str, content: Computed) -> str:
        formula = self._formula_element(at, number, content)
        if isinstance(content.result, str):
            return f'{start} t="str">{formula}<v>{escaped(content.result)}</v></c>'
        return f"{start}>{formula}<v>{content.result:.16G}</v></c>"

    def _formula_element(self, at: int, number: str, content: Computed) -> str:
        if content.down and at in self._shared:
            return f'<f t="shared" si="{self._shared[at]}"/>'
        text = escaped(content.pattern.replace(ROW, number))
        if not content.down or number == str(self._last):
            return f"<f>{text}</f>"
        shared = self._shared[at] = len(self._shared)
        return f'<f t="shared" ref="{_LETTERS[at]}{number}:{_LETTERS[at]}{self._last}" si="{shared}">{text}</f>'
