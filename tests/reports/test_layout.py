"""Text broken into lines, tables broken into pages: nothing is lost and nothing stands where it should not."""

import string
from itertools import pairwise

import pytest
from ctdesk.domain.baseline_figures import Coverage
from ctdesk.reports import fonts, style
from ctdesk.reports.charts import Bar, Part, coverage_bar, stacked_bars
from ctdesk.reports.flow import Flow
from ctdesk.reports.style import mm
from ctdesk.reports.table_pieces import TablePiece
from ctdesk.reports.tables import Column, Group, Line, Table
from hypothesis import given, settings
from hypothesis import strategies as st

fonts.register()
texts = st.text(string.ascii_letters + "  éŵ’£–", max_size=120)


@given(texts, st.floats(20, 200))
def test_wrapped_lines_hold_every_letter_and_fit(text, room):
    lines = fonts.wrap(text, fonts.REGULAR, 8.5, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(fonts.width(line, fonts.REGULAR, 8.5) <= room for line in lines)


def test_what_the_typeface_lacks_is_replaced_not_dropped():
    assert fonts.clean("Café\nŁódź\t–") == "Café Łódź –"
    assert fonts.clean("ok ✊ x\x00y") == "ok ? xy"
    assert fonts.clean("ﬁt") in ("ﬁt", "fit")


@pytest.mark.parametrize("face", fonts.FACES)
def test_every_figure_has_the_same_width(face):
    assert len({fonts.width(figure, face, 10) for figure in string.digits}) == 1


group_sizes = st.lists(st.integers(1, 90), min_size=1, max_size=6)


def paged(content) -> tuple[Table, list[TablePiece], Flow]:
    columns = [Column("Name", 40 * mm), Column("£", 20 * mm, right=True)]
    flow, table = Flow("x"), Table(columns, content, "Table")
    flow.add_rows(table)
    return table, [block for page in flow.pages for block, _ in page.blocks], flow


@settings(max_examples=60, deadline=None)
@given(group_sizes, st.booleans())
def test_a_table_over_pages_keeps_every_row_once_in_order(sizes, long):
    name = "Speech and language therapy for the whole borough " * (3 if long else 1)
    groups = [
        Group(f"G{place}", [*(Line([f"{name}{row}", "1"]) for row in range(size)), Line(["Total", "1"], total=True)])
        for place, size in enumerate(sizes)
    ]
    table, pieces, flow = paged(groups)
    covered = [row for piece in pieces for row in range(piece.start, piece.end)]
    assert covered == list(range(table.rows))
    for page in flow.pages:
        block, top = page.blocks[0]
        assert top - block.height >= page.sheet.foot - 0.01, "the table runs over the foot of the page"
    for piece in pieces:
        assert not table.laid[piece.end - 1].opens, "a band stands alone at the foot"
        assert not table.laid[piece.start].total or piece.start == 0, "a total stands alone at the head"


def test_a_row_deeper_than_a_page_is_printed_whole():
    words = [f"word{number}" for number in range(3000)]
    table, _, flow = paged([Line([" ".join(words), "1"])])
    assert len(flow.pages) > 1
    printed = " ".join(text.text for row in table.laid for text in row.texts)
    assert all(word in printed.split() for word in words)


def test_a_figure_is_never_broken():
    table, _, _ = paged([Line(["a", "123,456,789,012,345"])])
    assert "123,456,789,012,345" in [text.text for text in table.laid[0].texts]


def test_a_chart_says_in_words_what_it_shows():
    bars = [Bar("Be healthy", [Part(3, "0.3"), Part(7, "0.7")], "1.0", "100%")]
    chart = stacked_bars(bars, ["Universal", "Specialist"], 400)
    assert chart.words == "Be healthy 1.0 (100%): Universal 0.3, Specialist 0.7."
    coverage = coverage_bar(Coverage(9, 1, 4, 0), 100)
    assert coverage.words == "Coverage: 90% returned, 10% estimated, – missing."


def test_ordered_tones_differ_by_twelve_points_of_grey_for_three_tiers():
    greys = [
        0.2126 * tone.red + 0.7152 * tone.green + 0.0722 * tone.blue for tone in (style.tone(n, 3) for n in range(3))
    ]
    assert all(lighter - darker > 0.12 for lighter, darker in pairwise(greys))


def test_charts_of_nothing_can_be_drawn():
    assert stacked_bars([], [], 400).drawing.height > 0
    assert coverage_bar(Coverage(0, 0, 0, 0), 100).drawing.contents == []


def test_a_long_text_in_a_narrow_column_is_set_below_its_row_over_the_whole_width():
    words = " ".join(f"word{number}" for number in range(700))
    columns = [Column("Measure", 60), Column("Commentary", 120), Column("More", 220)]
    table = Table(columns, [Line(["One", words, "x"]), Line(["Two", "short", "y"])], "T")
    texts = [text for row in table.laid for text in row.texts]
    shown = [text.text for text in texts]
    assert " ".join(shown).split().count("word699") == 1
    assert "Below" in shown
    assert "Commentary" in shown
    assert max(len(row.texts) for row in table.laid) <= 24
    assert sum(row.height for row in table.laid) < 700 * 10
    assert all(text.x + fonts.width(text.text, text.look.face, text.look.size) <= 400 for text in texts)
    assert [row.last for row in table.laid].count(True) == 2  # a rule under each row, and none within


def test_a_text_that_fits_stays_in_its_cell():
    table = Table([Column("A", 60), Column("B", 340)], [Line(["One", "word " * 400])], "T")
    assert "Below" not in [text.text for row in table.laid for text in row.texts]
