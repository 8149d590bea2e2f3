"""The public edition is read as its readers will: whatever shows what is marked exempt keeps it from being issued."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from ctdesk.cli import run
from ctdesk.domain.changes import Action, created
from ctdesk.domain.pack import Edition
from ctdesk.services.exempt_guard import ExemptShown, exempt_shown
from ctdesk.services.pack_issue import draft, issue
from ctdesk.services.packs import add_outside, add_report, new_pack
from ctdesk.services.records import save_record
from reportlab.pdfgen.canvas import Canvas
from tests.reports import strangers
from tests.services.small_borough import NURSING

JUNE, THEN = date(2026, 6, 25), datetime(2026, 6, 15, 9, 20)  # noqa: DTZ001 - the office's own clock
MARKED = "which is marked as not for publication"
WHY = "Marmalade Holdings asked us to keep its price to itself until spring"


def marked(desk, *items, **values) -> str:
    """Add an agreement with these items marked exempt, and return its uid."""
    provider = created("organisation", {"name": "Marmalade Holdings Ltd", "aliases": "MarmCo; Old Marm"})
    own = {"reference": "CON-0042", "title": "Quokka nursing", "provider": provider.uid, **values}
    made = created("agreement", own)
    marks = [created("exempt_mark", {"agreement": made.uid, "paragraph": "3", "item": item}) for item in items]
    desk.apply(Action.EDIT, "An agreement", [provider, made, *marks])
    return made.uid


def pdf(*lines: str) -> bytes:
    """Return a PDF of one page with these lines under each other."""
    drawn = BytesIO()
    canvas = Canvas(drawn, invariant=1)
    for number, line in enumerate(lines):
        canvas.drawString(60, 780 - 14 * number, line)
    canvas.showPage()
    canvas.save()
    return drawn.getvalue()


@pytest.mark.parametrize(
    "lines",
    [
        ["Quokka nursing will cost £1.2m"],
        ["Quokka nursing will cost £1,234k a year"],
        ["For CON-0042 we paid 1234500"],
        ["Somebody paid 1,234,500 pounds"],
        ["The commentary on quokka", "nursing says 1.2 million pounds"],
    ],
)
def test_an_exempt_sum_is_found_in_any_form(desk, lines):
    marked(desk, "total_value", total_value=1_234_500_00)
    assert exempt_shown(desk, pdf(*lines))[0].startswith("Page 1 of the public edition shows total value")


def test_what_would_tell_an_exempt_value_is_kept_as_well(desk):
    uid = marked(desk, "total_value", annual_value=417_300_00)
    paid = created("payment", {"agreement": uid, "due": date(2026, 6, 30), "profile": 104_325_00})
    desk.apply(Action.EDIT, "A payment", [paid])
    assert exempt_shown(desk, pdf("Quokka nursing: £417k a year"))
    assert exempt_shown(desk, pdf("Quokka nursing: £104,325.00 this quarter"))
    assert not exempt_shown(desk, pdf("Quokka nursing: £99,000 this quarter, due on 30 June 2026"))


@pytest.mark.parametrize("words", ["31/03/2027", "31 March 2027", "31st of March 2027", "2027-03-31", "March 2027"])
def test_an_exempt_date_is_found_in_words(desk, words):
    marked(desk, "end", end=date(2027, 3, 31))
    assert exempt_shown(desk, pdf(f"Quokka nursing goes on until {words}."))
    assert not exempt_shown(desk, pdf(f"The year goes on until {words}."))


@pytest.mark.parametrize(
    "lines",
    [
        ["The manager of MARMALADE HOLDINGS wrote to us"],
        ["The manager of Marma-", "lade Holdings Ltd wrote to us"],
        ["The manager of M a r m a l a d e Holdings"],
        ["we spoke with MarmCo about it"],
        ["Old Marm, as it was"],
    ],
)
def test_an_exempt_provider_is_found_in_running_text(desk, lines):
    marked(desk, "provider")
    assert "shows provider of Quokka nursing" in exempt_shown(desk, pdf(*lines))[0]


def test_a_provider_who_stands_in_public_for_something_else_is_a_secret_only_beside_the_agreement(desk):
    uid = marked(desk, "provider")
    provider = desk.load_some("agreement", [uid])[uid]["provider"]
    other = created("agreement", {"reference": "CON-0043", "title": "Wallaby care", "provider": provider})
    desk.apply(Action.EDIT, "Another", [other])
    assert not exempt_shown(desk, pdf("Marmalade Holdings Ltd looks after wallabies"))
    assert exempt_shown(desk, pdf("Marmalade Holdings Ltd does the quokka nursing too"))


def test_a_passage_of_an_exempt_text_is_found_though_it_is_not_quoted_whole(desk):
    marked(desk, "comments", comments=f"Opened in May. {WHY}. Ask again.")
    assert exempt_shown(desk, pdf("Note: marmalade holdings asked us to keep its", "price to itself until spring!"))
    assert not exempt_shown(desk, pdf("Opened in May"))


def test_an_agreement_that_is_exempt_whole_is_not_named_anywhere(desk):
    marked(desk, None)
    found = exempt_shown(desk, pdf("A finding about quokka nursing"))
    assert found == [
        "Page 1 of the public edition shows the agreement CON-0042, which is marked as not for publication"
    ]


def test_what_the_service_of_an_exempt_agreement_costs_is_the_exempt_sum_itself(desk):
    uid, price = NURSING, 120_000_00
    sold = pdf(f"Somebody pays £{price // 100:,}")
    agreement = marked(desk, "annual_value", annual_value=price)
    assert not exempt_shown(desk, sold), "another service costs the same"
    before = desk.load_some("agreement", [agreement])[agreement]
    save_record(desk, "agreement", agreement, before, {"activities": (uid,)})
    assert exempt_shown(desk, sold)
    assert exempt_shown(desk, pdf("School nursing costs £120k a year"))


def test_what_an_exempt_sum_has_become_is_looked_for_as_well(desk):
    uid = marked(desk, "annual_value", annual_value=642_800_00)
    uplift = {"agreement": uid, "what": "uplift by per cent", "from_date": date(2026, 4, 1), "percent": Decimal("2.10")}
    desk.apply(Action.EDIT, "An uplift", [created("variation", uplift)])
    assert "what Quokka nursing comes to" in exempt_shown(desk, pdf("Somebody pays £656,298.80"))[0]


def test_a_name_that_begins_as_an_exempt_agreement_is_called_may_stand(desk):
    marked(desk, None)
    other = created("agreement", {"reference": "CON-0043", "title": "Quokka nursing from 2026"})
    desk.apply(Action.EDIT, "Another", [other])
    assert not exempt_shown(desk, pdf("Quokka nursing from 2026 begins in April"))
    assert exempt_shown(desk, pdf("Quokka nursing ends and Quokka nursing from 2026 begins"))


def test_the_items_on_whose_pages_it_stands_are_named(desk, tmp_path):
    marked(desk, "annual_value", annual_value=642_800_00)
    path = tmp_path / "paper.pdf"
    path.write_bytes(strangers.plain("Nothing", "Somebody pays £642,800"))
    pack = new_pack(desk, "Partnership Board", JUNE)
    add_outside(desk, pack, path)
    with pytest.raises(ExemptShown, match=r"^Page 4 of the public edition \(item 1\) shows annual value"):
        issue(desk, pack, THEN)


def test_every_place_is_told_with_its_pages(desk):
    marked(desk, "provider", "end", end=date(2027, 3, 31))
    content = strangers.plain("MarmCo", "Nothing", "Quokka nursing until 31 March 2027, Old Marm")
    found = exempt_shown(desk, content)
    assert [words.split(" of the public")[0] for words in found] == ["Pages 1 and 3", "Page 3"]


def hidden(name):
    def put(opened: pikepdf.Pdf) -> None:
        page = opened.pages[0]
        if name == "properties":
            opened.docinfo["/Subject"] = "Quokka nursing"
        elif name == "bookmarks":
            with opened.open_outline() as outline:
                outline.root.append(pikepdf.OutlineItem("Quokka nursing", 0))
        elif name == "mark":
            drawn = b"/Span <</ActualText (Quokka nursing)>> BDC BT ET EMC"
            page.contents_add(opened.make_stream(drawn))
        elif name == "link":
            page.obj.Annots[0].A.URI = pikepdf.String("https://example.org/quokka-nursing")
        else:
            figure = pikepdf.Dictionary(S=pikepdf.Name.Figure, Pg=page.obj, Alt=pikepdf.String("Bars: quokka nursing"))
            opened.Root.StructTreeRoot = pikepdf.Dictionary(K=pikepdf.Array([figure]))

    return put


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("properties", "The properties"),
        ("bookmarks", "The bookmarks"),
        ("mark", "The hidden words of page 1"),
        ("link", "The hidden words of page 1"),
        ("alt", "The hidden words of page 1"),
    ],
)
def test_what_is_not_seen_is_read_as_well(desk, place, said):
    marked(desk, None)
    content = strangers.altered(strangers.plain("Nothing to see"), hidden(place))
    assert exempt_shown(desk, content)[0].startswith(f"{said} of the public edition")
    assert not exempt_shown(desk, strangers.plain("Nothing to see"))


def test_commentary_that_names_an_exempt_provider_keeps_the_pack_from_being_issued_until_it_is_settled(desk):
    marked(desk, "provider")
    other = created("agreement", {"reference": "CON-0050", "title": "Wombat school"})
    review = created(
        "review",
        {
            "agreement": other.uid,
            "held_on": date(2026, 5, 1),
            "what": "visit",
            "findings": "Marmalade Holdings was slow",
        },
    )
    desk.apply(Action.EDIT, "A review", [other, review])
    pack = new_pack(desk, "Partnership Board", JUNE)
    add_report(desk, pack, "contract", {"agreement": "CON-0050"})
    with pytest.raises(ExemptShown) as refused:
        issue(desk, pack, THEN)
    assert len(refused.value.found) == 1
    assert "provider of Quokka nursing" in str(refused.value)
    assert not desk.load_some("pack", [pack])[pack]["issued_on"]
    before = desk.load_some("review", [review.uid])[review.uid]
    save_record(desk, "review", review.uid, before, {"findings": "The provider was slow"})
    issue(desk, pack, THEN)


def test_our_own_public_reports_hold_nothing_that_the_guard_would_find(desk):
    marked(desk, "total_value", "provider", "end", total_value=1_234_500_00, end=date(2027, 3, 31))
    pack = new_pack(desk, "Partnership Board", JUNE)
    for report, chosen in (("contract", {"agreement": "CON-0042"}), ("register", {}), ("calendar", {})):
        add_report(desk, pack, report, chosen)
    add_report(desk, pack, "contract", {"agreement": "CON-0042"}, exempt="3")
    assert exempt_shown(desk, draft(desk, pack, Edition.PUBLIC, THEN).content) == []
    assert exempt_shown(desk, draft(desk, pack, Edition.RESTRICTED, THEN).content)


def test_the_command_tells_every_place_before_it_refuses(desk, tmp_path, capsys):
    marked(desk, "provider", "end", end=date(2027, 3, 31))
    path = tmp_path / "paper.pdf"
    path.write_bytes(strangers.plain("MarmCo", "Quokka nursing until 31 March 2027, Old Marm"))
    add_outside(desk, new_pack(desk, "Partnership Board", JUNE, name="June"), path)
    desk.workspace.close()
    where = ["pack", str(desk.workspace.path), "June", "--to", str(tmp_path / "out")]
    assert run(where) == 2
    said = capsys.readouterr().err
    assert "show provider of Quokka nursing" in said
    assert "end date of Quokka nursing" in said
    assert run([*where, "--even-so"]) == 1


def test_a_question_names_the_first_places_and_how_many_more_there_are():
    assert ExemptShown(["One", "Two", "Three"]).summary(2) == ["One.", "Two.", "And 1 more."]
    assert ExemptShown(["One", "Two"]).summary(2) == ["One.", "Two."]
