"""Seeing what will be printed, page by page, and printing it: one window for everything that comes out on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ctdesk.services.preview import Paper, pages_of, paper
from ctdesk.ui.session import Session
from ctdesk.ui.tasks import Progress, Task

if TYPE_CHECKING:
    from ctdesk.reports.pages import Pages

__all__ = ["preview"]

Write = Callable[[Path, Progress], object]
"""Puts a PDF into the file it is given; tells the progress how far it is, and so may be cancelled."""


def preview(session: Session, parent: QWidget, title: str, write: Write) -> Task:
    """Make a PDF in the background, then show its pages in a window of their own over *parent*'s.

    `title` names the window, the print job and, with .pdf, the file when it is saved. A DeskError from *write*, or
    a damaged PDF, is said in the status bar, and no window opens.
    """

    def make(progress: Progress) -> "tuple[Paper, Pages]":
        made = paper(title, lambda path: write(path, progress))
        return made, pages_of(made)

    def show(made: "tuple[Paper, Pages]") -> None:
        from ctdesk.ui.preview.window import PreviewWindow

        PreviewWindow(session, parent.window(), *made).show()

    return session.run(f"Setting the pages of {title}", make, show)
