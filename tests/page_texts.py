"""The words on the pages of a PDF, read with another library than they were written or joined with."""

from contextlib import closing
from pathlib import Path

import pypdfium2


def page_texts(paper: Path | bytes) -> list[str]:
    """Return the words of each page, one blank between two."""
    with closing(pypdfium2.PdfDocument(paper)) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def text_of(paper: Path | bytes) -> str:
    """Return the words of all pages."""
    return " ".join(page_texts(paper))
