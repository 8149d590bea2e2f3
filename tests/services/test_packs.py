"""Packs in the workspace: put together, issued so that they stay as printed, and copied to the next meeting."""

import json
from datetime import date, datetime
from io import BytesIO

import pikepdf
import pytest
from ctdesk.cli import run
from ctdesk.domain.changes import Action, created
from ctdesk.domain.errors import DeskError
from ctdesk.domain.pack import Edition
from ctdesk.services.desk import at_desk
from ctdesk.services.exempt_guard import exempt_shown
from ctdesk.services.logo import keep_logo, logo, take_logo_away
from ctdesk.services.pack_definition import define_pack
from ctdesk.services.pack_issue import draft, issue, issued, open_again
from ctdesk.services.packs import (
    add_item,
    add_outside,
    add_report,
    copy_pack,
    give_paper,
    items_of,
    move_item,
    new_pack,
    packs,
)
from ctdesk.services.past import past, undo
from ctdesk.services.records import save_record
from ctdesk.services.rounds import start_round
from PIL import Image
from pypdf import PdfReader
from tests.reports import strangers
from tests.reports.structure import faults

JUNE, SEPTEMBER = date(2026, 6, 25), date(2026, 9, 24)
THEN, LATER = datetime(2026, 6, 15, 9, 20), datetime(2026, 9, 14, 8, 0)  # noqa: DTZ001 - the office's own clock


@pytest.fixture
def minutes(tmp_path):
    path = tmp_path / "minutes of march.pdf"
    path.write_bytes(strangers.plain("Minutes page one", "Minutes page two"))
    return path


@pytest.fixture
def pack(desk, minutes) -> str:
    """A pack with an outside paper, a report, an exempt item and one without a paper."""
    start_round(desk, "Baseline 2026", date(2026, 3, 31), date(2026, 5, 15), [])
    uid = new_pack(desk, "Partnership Board", JUNE, more={"time": "14:00", "venue": "Room 2", "contact": "The team"})
    add_item(desk, uid, "Welcome", lead="Chair")
    add_outside(desk, uid, minutes, "Minutes", purpose="To note")
    add_report(desk, uid, "baseline", {"round": "Baseline 2026"}, "What we commission", late="counted late")
    add_outside(desk, uid, minutes, "Secret prices", exempt="3")
    return uid


def text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)


def titles(desk, pack) -> list[str]:
    return [str(item.values["title"]) for item in items_of(desk, pack)]


def test_a_pack_is_listed_with_its_meeting(desk, pack):
    (line,) = packs(desk)
    assert (line.name, line.board, line.held_on, line.items) == (
        "Partnership Board 25/06/2026",
        "Partnership Board",
        JUNE,
        4,
    )
    assert line.issued_on is None
    assert [item.paper for item in items_of(desk, pack)] == [
        "No paper", "Outside PDF, minutes of march.pdf", "Baseline report", "Outside PDF, minutes of march.pdf",
    ]  # fmt: skip


def test_items_are_moved_within_the_agenda(desk, pack):
    items = items_of(desk, pack)
    move_item(desk, items[2].uid, -1)
    assert titles(desk, pack) == ["Welcome", "What we commission", "Minutes", "Secret prices"]
    move_item(desk, items[0].uid, -1)
    move_item(desk, items[3].uid, 1)
    assert titles(desk, pack) == ["Welcome", "What we commission", "Minutes", "Secret prices"]


def test_a_draft_is_of_now_and_an_issued_pack_of_then(desk, pack):
    before = text(draft(desk, pack, Edition.PUBLIC, THEN).content)
    assert "What we commission" in before
    assert "Figures fixed at 15/06/2026 09:20" in before
    assert "Secret" not in before
    issue(desk, pack, THEN)
    kept = {edition: issued(desk, pack, edition) for edition in Edition}
    assert {edition: issued(desk, pack, edition) for edition in Edition} == kept
    assert "Secret prices" in text(kept[Edition.RESTRICTED])
    assert "Secret" not in text(kept[Edition.PUBLIC])


def test_an_issued_pack_stands_until_it_is_opened_again(desk, pack):
    issue(desk, pack, THEN)
    with pytest.raises(DeskError, match="has been issued"):
        add_item(desk, pack, "One more")
    with pytest.raises(DeskError, match="issued already"):
        issue(desk, pack, LATER)
    first = issued(desk, pack, Edition.PUBLIC)
    open_again(desk, pack)
    with pytest.raises(DeskError, match="not been issued yet"):
        issued(desk, pack, Edition.PUBLIC)
    issue(desk, pack, LATER)
    assert "14/09/2026" in text(issued(desk, pack, Edition.PUBLIC))
    assert issued(desk, pack, Edition.PUBLIC) != first


def test_the_next_meeting_begins_with_a_copy(desk, pack):
    issue(desk, pack, THEN)
    new = copy_pack(desk, pack, SEPTEMBER)
    assert titles(desk, new) == titles(desk, pack)
    assert [item.paper for item in items_of(desk, new)] == ["No paper", "No paper", "Baseline report", "No paper"]
    assert not any(item.values["late"] for item in items_of(desk, new))
    (meeting,) = desk.load("board_meeting", held_on=SEPTEMBER).values()
    assert (meeting["board"], meeting["venue"]) == ("Partnership Board", "Room 2")


def test_the_next_pack_tells_what_has_changed(desk, pack):
    issue(desk, pack, THEN)
    new = copy_pack(desk, pack, SEPTEMBER)
    before = desk.load_some("activity", ["u-nursing"])["u-nursing"]
    save_record(desk, "activity", "u-nursing", before, {"annual_value": int(before["annual_value"]) + 100_000_00})
    said = text(draft(desk, new, Edition.PUBLIC, LATER).content)
    assert "What has changed since the last meeting" in said
    assert "Annual value of activities" in said
    assert "% up" in said
    assert "What has changed" not in text(issued(desk, pack, Edition.PUBLIC))


def test_what_changed_of_agreements_and_actions_is_told_as_well(desk, pack):
    issue(desk, pack, THEN)
    new = copy_pack(desk, pack, SEPTEMBER)
    terms = {"signed": True, "start": date(2026, 1, 1), "end": date(2030, 12, 31), "annual_value": 250_000_00}
    made = created("agreement", {"reference": "CON-9", "title": "Echidna care", **terms})
    late = created("action", {"agreement": made.uid, "title": "Plan", "due": date(2026, 7, 1), "state": "open"})
    desk.apply(Action.EDIT, "An agreement", [made, late])
    said = text(draft(desk, new, Edition.PUBLIC, LATER).content)
    assert "Yearly value of agreements in force" in said
    assert "Actions late" in said


def test_however_long_it_takes_two_builds_are_the_same_bytes(desk, pack, monkeypatch):
    first = draft(desk, pack, Edition.PUBLIC, THEN).content
    moments = iter(datetime(2027, 1, day, 23, 59) for day in range(1, 29))  # noqa: DTZ001 - the office's own clock
    monkeypatch.setattr("ctdesk.domain.clock.datetime", type("Later", (), {"now": lambda: next(moments)}))
    again = draft(desk, pack, Edition.PUBLIC, THEN).content
    assert first == again
    assert "Printed 15/06/2026 09:20" in text(again)


def test_an_item_is_given_its_paper_later(desk, pack, minutes):
    first = items_of(desk, pack)[0]
    give_paper(desk, first.uid, minutes)
    assert items_of(desk, pack)[0].paper == "Outside PDF, minutes of march.pdf"


def test_what_cannot_go_into_a_pack_is_not_taken_in(desk, pack, tmp_path):
    path = tmp_path / "locked.pdf"
    path.write_bytes(strangers.locked(strangers.plain("x"), "secret"))
    with pytest.raises(DeskError, match=r"locked\.pdf is protected by a password"):
        add_outside(desk, pack, path)
    with pytest.raises(DeskError, match="knows no choice “colour”"):
        add_report(desk, pack, "baseline", {"colour": "red"})
    with pytest.raises(DeskError, match="no report “weather”"):
        add_report(desk, pack, "weather", {})
    with pytest.raises(DeskError, match="give this one another name"):
        new_pack(desk, "Partnership Board", JUNE)
    assert len(items_of(desk, pack)) == 4


DEFINITION = {
    "name": "June board",
    "board": "Partnership Board",
    "date": "25/06/2026",
    "venue": "Room 2",
    "items": [
        {"title": "Minutes", "file": "minutes of march.pdf", "purpose": "To note"},
        {"title": "Prices", "file": "minutes of march.pdf", "exempt": "3", "public_title": "An exempt item"},
        {"title": "Everything", "report": "baseline", "appendix": True},
    ],
}


@pytest.fixture
def written(tmp_path, minutes):
    path = tmp_path / "june.json"
    path.write_text(json.dumps(DEFINITION), encoding="utf-8")
    return path


def test_a_pack_is_defined_by_a_file_and_defined_again(desk, written):
    uid = define_pack(desk, written)
    assert define_pack(desk, written) == uid
    assert titles(desk, uid) == ["Minutes", "Prices", "Everything"]
    assert [line.title for line in past(desk)[:2]] == ["Agenda of June board", "New pack June board"]
    for step in past(desk)[:2]:
        undo(desk, str(step.number))
    assert packs(desk) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date": "soon"}, "The date of the meeting, “soon”"),
        ({"items": [{"title": ""}]}, "Item 1 of the pack has no title"),
        ({"items": [{"title": "A", "colour": "red"}]}, "Item 1 of the pack has no “colour”"),
        ({"items": [{"title": "A", "report": "baseline", "file": "x.pdf"}]}, "both a report and a file"),
        ({"items": [{"title": "A", "file": "nowhere.pdf"}]}, "nowhere.pdf cannot be read"),
        (
            {"items": [{"title": "A", "report": "map", "choices": ["rows"]}]},
            "The choices of item 1 of the pack are named",
        ),
        ({"colour": "red"}, "A pack has no “colour”"),
        (
            {"items": [{"title": "Prices", "exempt": "9"}]},
            "^Item 1, Prices: Exempt under “9” is none of: 1, 2, .*, 7.$",
        ),
        ({"items": [{"title": "A", "purpose": "To sleep"}]}, "^Item 1, A: For “To sleep” is none of: To decide,"),
        (
            {"items": [{"title": "Map", "report": "map", "choices": {"rows": "zzz"}}]},
            "^Item 1, Map: “zzz” is no dimension of the service map; choose one of outcome,",
        ),
        (
            {"items": [{"title": "Map", "report": "map", "choices": {"rows": "tier"}}]},
            "^Item 1, Map: Rows and columns are the same",
        ),
        (
            {"items": [{"title": "A", "report": "baseline", "choices": {"round": "x"}}]},
            "^Item 1, A: There is no round “x”",
        ),
        (
            {"items": [{"title": "A", "report": "baseline", "choices": {"agency": "x"}}]},
            "^Item 1, A: There is no agency “x”",
        ),
        ({"items": [{"title": "A", "report": "provider", "choices": {"provider": "x"}}]}, "^Item 1, A: .*“x”"),
        ({"items": [{"title": "A", "report": "contract", "choices": {"agreement": "x"}}]}, "^Item 1, A: .*“x”"),
        (
            {"items": [{"title": "A", "report": "monitoring", "choices": {"period": "x"}}]},
            "^Item 1, A: “x” is not a period",
        ),
    ],
)
def test_what_is_wrong_with_a_definition_is_said_and_nothing_made(desk, written, change, said):
    written.write_text(json.dumps({**DEFINITION, **change}), encoding="utf-8")
    with pytest.raises(DeskError, match=said):
        define_pack(desk, written)
    assert packs(desk) == []


def test_the_commands_define_issue_and_write_the_same_bytes_again(desk, written, tmp_path, capsys):
    start_round(desk, "Baseline 2026", date(2026, 3, 31), date(2026, 5, 15), [])
    path = str(desk.workspace.path)
    desk.workspace.close()
    assert run(["pack-define", path, str(written)]) == 0
    assert run(["pack", path, "June board", "--to", str(tmp_path / "one")]) == 0
    assert run(["pack", path, "June board", "--to", str(tmp_path / "two")]) == 0
    assert run(["pack-copy", path, "June board", "--date", "24/09/2026"]) == 0
    capsys.readouterr()
    assert run(["packs", path, "--json"]) == 0
    assert [line["items"] for line in json.loads(capsys.readouterr().out)] == [3, 3]
    names = ["June board, public edition.pdf", "June board, restricted edition.pdf"]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert run(["pack", path, "June board", "--to", str(tmp_path / "draft"), "--draft", "--edition", "public"]) == 0
    assert [found.name for found in (tmp_path / "draft").iterdir()] == names[:1]
    assert run(["pack", path, "June board", "--to", str(tmp_path / "one"), "--again"]) == 0
    assert run(["pack", path, "Nobody’s board", "--to", str(tmp_path)]) == 2
    with at_desk(desk.workspace.path) as again:
        assert len(packs(again)) == 2


def agreement(desk, **marks) -> str:
    values = {"reference": "CON-0042", "title": "Quokka nursing", "provider": "u-bridge", "annual_value": 4_321_000_00}
    made = created("agreement", {**values, "total_value": 8_765_000_00 if "total_value" in marks["items"] else None})
    other = created("agreement", {"reference": "CON-0050", "title": "Something else", "annual_value": 8_765_000_00})
    exempt = [
        created("exempt_mark", {"agreement": made.uid, "paragraph": "3", "item": item}) for item in marks["items"]
    ]
    desk.apply(Action.EDIT, "An agreement", [made, other, *exempt])
    return made.uid


@pytest.mark.parametrize(
    ("items", "line", "said"),
    [
        ([None], "About CON-0042", "Page 3 of the public edition .item 1. shows the agreement CON-0042"),
        (["annual_value"], "Quokka nursing costs £4,321,000", "shows .* of Quokka nursing"),
        (["annual_value"], "Quokka nursing costs money", ""),
        (["annual_value"], "Something costs £4,321,000", "shows .* of Quokka nursing"),
        (["annual_value"], "Something else costs £8,765,000", ""),
        (["annual_value"], "Quokka nursing costs £8,765,000", ""),
        (["total_value"], "Something else costs £8,765,000", ""),
        (["total_value"], "Quokka nursing costs £8,765,000", "shows .* of Quokka nursing"),
        ([], "CON-0042, Quokka nursing, £4,321,000", ""),
    ],
)
def test_what_is_marked_exempt_of_an_agreement_keeps_a_pack_from_being_issued(desk, tmp_path, items, line, said):
    agreement(desk, items=items)
    path = tmp_path / "paper.pdf"
    path.write_bytes(strangers.plain(line))
    pack = new_pack(desk, "Partnership Board", JUNE)
    item = add_outside(desk, pack, path)
    assert bool(exempt_shown(desk, draft(desk, pack, Edition.PUBLIC, THEN).content)) == bool(said)
    if not said:
        return
    with pytest.raises(DeskError, match=said):
        issue(desk, pack, THEN)
    before = desk.load_some("pack_item", [item])[item]
    save_record(desk, "pack_item", item, before, {"exempt": "3", "title": "An item"})
    issue(desk, pack, THEN)


def test_a_report_says_which_choice_it_cannot_do_without(desk):
    pack = new_pack(desk, "Partnership Board", JUNE)
    add_report(desk, pack, "contract", {})
    with pytest.raises(DeskError, match=r"^Item 1, .*: The contract report needs a choice of agreement"):
        draft(desk, pack, Edition.PUBLIC, THEN)


def test_a_draft_that_shows_what_is_exempt_is_written_with_a_warning(desk, tmp_path, capsys):
    agreement(desk, items=[None])
    path = tmp_path / "paper.pdf"
    path.write_bytes(strangers.plain("About CON-0042"))
    add_outside(desk, new_pack(desk, "Partnership Board", JUNE, name="June"), path)
    desk.workspace.close()
    where = ["pack", str(desk.workspace.path), "June", "--to", str(tmp_path / "out")]
    assert run([*where, "--draft"]) == 1
    assert "shows the agreement CON-0042" in capsys.readouterr().err
    assert run(where) == 2
    assert run([*where, "--even-so"]) == 1


def picture(path, size=(120, 40), kind="PNG"):
    Image.new("RGB", size, (18, 66, 95)).save(path, kind)
    return path


def test_the_logo_stands_on_the_cover(desk, pack, tmp_path):
    keep_logo(desk, picture(tmp_path / "logo.png"))
    keep_logo(desk, picture(tmp_path / "logo.jpg", kind="JPEG"))
    with pikepdf.open(BytesIO(draft(desk, pack, Edition.PUBLIC, THEN).content)) as pdf:
        assert len(pdf.pages[0].get_images()) == 1
        assert faults(pdf) == []
    take_logo_away(desk)
    assert logo(desk) == b""


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"GIF89a", "neither a PNG nor a JPEG"), (b"\xff\xd8\xff broken", "damaged picture"), (None, "too small")],
)
def test_a_picture_that_cannot_be_a_logo_is_refused(desk, tmp_path, content, said):
    path = tmp_path / "logo.png"
    if content is None:
        picture(path, (8, 8))
    else:
        path.write_bytes(content)
    with pytest.raises(DeskError, match=said):
        keep_logo(desk, path)
    assert logo(desk) == b""
