"""PDFs as strangers send them: of any size and turn, with forms, scripts, attachments, or broken."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

AUTHOR = "Somebody At Elsewhere"


def plain(*pages: str, size: tuple[float, float] = (595, 842), author: str = AUTHOR) -> bytes:
    """Return a PDF with one line of text on each page, with an outline and a web link."""
    drawn = BytesIO()
    canvas = Canvas(drawn, pagesize=size, invariant=1)
    canvas.setAuthor(author)
    canvas.setTitle("minutes final v3 (2).docx")
    for number, words in enumerate(pages):
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(f"Section {number + 1}", f"p{number}")
        canvas.setFont("Helvetica", 14)
        canvas.drawString(60, size[1] - 80, words)
        canvas.rect(2, 2, size[0] - 4, size[1] - 4)
        canvas.linkURL("https://example.org/minutes", (60, size[1] - 90, 200, size[1] - 60))
        canvas.showPage()
    canvas.save()
    return drawn.getvalue()


def with_picture(jpeg: bytes) -> bytes:
    """Return a PDF with a picture on its page, as a scanner makes it."""
    drawn = BytesIO()
    canvas = Canvas(drawn, invariant=1)
    canvas.showPage()
    canvas.save()

    def put(pdf):
        picture = pdf.make_stream(
            jpeg, Type=Name.XObject, Subtype=Name.Image, Width=16, Height=16, ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8, Filter=Name.DCTDecode,
        )  # fmt: skip
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Scan=picture))
        pdf.pages[0].obj.Contents = pdf.make_stream(b"q 500 0 0 700 40 60 cm /Scan Do Q")

    return altered(drawn.getvalue(), put)


def altered(content: bytes, alter, **options) -> bytes:
    """Return a PDF after `alter(pdf)`."""
    with pikepdf.open(BytesIO(content)) as pdf:
        alter(pdf)
        kept = BytesIO()
        pdf.save(kept, **options)
        return kept.getvalue()


def turned(content: bytes, by: int) -> bytes:
    """Return a PDF whose pages are shown turned clockwise."""

    def turn(pdf):
        for page in pdf.pages:
            page.rotate(by, relative=False)

    return altered(content, turn)


def cropped(content: bytes, box: tuple[float, float, float, float]) -> bytes:
    """Return a PDF that shows only a part of each page."""

    def crop(pdf):
        for page in pdf.pages:
            page.cropbox = box

    return altered(content, crop)


def busy(content: bytes) -> bytes:
    """Return a PDF with scripts, an attachment, a comment, a form with a value, and metadata of its author."""

    def load(pdf):
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert('boo from javascript')"))
        pdf.Root.OpenAction = script
        pdf.attachments["secret.txt"] = b"attached words"
        page = pdf.pages[0].obj
        page.AA = Dictionary(O=script)
        page.PieceInfo = Dictionary(Word=String("history of drafts"))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        form = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("typed value"), F=4,
                Rect=Array([60, 400, 300, 430]), DA=String("/Helv 12 Tf 0 g"), AA=Dictionary(K=script),
            )
        )  # fmt: skip
        comment = pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=String("a comment"))
        )
        page.Annots = Array([*page.get("/Annots", Array()), form, comment])
        fonts = Dictionary(Font=Dictionary(Helv=pdf.make_indirect(font)))
        pdf.Root.AcroForm = Dictionary(Fields=Array([form]), DR=fonts, NeedAppearances=True)
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = [AUTHOR]

    return altered(content, load)


def locked(content: bytes, password: str) -> bytes:
    """Return a PDF that asks for a password."""
    return altered(content, lambda pdf: None, encryption=pikepdf.Encryption(owner="owner", user=password))


def to_be_redacted(content: bytes) -> bytes:
    """Return a PDF with a passage marked for redaction that was never blacked out."""

    def mark(pdf):
        one = Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=Array([50, 700, 300, 780]))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(one)])

    return altered(content, mark)
