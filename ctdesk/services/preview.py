"""What is printed, held as the bytes of its PDF, so that what is seen before printing is the very thing printed."""

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctdesk.domain.errors import DeskError
from ctdesk.domain.outgoing import Remark, refuse

if TYPE_CHECKING:
    from ctdesk.reports.pages import Pages


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished PDF: what it is called, and its bytes."""

    title: str
    content: bytes

    @property
    def file_name(self) -> str:
        """Return what its file is called if nobody says otherwise."""
        kept = "".join(" " if letter in '<>:"/\\|?*' else letter for letter in self.title)
        return f"{' '.join(kept.split())}.pdf"


def paper(title: str, write: Callable[[Path], object]) -> Paper:
    """Let *write* put a PDF into a passing file, and return it. Raises what *write* raises."""
    with tempfile.TemporaryDirectory(prefix="ctdesk ") as folder:
        path = Path(folder) / "paper.pdf"
        write(path)
        return Paper(title, path.read_bytes())


def pages_of(printed: Paper) -> "Pages":
    """Return the pages of a paper, to be turned into pictures. Raises DeskError if the PDF is damaged."""
    from ctdesk.reports.pages import Pages

    return Pages(printed.content, printed.title)


def save_paper(printed: Paper, path: Path) -> tuple[Remark, ...]:
    """Write a paper to a file, whole or not at all, and return what it gives away, for the officer to know.

    Raises GivesAway if that may not leave, and DeskError if the file cannot be written.
    """
    from ctdesk.reports.outgoing import pdf_remarks

    found = tuple(pdf_remarks(printed.content, path.name))
    refuse(path, found)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            part.write_bytes(printed.content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as fault:
        why = fault.strerror or str(fault)
        raise DeskError(
            f"{path.name} could not be written to {path.parent} ({why}); choose another folder or close the file there."
        ) from fault
    return found


def in_words(remarks: Sequence[Remark]) -> str:
    """Return what is to be said after “Saved” of what a paper gives away; nothing if it is nothing."""
    if not remarks:
        return ""
    more = f" (and {len(remarks) - 1} more)" if len(remarks) > 1 else ""
    return f" Look at it before it leaves: {remarks[0].words}{more}."
