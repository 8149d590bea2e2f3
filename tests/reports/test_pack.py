"""Packs: one numbering over everything, nothing exempt in the public edition, and the same bytes each time."""

import re
from datetime import date, datetime
from io import BytesIO

import pikepdf
import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.domain.pack import Change, Changes, Edition, Item, Meeting, Pack, numbered
from ctdesk.reports import style
from ctdesk.reports.blocks import Heading, Title
from ctdesk.reports.document import Document
from ctdesk.reports.flow import Flow
from ctdesk.reports.fonts import register
from ctdesk.reports.pack import build
from ctdesk.reports.pack_outside import without_notes
from ctdesk.reports.pages import Pages
from ctdesk.reports.pen import page_of
from ctdesk.reports.text import Paragraph
from PIL import Image
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas
from tests.page_texts import page_texts
from tests.reports import strangers
from tests.reports.structure import faults

FIXED = datetime(2026, 6, 15, 9, 20)  # noqa: DTZ001 - the office's own clock is printed
MEETING = Meeting("A children’s trust", "Partnership Board", date(2026, 6, 25), FIXED, "2.00pm", "Room 2", "team")
SECRETS = ("Zebra", "Quagga", "Okapi", "zebra", "quagga", "okapi")


def report(title: str, pages: int = 2) -> bytes:
    """Return a report of the desk that names its last page on its first."""
    register()
    flow = Flow(title)
    flow.add(Title("Report", title, 400))
    flow.add(Paragraph([(f"The end of {title} is on page {page_of('end')}.", style.BODY)], 400))
    for _ in range(pages - 1):
        flow.new_page()
        flow.add(Paragraph([(f"More of {title}.", style.BODY)], 400))
    flow.add_heading(Heading("The end", 400, "end"))
    return Document(title, "", "A trust", "").drawn(flow)


def agenda() -> list[Item]:
    minutes = strangers.plain("Minutes page one", "Minutes page two", "Minutes page three")
    plan = strangers.busy(strangers.plain("Quagga plan"))
    return [
        Item("Welcome", lead="Chair"),
        Item("Minutes", "To agree", "Chair", draw=lambda: minutes, outside=True),
        Item("Baseline", "To note", "Lead officer", draw=lambda: report("Baseline", 3), late="counted late"),
        Item("Okapi prices", "To decide", "Zebra lead", draw=lambda: report("Okapi prices"), exempt="3", late="Quagga"),
        Item("Zebra options", "To decide", draw=lambda: plan, outside=True, exempt="1", public_title="Options"),
        Item("Every activity", draw=lambda: report("Every activity"), appendix=True),
    ]


def pack(items=None, changes=None) -> Pack:
    return Pack(MEETING, agenda() if items is None else items, changes)


@pytest.fixture(scope="module")
def public() -> bytes:
    return build(pack(), Edition.PUBLIC).content


@pytest.fixture(scope="module")
def restricted() -> bytes:
    return build(pack(), Edition.RESTRICTED).content


def test_two_builds_are_the_same_bytes(public, restricted):
    assert build(pack(), Edition.PUBLIC).content == public
    assert build(pack(), Edition.RESTRICTED).content == restricted


def test_pages_are_numbered_through(public):
    said = page_texts(public)
    assert len(said) == 2 + 3 + 3 + 2 + 2
    for number, words in enumerate(said[1:], 2):
        assert f"Page {number} of 12" in words


def test_public_pages_bear_the_same_numbers_in_both_editions(public, restricted):
    said = page_texts(restricted)
    numbers = [re.search(r"Page (R?\d+) of (R?\d+)", words) for words in said[1:]]
    assert [found[1] for found in numbers] == [
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "R1",
        "R2",
        "10",
        "R3",
        "11",
        "12",
    ]
    assert {found[2] for found in numbers} == {"12", "R3"}


def test_pages_named_within_a_report_are_those_of_the_pack(public, restricted):
    assert "The end of Baseline is on page 8." in page_texts(public)[5]
    assert "The end of Okapi prices is on page R2." in " ".join(page_texts(restricted))


def test_pages_not_for_publication_say_so(restricted, public):
    for words in page_texts(restricted):
        if re.search(r"Page R\d", words) or "Agenda and contents" in words:
            assert "NOT FOR PUBLICATION" in words
    assert "NOT FOR PUBLICATION" not in " ".join(page_texts(public))


def everything_in(content: bytes) -> str:
    """Return all that a file holds: text, properties, outline, objects, and every stream unpacked."""
    found = [content.decode("latin-1")]
    with pikepdf.open(BytesIO(content)) as pdf:
        for thing in pdf.objects:
            found.append(repr(thing) if not isinstance(thing, pikepdf.Stream) else repr(dict(thing.items())))
            if isinstance(thing, pikepdf.Stream):
                try:
                    found.append(thing.read_bytes().decode("latin-1"))
                except pikepdf.PdfError:
                    found.append(thing.read_raw_bytes().decode("latin-1"))
    reader = PdfReader(BytesIO(content))
    found += [page.extract_text() for page in reader.pages]
    found.append(repr(reader.outline) + repr(reader.metadata))
    return "\n".join(found)


def test_nothing_exempt_is_in_the_public_edition(public, restricted):
    whole = everything_in(public)
    sixteen = [secret.encode("utf-16-be") for secret in SECRETS]
    assert not [secret for secret in SECRETS if secret in whole]
    assert not [one for one in sixteen if one in public or one.hex() in whole.lower()]
    there = everything_in(restricted)
    assert all(secret in there for secret in SECRETS[:3])


def test_the_public_edition_says_what_is_left_out_and_why(public):
    said = page_texts(public)
    assert "Item 4 and item 5 are not for publication (paragraphs 1 and 3 of Part 1 of Schedule 12A" in said[0]
    assert "Item 4 Not for publication This item is not for publication" in said[8]
    assert "paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972" in said[8]
    assert "Item 5 Options" in said[9]
    assert "paragraph 1 of Part 1" in said[9]


def test_a_hidden_paper_is_not_even_drawn():
    def drawn() -> bytes:
        raise AssertionError

    build(pack([Item("Secret", draw=drawn, exempt="3")]), Edition.PUBLIC)


def test_contents_lead_to_every_item(public):
    with pikepdf.open(BytesIO(public)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        links = [numbers[link.Dest[0].objgen] for link in pdf.pages[1].obj.Annots]
    assert links == [3, 6, 9, 10, 11]
    assert "1 Welcome Chair – 2 Minutes" in page_texts(public)[1]
    assert "Late item: counted late. Report of the desk, 3 pages." in page_texts(public)[1]


def test_the_outline_is_the_agenda(restricted):
    with pikepdf.open(BytesIO(restricted)) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        minutes, prices = outline.root[2], outline.root[4]
        assert [kid.title for kid in minutes.children] == ["Section 1", "Section 2", "Section 3"]
        assert [kid.title for kid in prices.children] == ["Not for publication, pages R1 to R2"]
    assert titles == [
        "Cover", "Agenda and contents", "2. Minutes", "3. Baseline", "4. Okapi prices", "5. Zebra options",
        "A. Every activity",
    ]  # fmt: skip


def test_page_labels_run_as_the_printed_numbers(restricted):
    assert PdfReader(BytesIO(restricted)).page_labels == [
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "R1", "R2", "10", "R3", "11", "12",
    ]  # fmt: skip


def test_a_pack_of_our_own_papers_keeps_the_standard_and_says_so():
    own = [item for item in agenda() if not item.outside]
    with pikepdf.open(BytesIO(build(pack(own), Edition.RESTRICTED).content)) as pdf, pdf.open_metadata() as metadata:
        assert faults(pdf) == []
        assert metadata["pdfuaid:part"] == "1"


def test_with_outside_papers_the_structure_holds_but_nothing_is_claimed(restricted):
    with pikepdf.open(BytesIO(restricted)) as pdf, pdf.open_metadata() as metadata:
        assert faults(pdf) == []
        assert "pdfuaid:part" not in metadata


def test_what_has_changed_has_a_page_of_its_own():
    changes = Changes(date(2026, 3, 26), [Change("Annual value", "£38,412,560", "£37,980,115", "1.1% up")])
    said = page_texts(build(pack(changes=changes), Edition.PUBLIC).content)
    assert "What has changed since the last meeting" in said[2]
    assert "Annual value £38,412,560 £37,980,115 1.1% up" in said[2]
    assert "Page 4 of 13" in said[3]
    assert "In no figure" not in said[2]


def test_the_page_of_changes_says_what_is_in_no_figure():
    changes = Changes(date(2026, 3, 26), [Change("Annual value", "£38,412,560", "£37,980,115", "1.1% up")], left_out=2)
    said = page_texts(build(pack(changes=changes), Edition.PUBLIC).content)
    assert "In no figure: 2 services whose price is not for publication" in " ".join(said[2].split())


def test_items_are_numbered_and_appendices_lettered():
    items = [Item("A", appendix=True), Item("One"), *[Item("x", appendix=True)] * 27]
    assert [placed.number for placed in numbered(items)][:3] == ["1", "A", "B"]
    assert numbered(items)[-1].number == "AB"


def outside(content: bytes, **more) -> bytes:
    return build(pack([Item("Paper", draw=lambda: content, outside=True, **more)]), Edition.PUBLIC).content


def test_scripts_attachments_comments_and_authors_stay_behind():
    whole = everything_in(outside(strangers.busy(strangers.plain("Seen words"))))
    for left in ("javascript", "JavaScript", "attached words", "a comment", strangers.AUTHOR, "history of drafts"):
        assert left not in whole
    assert "typed value" in whole
    assert "https://example.org/minutes" in whole


def test_a_picture_loses_what_its_camera_noted():
    noted, plain = BytesIO(), BytesIO()
    picture = Image.new("RGB", (16, 16), (200, 30, 40))
    exif = Image.Exif()
    exif[0x013B] = strangers.AUTHOR
    picture.save(noted, "JPEG", exif=exif, comment=strangers.AUTHOR)
    picture.save(plain, "JPEG")
    cleaned = without_notes(noted.getvalue())
    assert strangers.AUTHOR.encode() in noted.getvalue()
    assert cleaned == plain.getvalue()
    assert without_notes(b"\xff\xd8 no picture") == b"\xff\xd8 no picture"
    whole = outside(strangers.with_picture(noted.getvalue()))
    assert strangers.AUTHOR not in everything_in(whole)
    with pikepdf.open(BytesIO(whole)) as pdf:
        drawn = next(it for it in pdf.objects if isinstance(it, pikepdf.Stream) and it.get("/Subtype") == "/Image")
        assert pikepdf.PdfImage(drawn).as_pil_image().getpixel((8, 8))[0] > 150


def test_a_pack_may_hold_nothing_or_a_great_many_items_of_long_titles():
    assert len(page_texts(build(pack([]), Edition.PUBLIC).content)) == 2
    items = [Item("A very long title of an item, which goes on " * 4, "To note", "Łukasz’s team 中") for _ in range(60)]
    content = build(pack(items), Edition.PUBLIC).content
    said = page_texts(content)
    assert len(said) >= 4
    assert all("Item For Led by Time Page" in words for words in said[1:])
    with pikepdf.open(BytesIO(content)) as pdf:
        assert faults(pdf) == []


@pytest.mark.parametrize("count", range(14, 30))
def test_the_agenda_settles_however_many_items_there_are(count):
    paper = strangers.plain("A page")
    items = [Item(f"Item {number}", draw=lambda: paper, outside=True) for number in range(count)]
    said = page_texts(build(pack(items), Edition.PUBLIC).content)
    assert f"Page {len(said)} of {len(said)}" in said[-1]
    assert "A page" in said[-count]


@pytest.mark.parametrize("by", [0, 90, 180, 270])
def test_a_turned_page_is_set_upright_with_the_number_at_its_foot(by):
    content = outside(strangers.turned(strangers.plain("Turned words", size=(500, 800)), by))
    with pikepdf.open(BytesIO(content)) as pdf:
        page = pdf.pages[2]
        assert "/Rotate" not in page.obj or int(page.obj.Rotate) == 0
        wide, high = (float(side) for side in list(page.mediabox)[2:])
    assert (wide, high) == ((500, 800) if by in (0, 180) else (800, 500))
    assert "Turned words" in page_texts(content)[2]
    assert "Page 3 of 3" in page_texts(content)[2]


@pytest.mark.parametrize("size", [(100, 150), (5000, 3000), (842, 1191), (612, 792)])
def test_pages_of_any_size_bear_their_number(size):
    assert "Page 3 of 3" in page_texts(outside(strangers.plain("Words", size=size)))[2]


def test_a_cropped_page_is_shown_as_cropped():
    with pikepdf.open(BytesIO(outside(strangers.cropped(strangers.plain("Words"), (0, 400, 595, 842))))) as pdf:
        assert [float(side) for side in pdf.pages[2].mediabox][2:] == [595, 442]


def test_a_tagged_paper_keeps_its_structure():
    def mark(pdf):
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)

    tagged = strangers.altered(report("From elsewhere"), mark)
    built = build(pack([Item("Paper", draw=lambda: tagged, outside=True)]), Edition.PUBLIC)
    assert not built.untagged
    with pikepdf.open(BytesIO(built.content)) as pdf:
        assert faults(pdf) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (strangers.locked(strangers.plain("x"), "secret"), "protected by a password"),
        (b"", "damaged or not a PDF"),
        (b"%PDF-1.4\n%%EOF", "damaged or not a PDF"),
        (b"PK\x03\x04 a spreadsheet", "damaged or not a PDF"),
        (strangers.plain("x" * 50)[:400], "damaged or not a PDF"),
        (strangers.to_be_redacted(strangers.plain("x")), "marked to be blacked out"),
    ],
)
def test_what_cannot_go_into_a_pack_is_refused_by_name(content, said):
    with pytest.raises(DeskError, match=said) as fault:
        outside(content)
    assert "item 1, Paper" in str(fault.value)


@pytest.mark.parametrize("part", [0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99])
def test_a_paper_whose_end_is_cut_off_is_repaired_or_refused(part):
    whole = strangers.plain("One", "Two", "Three")
    try:
        content = outside(whole[: int(len(whole) * part)])
    except DeskError:
        return
    assert len(page_texts(content)) >= 3


def test_layers_that_are_off_stay_off():
    def layer(pdf):
        group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("draft")))
        config = pikepdf.Dictionary(OFF=pikepdf.Array([group]))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([group]), D=config)
        pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(oc1=group)

    with pikepdf.open(BytesIO(outside(strangers.altered(strangers.plain("x"), layer)))) as pdf:
        assert len(pdf.Root.OCProperties.D.OFF) == 1


def picture_of(content: bytes, page: int) -> bytes:
    opened = Pages(content, "a paper")
    try:
        high = round(opened.sizes[page].height)
        return opened.picture(page, 1.0, height=high - 40).content
    finally:
        opened.close()


def sized(content: bytes, page: int) -> float:
    """Return how large the first text of a page is set."""
    found: list[float] = []
    with pikepdf.open(BytesIO(content)) as pdf:
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[page], "cm"):
            found.append(float(operands[0]))
            assert str(operator) == "cm"
    return found[0]


def spacious(words: str = "Words", *, low: float = 60, high: float = 700) -> bytes:
    """Return an A4 page whose lowest and highest line stand so many points above its foot."""
    drawn = BytesIO()
    canvas = Canvas(drawn, pagesize=(595.276, 841.89), invariant=1)
    canvas.drawString(80, high, words)
    canvas.drawString(80, low, words)
    canvas.showPage()
    canvas.save()
    return drawn.getvalue()


def test_a_page_whose_margins_are_free_is_shown_at_its_size_to_the_dot():
    paper = spacious()
    content = outside(paper)
    assert sized(content, 2) == 1
    assert picture_of(content, 2) == picture_of(paper, 0)


@pytest.mark.parametrize(
    ("low", "high", "exempt", "size"),
    [(60, 700, "", 1), (36, 700, "", 1), (20, 700, "", 0.94), (60, 830, "", 1), (60, 830, "3", 0.9), (60, 790, "3", 1)],
)
def test_a_page_is_set_smaller_only_where_the_number_needs_its_margin(low, high, exempt, size):
    item = Item("Paper", draw=lambda: spacious(low=low, high=high), outside=True, exempt=exempt)
    content = build(pack([item]), Edition.RESTRICTED).content
    with pikepdf.open(BytesIO(content)) as pdf:
        page = len(pdf.pages) - 1
    assert sized(content, page) == pytest.approx(size)


def paragraphs() -> bytes:
    """Return a page of a heading, two paragraphs of two lines, and a picture drawn between them."""
    drawn = BytesIO()
    canvas = Canvas(drawn, pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(80, 740, "Heading")
    canvas.setFont("Helvetica", 10)
    for number, y in enumerate((700, 688, 650, 638), 1):
        canvas.drawString(80, y, f"line {number}")
    canvas.rect(80, 500, 100, 50, fill=1)
    canvas.showPage()
    canvas.save()
    return drawn.getvalue()


def kinds_of(content: bytes) -> list[str]:
    with pikepdf.open(BytesIO(content)) as pdf:
        assert faults(pdf) == []
        section = pdf.Root.StructTreeRoot.K.K[-1]
        return [str(element.S) for element in section.K]


def test_the_words_of_an_untagged_page_are_read_out_block_by_block():
    built = build(pack([Item("Paper", draw=paragraphs, outside=True)]), Edition.PUBLIC)
    assert kinds_of(built.content) == ["/P", "/P", "/P"]
    assert picture_of(built.content, 2) == picture_of(paragraphs(), 0)
    assert "line 1" in page_texts(built.content)[2]


def test_a_page_without_words_is_one_picture_that_says_so():
    def scan() -> bytes:
        drawn = BytesIO()
        canvas = Canvas(drawn, pagesize=(595, 842), invariant=1)
        canvas.rect(80, 300, 300, 300, fill=1)
        canvas.showPage()
        canvas.save()
        return drawn.getvalue()

    content = build(pack([Item("Scan", draw=scan, outside=True)]), Edition.PUBLIC).content
    assert kinds_of(content) == ["/Figure"]
    assert picture_of(content, 2) == picture_of(scan(), 0)


def test_a_page_that_leaves_its_drawing_open_does_not_spoil_its_number():
    def broken(pdf):
        pdf.pages[0].contents_add(pdf.make_stream(b"q q 0.5 0 0 0.5 0 0 cm /Span BMC 1 0 0 rg Q Q Q Q"))

    paper = strangers.altered(spacious(), broken)
    content = outside(paper)
    assert "Page 3 of 3" in page_texts(content)[2]
    assert kinds_of(content)
