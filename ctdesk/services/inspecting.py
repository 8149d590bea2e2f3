"""Looking at a file as its receiver could: what it gives away besides what it is meant to say."""

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from ctdesk.domain.counting import listed
from ctdesk.domain.errors import DeskError
from ctdesk.domain.outgoing import Concern, Remark
from ctdesk.domain.outgoing_text import calendar_remarks, text_remarks
from ctdesk.returns.refusals import Refusal, UnreadableFile

_MOST_BYTES = 64_000_000


def inspect_file(path: Path) -> list[Remark]:
    """Return everything that a workbook, table, PDF, calendar, message or text gives away.

    Nothing is altered and no workspace is needed. Raises DeskError if the file cannot be read or is of another sort.
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
    return text_remarks(content.decode("utf-8", "replace"))


def _calendar(content: bytes, _: Path) -> list[Remark]:
    return calendar_remarks(content.decode("utf-8", "replace"))


def _message(content: bytes, _: Path) -> list[Remark]:
    """Look through an e-mail: what it carries, and its text; who it is from and to is what a message is for."""
    message = message_from_bytes(content, policy=default)
    carried = [part.get_filename() or "a file without a name" for part in message.iter_attachments()]
    body = message.get_body(("plain", "html"))
    found = text_remarks(str(body.get_content())) if body is not None else []
    return [*(Remark(Concern.HIDDEN, "the message", f"it carries {name}") for name in carried), *found]


_LOOKS: dict[str, Callable[[bytes, Path], list[Remark]]] = {
    ".xlsx": _workbook,
    ".xlsm": _workbook,
    ".csv": _table,
    ".pdf": _pdf,
    ".ics": _calendar,
    ".eml": _message,
    ".txt": _text,
    ".svg": _text,
    ".json": _text,
}
