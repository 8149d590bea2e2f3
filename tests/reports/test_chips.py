"""States on paper: told in grey by how much ink their box has, and by a word that stands within it."""

from io import BytesIO

import pytest
from ctdesk.reports import chips, style
from ctdesk.reports.fonts import SEMIBOLD, register, width
from ctdesk.reports.pages import Pages
from ctdesk.reports.style import mm
from ctdesk.reports.tables import Column, Line, State, Table
from reportlab.pdfgen.canvas import Canvas

register()


def ink(symbol: str) -> float:
    """Return how dark the box of a state is on average, from 0 (white) to 1."""
    drawn = BytesIO()
    canvas = Canvas(drawn, pagesize=(60, 16), initialFontName=SEMIBOLD)
    chips.draw(canvas, symbol, (2, 14, 56, 12))
    canvas.save()
    pages = Pages(drawn.getvalue(), "a chip")
    try:
        picture = pages.picture(0, 2)
    finally:
        pages.close()
    dots = zip(*(picture.content[at::4] for at in range(3)), strict=True)
    grey = [0.0722 * blue + 0.7152 * green + 0.2126 * red for blue, green, red in dots]
    return 1 - sum(grey) / len(grey) / 255


def test_the_worse_a_state_the_more_ink_it_has():
    assert ink("diamond") > 2 * ink("triangle") > 3 * ink("disc")


def luminance(colour) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.rgb()]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("symbol", chips.CHIPS)
def test_words_and_symbols_stand_out_from_their_box(symbol):
    chip = chips.CHIPS[symbol]
    for colour in (chip.look.colour, chip.mark):
        light, dark = sorted((luminance(colour), luminance(chip.fill)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) > 4.5  # WCAG 2.1, 1.4.3


@pytest.mark.parametrize(
    "words", ["Red", "Missing, 12 days late", "Improvement plan, 02/03/2026, and a good deal more"]
)
def test_every_word_of_a_state_stands_within_its_box_and_the_box_within_its_column(words):
    table = Table([Column("State", 40 * mm), Column("More", 20 * mm)], [Line([State("triangle", words), "x"])], "T")
    row = table.laid[0]
    box = row.symbols[0]
    for text in (text for text in row.texts if text.column == 0):
        assert box.x < text.x
        assert text.x + width(text.text, text.look.face, text.look.size) <= box.x + box.width
    assert box.width <= 40 * mm
    assert box.lines * style.CELL.leading <= row.height
