"""A finished PDF turned into pictures: whole, in bands, in any size, from any thread; never from a damaged file."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.reports.pages import Pages
from reportlab.pdfgen.canvas import Canvas


def make_pdf(path, *sizes):
    canvas = Canvas(str(path))
    for wide, high in sizes:
        canvas.setPageSize((wide, high))
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, high / 2, wide, high / 2, stroke=0, fill=1)  # the upper half
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


@pytest.fixture
def pages(tmp_path):
    made = Pages(make_pdf(tmp_path / "two.pdf", (200, 100), (100, 300)), "Two")
    yield made
    made.close()


def pixel(picture, across, down):
    at = down * picture.stride + across * 4
    return tuple(picture.content[at : at + 3])


def test_pages_have_their_own_sizes(pages):
    assert [(page.width, page.height) for page in pages.sizes] == [(200, 100), (100, 300)]


def test_a_picture_is_as_large_as_asked_and_shows_the_page(pages):
    picture = pages.picture(0, 1.5)
    assert (picture.width, picture.height) == (300, 150)
    assert len(picture.content) == picture.stride * picture.height
    assert pixel(picture, 150, 40) == (0, 0, 255)  # blue, green, red
    assert pixel(picture, 150, 110) == (255, 255, 255)


def test_bands_put_together_are_the_whole(pages):
    whole = pages.picture(1, 1.3)
    bands = [pages.picture(1, 1.3, top=top, height=100) for top in range(0, whole.height, 100)]
    assert sum(band.height for band in bands) == whole.height
    assert b"".join(band.content for band in bands) == whole.content


def test_many_threads_may_ask_at_once(pages):
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda at: pages.picture(at % 2, 0.5).content, range(24)))
    assert len(set(found)) == 2


@pytest.mark.parametrize("content", [b"", b"Dear all", b"%PDF-1.7\nand then nothing"])
def test_a_damaged_file_is_refused_in_one_sentence(content):
    with pytest.raises(DeskError, match=r"The pages of Minutes cannot be shown, because the PDF is damaged"):
        Pages(content, "Minutes")


def test_once_closed_no_picture_is_to_be_had(tmp_path):
    pages = Pages(make_pdf(tmp_path / "one.pdf", (200, 100)), "One")
    pages.close()
    pages.close()
    with pytest.raises(DeskError, match="Page 1 of One"):
        pages.picture(0, 1)
