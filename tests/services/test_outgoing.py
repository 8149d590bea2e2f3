"""Nothing of another agency leaves in a workbook, and any file can be looked through by itself."""

import json
import re
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from ctdesk.cli import run
from ctdesk.domain.changes import Action, updated
from ctdesk.domain.errors import DeskError
from ctdesk.domain.outgoing import Concern, GivesAway, Remark, places_in
from ctdesk.services import sending
from ctdesk.services.desk import Desk
from ctdesk.services.exporting import write_text
from ctdesk.services.inspecting import inspect_file
from ctdesk.services.packs import add_outside, new_pack
from ctdesk.services.preview import Paper, in_words, save_paper
from ctdesk.services.reporting import print_baseline
from ctdesk.services.rounds import start_round
from tests.reports import strangers
from tests.services.returned_books import AS_AT, DUE, send_round
from tests.services.small_borough import COUNCIL, HOSPITAL, NURSING

NHS_NUMBER = "943 476 5919"


def test_what_is_sent_gives_nothing_away(desk: Desk, tmp_path: Path) -> None:
    for sent in send_round(desk, tmp_path / "sent").values():
        assert sent.remarks == ()
        assert inspect_file(sent.workbook) == []
        assert inspect_file(sent.message) == []


def test_a_row_of_another_agency_stops_the_sending(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start_round(desk, "Baseline", AS_AT, DUE)
    stranger, make = sending._rows_by_agency(desk)[HOSPITAL][0], sending.request_book

    def mixed_up(at: Desk, request, issue: int, rows):
        return make(at, request, issue, [*rows, stranger] if request.agency_uid == COUNCIL else rows)

    monkeypatch.setattr(sending, "request_book", mixed_up)
    with pytest.raises(GivesAway, match="another agency’s row"):
        sending.send(desk, "Baseline", tmp_path / "sent")
    assert list((tmp_path / "sent").iterdir()) == []
    assert {values["state"] for values in desk.load("request").values()} == {"not sent"}


def test_personal_data_in_what_is_sent_is_named_with_its_cell(desk: Desk, tmp_path: Path) -> None:
    held = desk.load("activity")[NURSING]
    change = updated("activity", NURSING, held, {"comments": f"ask about {NHS_NUMBER}"})
    assert change is not None
    desk.apply(Action.EDIT, "Note", [change])
    (remark,) = send_round(desk, tmp_path / "sent")[COUNCIL].remarks
    assert remark.concern is Concern.PERSONAL
    assert remark.where.startswith("Activity!")
    assert NHS_NUMBER not in remark.words


def test_the_command_says_once_what_a_sent_workbook_seems_to_hold(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start_round(desk, "Baseline", AS_AT, DUE)
    change = updated("activity", NURSING, desk.load("activity")[NURSING], {"comments": f"ask about {NHS_NUMBER}"})
    assert change is not None
    desk.apply(Action.EDIT, "Note", [change])
    desk.workspace.close()
    assert run(["send", str(desk.workspace.path), "--round", "Baseline", "--to", str(tmp_path / "sent")]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "seems to hold an NHS number" in line]
    assert len(said) == 1


def test_a_report_gives_nothing_away_but_the_trust(desk: Desk, tmp_path: Path) -> None:
    send_round(desk, tmp_path / "sent")
    print_baseline(desk, tmp_path / "report.pdf")
    assert inspect_file(tmp_path / "report.pdf") == []


def test_a_text_is_looked_through_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text(f"Dear all\nsee /home/sam/list.xlsx\nand {NHS_NUMBER}\n", encoding="utf-8")
    assert [(remark.concern, remark.where) for remark in inspect_file(path)] == [
        (Concern.TYPED_PLACE, "line 2"),
        (Concern.PERSONAL, "line 3"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("absent.xlsx", None, "no file"),
        ("picture.png", b"x", "cannot be looked through"),
        ("broken.xlsx", b"PK\x03\x04", "cut short"),
        ("broken.pdf", b"no pdf", "not a PDF"),
    ],
)
def test_what_cannot_be_looked_through_is_said_in_a_sentence(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DeskError, match=said) as fault:
        inspect_file(tmp_path / name)
    assert str(fault.value).endswith(".")


def test_the_command_says_what_it_found_and_how_much(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Title\n=1+1\n", encoding="utf-8")
    assert run(["inspect", str(path)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "list.csv: 1 remark."
    assert run(["inspect", str(path), "--json"]) == 1
    (remark,) = json.loads(capsys.readouterr().out)["remarks"]
    assert (remark["concern"], remark["where"]) == ("a formula", "line 2, column 1")
    path.write_text("Title\nplain\n", encoding="utf-8")
    assert run(["inspect", str(path)]) == 0


@pytest.mark.parametrize("text", [r"C:\Users\sam\x", r"\\server\share", "/home/sam/x", "file:///x", "see D:\\data"])
def test_places_of_files_are_known(text: str) -> None:
    assert [remark.concern for remark in places_in("here", text)] == [Concern.PLACE]


@pytest.mark.parametrize("text", ["and/or", "2026/27", "0-5/var", "a:b", "www.example.org/home/x"])
def test_other_strokes_are_no_places(text: str) -> None:
    assert list(places_in("here", text)) == []


def test_a_refusal_counts_what_else_there_is(tmp_path: Path) -> None:
    one = Remark(Concern.LINK, "A1", "it leads out")
    assert "(and 1 more)" in str(GivesAway(tmp_path / "x", [one, replace(one, where="A2")]))


def test_a_printed_paper_is_looked_through_page_by_page_before_it_is_saved(tmp_path: Path) -> None:
    paper = Paper("Letter", strangers.plain("Dear all", f"as to {NHS_NUMBER} see S:\\Lists\\all.xlsx"))
    found = [it for it in save_paper(paper, tmp_path / "letter.pdf") if it.concern is not Concern.TYPED_LINK]
    assert [(it.concern, it.where) for it in found] == [(Concern.TYPED_PLACE, "page 2"), (Concern.PERSONAL, "page 2")]
    assert "page 2" in in_words(found)


def test_a_printed_paper_that_leads_somewhere_is_not_saved(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(strangers.plain("Press here"))) as document:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="file://server/lists/all.xlsx")
        document.save(tmp_path / "there.pdf")
    paper = Paper("Letter", (tmp_path / "there.pdf").read_bytes())
    with pytest.raises(GivesAway, match="a link to outside"):
        save_paper(paper, tmp_path / "letter.pdf")
    assert not (tmp_path / "letter.pdf").exists()


def test_a_pack_is_looked_through_before_it_is_written(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = new_pack(desk, "Board", date(2026, 6, 25))
    minutes = tmp_path / "minutes.pdf"
    minutes.write_bytes(strangers.plain(f"Decision about {NHS_NUMBER}"))
    add_outside(desk, pack, minutes, "Minutes")
    path, name = desk.workspace.path, desk.load("pack")[pack]["name"]
    desk.workspace.changed = False
    desk.workspace.close()
    assert run(["pack", str(path), str(name), "--draft", "--edition", "public", "--to", str(tmp_path / "out")]) == 0
    assert re.search(r"page \d: it seems to hold an NHS number", capsys.readouterr().out)


def test_a_calendar_that_leads_somewhere_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "dates.ics"
    with pytest.raises(GivesAway, match="it leads to ATTACH"):
        write_text(path, "BEGIN:VCALENDAR\r\nATTACH:https://example.org/x\r\nEND:VCALENDAR\r\n")
    assert not path.exists()
    assert [it.concern for it in write_text(path, f"BEGIN:VCALENDAR\r\nSUMMARY:{NHS_NUMBER}\r\nEND:VCALENDAR\r\n")] == [
        Concern.PERSONAL
    ]


def test_a_message_names_what_it_carries_and_what_it_says(tmp_path: Path) -> None:
    message = EmailMessage()
    message["To"] = "team@example.org"
    message.set_content(f"Here it is\n{NHS_NUMBER}\n")
    message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="list.xlsx")
    path = tmp_path / "message.eml"
    path.write_bytes(bytes(message))
    assert [(it.concern, it.where) for it in inspect_file(path)] == [
        (Concern.HIDDEN, "the message"),
        (Concern.PERSONAL, "line 2"),
    ]
    assert run(["inspect", str(path)]) == 1
