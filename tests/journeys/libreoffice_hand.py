"""What a person does in LibreOffice, done over its Python bridge: opens a file, types, inserts, sorts, saves.

This is run as a script by a Python that has `uno`; jobs come as JSON on standard input, answers go as JSON to
standard output. Rows are found by a reference or title, columns by their heading.
"""

import json
import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97"}
_EPOCH = date(1899, 12, 30)
TRIES = 1_200
"""Quarters of a second in which an office has come up, on however busy a machine."""
_LOOKED_AT = 8
"""Columns at the left in which a row's reference or title is looked for."""


def desktop(pipe: str) -> Any:
    """Return the desktop of the office that listens on a pipe, waiting until it does."""
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(TRIES):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            time.sleep(0.25)  # there is nothing else to wait on: the pipe comes into being with the office
    raise TimeoutError("LibreOffice did not start.")


def property_value(name: str, value: Any) -> Any:
    """Return a named argument as LibreOffice takes it."""
    from com.sun.star.beans import PropertyValue

    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Table:
    """One data sheet: its headings and rows."""

    def __init__(self, sheet: Any) -> None:
        """Find the row of headings: the first that has a Key."""
        self.sheet = sheet
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)  # noqa: FBT003 - the bridge knows no names of arguments
        self.last_row, self.last_column = cursor.RangeAddress.EndRow, cursor.RangeAddress.EndColumn
        grid = sheet.getCellRangeByPosition(0, 0, self.last_column, 20).getDataArray()
        self.head = next(at for at, row in enumerate(grid) if "Key" in row)
        self.columns = {str(cell): at for at, cell in reversed(list(enumerate(grid[self.head]))) if cell}

    def row(self, name: str) -> int:
        """Return the row in which a reference or title stands."""
        for at, row in enumerate(self.grid()):
            if name in row[:_LOOKED_AT]:
                return at + self.head + 1
        raise KeyError(name)

    def grid(self) -> Any:
        """Return all cells below the headings."""
        area = self.sheet.getCellRangeByPosition(0, self.head + 1, self.last_column, self.last_row)
        return area.getDataArray()

    def free_row(self) -> int:
        """Return the row below the last one filled."""
        filled = [at for at, row in enumerate(self.grid()) if any(cell != "" for cell in row[1:5])]
        return self.head + 2 + max(filled, default=-1)

    def put(self, row: int, cells: dict[str, Any]) -> None:
        """Put values into a row by their headings."""
        for heading, value in cells.items():
            put(self.sheet.getCellByPosition(self.columns[heading], row), value)


def put(cell: Any, value: Any) -> None:
    """Put a value into a cell: a number, a text, a {"date"}, a {"formula"}, something {"typed"}, or nothing."""
    if value is None:
        cell.setFormula("")
    elif isinstance(value, dict) and "date" in value:
        cell.setValue((date.fromisoformat(value["date"]) - _EPOCH).days)
    elif isinstance(value, dict) and "formula" in value:
        cell.setFormula(value["formula"])
    elif isinstance(value, dict):
        cell.FormulaLocal = value["typed"]
    elif isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(value)


def act(document: Any, action: dict[str, Any]) -> None:
    """Do one thing."""
    table = Table(document.Sheets.getByName(action["sheet"]))
    match action["do"]:
        case "type":
            table.put(table.row(action["row"]), {action["column"]: action["value"]})
        case "append":
            table.put(table.free_row(), action["cells"])
        case "insert":
            at = table.row(action["before"])
            table.sheet.Rows.insertByIndex(at, 1)
            table.put(at, action["cells"])
        case "delete":
            table.sheet.Rows.removeByIndex(table.row(action["row"]), 1)
        case "sort":
            sort(table, action["column"], ascending=action.get("ascending", True))


def sort(table: Table, heading: str, *, ascending: bool) -> None:
    """Sort all rows in use by one column, as Data, Sort does over the whole table."""
    import uno
    from com.sun.star.table import TableSortField

    field = TableSortField()
    field.Field, field.IsAscending = table.columns[heading], ascending
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    area = table.sheet.getCellRangeByPosition(0, table.head + 1, table.last_column, table.free_row() - 1)
    area.sort((property_value("SortFields", fields), property_value("ContainsHeader", False)))  # noqa: FBT003 - a value


def do(desk: Any, job: dict[str, Any]) -> dict[str, Any]:
    """Open a file, do what is asked, save it where wanted, and return what the cells then show."""
    document = desk.loadComponentFromURL(
        Path(job["source"]).as_uri(),
        "_blank",
        0,
        (property_value("Hidden", True),),  # noqa: FBT003 - a value
    )
    try:
        for action in job.get("actions", []):
            act(document, action)
        document.calculateAll()
        if "target" in job:
            target = Path(job["target"])
            wanted = (property_value("FilterName", FILTERS[target.suffix[1:]]),)
            document.storeToURL(target.as_uri(), wanted)
        return {name: shown(document.Sheets.getByName(name)) for name in job.get("show", [])}
    finally:
        document.close(True)  # noqa: FBT003 - the bridge knows no names of arguments


def shown(sheet: Any) -> list[list[Any]]:
    """Return every cell of a sheet as it is computed."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)  # noqa: FBT003 - the bridge knows no names of arguments
    end = cursor.RangeAddress
    return [list(row) for row in sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()]


def main() -> None:
    """Do the jobs on standard input."""
    asked = json.load(sys.stdin)
    desk = desktop(asked["pipe"])
    json.dump([do(desk, job) for job in asked["jobs"]], sys.stdout)
    sys.stdout.flush()
    if asked.get("leave"):
        desk.terminate()
    os._exit(0)  # the bridge is sometimes taken down in the wrong order, and would end in a crash


if __name__ == "__main__":
    main()
