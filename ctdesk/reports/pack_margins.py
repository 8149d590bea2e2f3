"""Whether the pages of a stranger's PDF leave their margins free, as they are seen."""

from io import BytesIO

import pikepdf

from ctdesk.reports.pages import Pages

_WHITE = 0xF8
"""From this brightness on (255 is the most) a dot is taken for paper."""
_DARK = bytes(range(_WHITE))


def free_margins(pdf: pikepdf.Pdf, foot: float, head: float) -> list[bool]:
    """Return for each page whether nothing is seen within `foot` points of its foot and `head` points of its head.

    The pages are drawn, turned and cropped as a reader sees them; DeskError if that cannot be done.
    """
    kept = BytesIO()
    pdf.save(kept)
    pages = Pages(kept.getvalue(), "the PDF")
    try:
        return [_is_free(pages, at, foot, head) for at in range(len(pages.sizes))]
    finally:
        pages.close()


def _is_free(pages: Pages, at: int, foot: float, head: float) -> bool:
    high = max(1, round(pages.sizes[at].height))
    bands = [(high - round(foot), round(foot)), (0, round(head))]
    return all(_is_blank(pages, at, max(top, 0), rows) for top, rows in bands if rows)


def _is_blank(pages: Pages, at: int, top: int, rows: int) -> bool:
    dots = pages.picture(at, 1.0, top=top, height=rows).content
    return all(len(colour.translate(None, _DARK)) == len(colour) for colour in (dots[0::4], dots[1::4], dots[2::4]))
