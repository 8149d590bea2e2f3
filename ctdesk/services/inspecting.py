"""Looking at a file as its receiver could: what it gives away besides what it is meant to say."""

from collections.abc import Callable
from pathlib import Path

from ctdesk.domain.counting import listed
from ctdesk.domain.errors import DeskError
from ctdesk.domain.outgoing import Remark, personal_remarks, places_in
from ctdesk.returns.refusals import Refusal, UnreadableFile

_MOST_BYTES = 64_000_000


def inspect_file(path: Path) -> list[Remark]:
    """Return everything that a workbook, table, PDF or text gives away; nothing is altered and no workspace needed.

    Raises DeskError if the file cannot be read or is of another sort.
    """
    look = _LOOKS.get(path.suffix.lower())
    if look is None:
        raise DeskError(
            f"{path.name} cannot be looked through; choose a file that ends in {listed([*_LOOKS], last='or')}."
        )
    try:
        return look(_content(path), path)
    except Refusal as refusal:
        raise UnreadableFile(path, refusal) from None


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except OSError as fault:
        reason = "missing" if isinstance(fault, FileNotFoundError) else "not readable"
        raise Refusal(reason, (fault.strerror or "").lower() if reason == "not readable" else "") from fault
    if len(content) > _MOST_BYTES:
        raise Refusal("too large", f"more than {_MOST_BYTES // 1_000_000} MB")
    return content


def _workbook(content: bytes, _: Path) -> list[Remark]:
    from ctdesk.returns.outgoing import workbook_remarks

    return workbook_remarks(content)


def _table(content: bytes, _: Path) -> list[Remark]:
    from ctdesk.returns.outgoing import csv_remarks

    return csv_remarks(content)


def _pdf(content: bytes, path: Path) -> list[Remark]:
    from ctdesk.reports.outgoing import pdf_remarks

    return pdf_remarks(content, path.name)


def _text(content: bytes, _: Path) -> list[Remark]:
    lines = content.decode("utf-8", "replace").splitlines()
    return [
        remark
        for number, line in enumerate(lines, start=1)
        for check in (places_in, personal_remarks)
        for remark in check(f"line {number}", line)
    ]


_LOOKS: dict[str, Callable[[bytes, Path], list[Remark]]] = {
    ".xlsx": _workbook,
    ".xlsm": _workbook,
    ".csv": _table,
    ".pdf": _pdf,
    ".txt": _text,
    ".json": _text,
}
