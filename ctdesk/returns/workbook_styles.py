"""Colours and formats of the workbooks, by name. No colour speaks alone: each has its word beside it."""

from typing import Any

from ctdesk.domain.figure_table import LOW

ACCENT, ACCENT_LIGHT = "#12425F", "#35617E"
HEAD, DESK, DESK_LIGHT = "#DCE8F1", "#E9ECEF", "#F2F4F6"
YELLOW, SALMON, ORANGE, BROWN = "#FFF1B8", "#F6C7BF", "#FBD5A6", "#9C4A00"
RULE, QUIET, AMBER_TAB, GREY_TAB = "#B8C0C6", "#5B646B", "#F0B23C", "#8A9299"

MONEY, MONEY_WITH_PENCE, DATE = "£#,##0", "£#,##0.00", "dd/mm/yyyy"

FONT, SIZE = "Calibri", 10.5
_Style = dict[str, Any]

_CELL: _Style = {"border": 1, "border_color": RULE, "valign": "top"}
_INDENTED: _Style = {**_CELL, "align": "left", "indent": 1}
_GUIDE: _Style = {"valign": "vcenter"}
_UNDERLINED: _Style = {"bottom": 1, "bottom_color": RULE, "valign": "vcenter"}
_NEED: _Style = {"font_size": 9, "valign": "vcenter", "indent": 1}
_HEADING: _Style = {
    "bold": True,
    "bg_color": HEAD,
    "text_wrap": True,
    "valign": "vcenter",
    "bottom": 5,
    "bottom_color": ACCENT,
}
_KEY_BOX: _Style = {"border": 1, "border_color": RULE, "align": "center", "valign": "vcenter"}
_BANNER_EDGE: _Style = {"top": 1, "bottom": 1, "top_color": ACCENT, "bottom_color": ACCENT, "bg_color": DESK_LIGHT}

STYLES: dict[str, _Style] = {
    # cells of the data sheets
    "check": {**_CELL, "bg_color": DESK_LIGHT},
    "desk": {**_CELL, "bg_color": DESK_LIGHT, "font_color": QUIET},
    "text": {**_INDENTED, "num_format": "@"},
    "word": _INDENTED,
    "long": {**_INDENTED, "text_wrap": True},
    "money": {**_CELL, "num_format": MONEY},
    "date": {**_CELL, "num_format": DATE, "align": "right"},
    "whole": {**_CELL, "num_format": "0"},
    "decimal": {**_CELL, "num_format": "0.00"},
    "cross": {**_CELL, "align": "center"},
    "moment": {**_CELL, "num_format": "dd/mm/yyyy hh:mm", "align": "right"},
    "time": {**_CELL, "num_format": "hh:mm", "align": "right"},
    # heads of the data sheets
    "title": {"bold": True, "font_size": 16, "font_color": ACCENT, "valign": "vcenter"},
    "instruction": {"font_color": QUIET, "valign": "vcenter"},
    "band 0": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT_LIGHT, "valign": "vcenter"},
    "band 1": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "valign": "vcenter"},
    "need Required": {**_NEED, "bold": True, "bg_color": YELLOW},
    "need If it applies": {**_NEED, "font_color": QUIET},
    "need If you know it": {**_NEED, "italic": True, "font_color": QUIET},
    "need Leave as it is": {**_NEED, "font_color": QUIET, "bg_color": DESK},
    "heading": {**_HEADING, "indent": 1},
    "heading right": {**_HEADING, "align": "right"},
    "heading desk": {**_HEADING, "bg_color": DESK, "indent": 1},
    # the guide
    "guide title": {"bold": True, "font_size": 20, "font_color": ACCENT, "valign": "vcenter"},
    "guide line": {"bold": True, "font_size": 12, "valign": "vcenter"},
    "banner": {**_BANNER_EDGE, "bold": True, "font_size": 13, "valign": "vcenter", "indent": 1},
    "section": {"bold": True, "font_size": 12, "font_color": ACCENT, "bottom": 1, "bottom_color": ACCENT},
    "table head": {"bold": True, "font_size": 9.5, "font_color": QUIET, "valign": "vcenter"},
    "table head most": {"bold": True, "font_size": 9.5, "font_color": QUIET, "valign": "vcenter", "indent": 1},
    "table head right": {"bold": True, "font_size": 9.5, "font_color": QUIET, "align": "right", "valign": "vcenter"},
    "link": {**_UNDERLINED, "font_color": "#0B3FA8", "underline": 1},
    "count": {**_UNDERLINED, "num_format": "#,##0"},
    "count bold": {**_UNDERLINED, "num_format": "#,##0", "bold": True},
    "most": {**_UNDERLINED, "indent": 1},
    "sum label": {**_GUIDE, "bold": True},
    "sum": {**_GUIDE, "bold": True, "num_format": MONEY_WITH_PENCE, "align": "right"},
    "sum sent": {**_GUIDE, "num_format": MONEY_WITH_PENCE, "align": "right"},
    "quiet": {**_GUIDE, "font_color": QUIET, "indent": 1},
    "quiet right": {**_GUIDE, "font_color": QUIET, "align": "right"},
    "step": _GUIDE,
    "box yours": _KEY_BOX,
    "box yellow": {**_KEY_BOX, "bg_color": YELLOW},
    "box salmon": {**_KEY_BOX, "bg_color": SALMON},
    "box desk": {**_KEY_BOX, "bg_color": DESK},
    "label": {**_GUIDE, "bold": True},
    "answer": {"border": 1, "border_color": "#5B7A8C", "locked": False, "valign": "vcenter", "text_wrap": True},
    "answer date": {"border": 1, "border_color": "#5B7A8C", "locked": False, "num_format": DATE, "align": "left"},
    # columns explained and lists
    "list head": {**_HEADING, "bottom": 1},
    "explained": {**_CELL, "text_wrap": True},
    "list entry": {"valign": "top"},
    # the list of what to fix
    "fix head": _HEADING,
    "fix number": {**_UNDERLINED, "bold": True, "font_size": 13, "align": "center", "valign": "top"},
    "fix must": {**_UNDERLINED, "bold": True, "bg_color": ORANGE, "valign": "top"},
    "fix text": {**_UNDERLINED, "text_wrap": True, "valign": "top"},
    "fix link": {**_UNDERLINED, "font_color": "#0B3FA8", "underline": 1, "text_wrap": True, "valign": "top"},
    "fix note": {"text_wrap": True, "valign": "top", "font_color": QUIET},
    "fix answer": {"border": 1, "border_color": "#5B7A8C", "locked": False, "text_wrap": True, "valign": "top"},
    # an agency's own sheets
    "own": {"valign": "top"},
    "own date": {"num_format": DATE, "valign": "top"},
    "own moment": {"num_format": "dd/mm/yyyy hh:mm", "valign": "top"},
    "own time": {"num_format": "hh:mm", "valign": "top"},
    "own money": {"num_format": MONEY_WITH_PENCE, "valign": "top"},
}

_FIGURES = ("explained", "money", "money with pence", "thousands", "whole", "decimal", "date")
_TOTAL: _Style = {"bold": True, "bg_color": DESK_LIGHT, "top": 2, "top_color": ACCENT}

STYLES |= {
    "money with pence": {**_CELL, "num_format": MONEY_WITH_PENCE},
    "thousands": {**_CELL, "num_format": "#,##0"},
    "money low": {**_CELL, "num_format": f'"{LOW} "{MONEY}'},
    "money with pence low": {**_CELL, "num_format": f'"{LOW} "{MONEY_WITH_PENCE}'},
}
STYLES |= {f"total {name}": {**STYLES[name], **_TOTAL} for name in _FIGURES}

_MARKED: _Style = {"border": 2, "border_color": BROWN, "bg_color": ORANGE}

CONDITIONAL: dict[str, _Style] = {
    "yellow": {"bg_color": YELLOW},
    "yellow bold": {"bg_color": YELLOW, "bold": True},
    "salmon": {"bg_color": SALMON},
    "salmon bold": {"bg_color": SALMON, "bold": True},
    "orange": {"bg_color": ORANGE},
    "pence": {"num_format": MONEY_WITH_PENCE},
}
"""Formats that conditions give to cells."""


class Styles:
    """The formats of one workbook, each made once; the library gives each its number when the file is written."""

    def __init__(self, workbook: Any) -> None:
        """Take the workbook they belong to."""
        self._workbook = workbook
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return the format of a name; the empty name is no format. `marked date` is `date` marked."""
        if not name:
            return None
        if name not in self._made:
            plain = name.removeprefix("marked ")
            wanted = {**(CONDITIONAL.get(plain) or STYLES[plain]), **(_MARKED if plain != name else {})}
            self._made[name] = self._workbook.add_format(wanted)
        return self._made[name]

    def numbers(self, *, marked: bool = False) -> dict[str, int]:
        """Number every format for cells, and return the numbers; to be called before the workbook is written."""
        names = [*STYLES, *(f"marked {name}" for name in STYLES if marked)]
        return {"": 0} | {name: self[name]._get_xf_index() for name in names}  # noqa: SLF001 - no public call gives it
