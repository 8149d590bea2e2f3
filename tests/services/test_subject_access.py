"""Who asks what is held about them gets every place that names them, now and in the history."""

import re
from pathlib import Path

import pytest
from ctdesk.cli import run
from ctdesk.domain.cancelling import Cancelled, Cancelling
from ctdesk.domain.changes import Action, created, updated
from ctdesk.domain.errors import DeskError
from ctdesk.returns.reader import read_book
from ctdesk.services.desk import Desk
from ctdesk.services.documents import keep_document
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.subject_access import Part, held_about, names_typed, work_contacts, write_held
from tests.reports import strangers
from tests.services.returned_books import answer, send_round
from tests.services.small_borough import COUNCIL, NURSING

NAME, MAIL = "Ellen Example", "ellen@example.org"


@pytest.fixture
def named(desk: Desk) -> Desk:
    contact = created("contact", {"agency": COUNCIL, "role": "Manager", "name": NAME, "email": MAIL})
    held = desk.load("activity")[NURSING]
    note = updated("activity", NURSING, held, {"comments": f"ask {NAME.upper()} first"})
    assert note is not None
    desk.apply(Action.EDIT, "Who to ask", [contact, note])
    gone = updated("activity", NURSING, desk.load("activity")[NURSING], {"comments": "ask the team"})
    assert gone is not None
    desk.apply(Action.EDIT, f"As {NAME} asked", [gone])
    return desk


def test_every_place_is_found_now_and_in_the_history(named: Desk) -> None:
    found = held_about(named, [NAME, MAIL]).lines
    now = [(record, field) for where, record, field, _ in found if where == "Now"]
    assert now == [("Contact: Manager", "Name"), ("Contact: Manager", "E-mail")]
    then = [(record, field) for where, record, field, _ in found if where != "Now"]
    assert ("Activity", "Comments (after)") in then
    assert ("Activity", "Comments (before)") in then
    assert ("The step itself", "Title") in then


def test_a_name_in_a_returned_workbook_is_found_with_file_sheet_and_cell(named: Desk, tmp_path: Path) -> None:
    sent = send_round(named, tmp_path / "sent")[COUNCIL]
    returned = answer(named, sent, [("Activity", "AC-001", "Comments", "Olive Other will call")])
    receive(named, returned, Wishes(apply=True))
    found = [line for line in held_about(named, ["olive other"]).lines if line[0].startswith("Kept file")]
    (file,) = [line for line in found if line[0] == "Kept file, return"]
    assert file[1] == returned.name
    assert re.fullmatch(r"Activity![A-Z]+\d+", file[2])
    assert file[3] == "Olive Other will call"
    rows = [line for line in found if line[0] == "Kept file, rows as last agreed"]
    assert [(it[1], it[3]) for it in rows] == [("rows as last agreed of Alder Council", "Olive Other will call")]


def test_a_name_in_a_kept_paper_is_found_and_what_cannot_be_read_is_named(named: Desk, tmp_path: Path) -> None:
    agreement = created("agreement", {"reference": "CON-1", "title": "Talk", "agency": COUNCIL})
    named.apply(Action.EDIT, "Add", [agreement])
    paper, other = tmp_path / "terms.pdf", tmp_path / "scan.docx"
    paper.write_bytes(strangers.plain("Signed by Olive Other"))
    other.write_bytes(b"PK")
    for path in (paper, other):
        keep_document(named, agreement.uid, path)
    found = [line[1:] for line in held_about(named, ["Olive Other"]).lines if line[0].startswith("Kept file")]
    assert ("terms.pdf", "page 1", "Signed by Olive Other") in found
    assert ("scan.docx", "Not looked into", "Only its name was looked at: open it and look through it.") in found


def test_places_are_counted_by_part_and_kind_and_files_to_look_through_apart(named: Desk, tmp_path: Path) -> None:
    agreement = created("agreement", {"reference": "CON-1", "title": "Talk", "agency": COUNCIL})
    named.apply(Action.EDIT, "Add", [agreement])
    scan = tmp_path / "scan.docx"
    scan.write_bytes(b"PK")
    keep_document(named, agreement.uid, scan)
    told = []
    held = held_about(named, names_typed(f"{NAME}; {MAIL};"), lambda done, of: told.append((done, of)))
    assert held.names == (NAME, MAIL)
    counts = {(part, kind): count for part, kind, count in held.counts()}
    assert counts[Part.NOW, "Contacts"] == 2
    assert counts[Part.HISTORY, "Activities"] == 2
    assert counts[Part.FILES, "Not looked into"] == held.not_looked_into == 1
    assert held.places == sum(counts.values()) - 1
    steps, files = told[:-1], told[-1]
    assert steps == [(at, len(steps)) for at in range(1, len(steps) + 1)]
    assert files == (1, 1)


@pytest.mark.parametrize("written", ["Zoë O’Neill", "ZOE O'NEILL", "zoë  o'neill"])
def test_accents_capitals_and_apostrophes_do_not_hide_a_name(named: Desk, written: str) -> None:
    held = named.load("activity")[NURSING]
    note = updated("activity", NURSING, held, {"comments": "Zoe\u0308 O'Neill will call"})
    assert note is not None
    named.apply(Action.EDIT, "Who calls", [note])
    assert held_about(named, [written]).lines[0] == (
        "Now",
        "Activity: School nursing",
        "Comments",
        "Zoe\u0308 O'Neill will call",
    )


def test_a_search_is_called_off_between_two_steps(named: Desk) -> None:
    person = Cancelling()
    with person.in_force(), pytest.raises(Cancelled):
        held_about(named, [NAME], lambda _done, _of: (person.cancel(), person.heed()))


def test_a_contact_is_picked_by_name_role_and_agency_with_all_that_names_it(named: Desk) -> None:
    nameless = created("contact", {"agency": COUNCIL, "role": "Clerk"})
    named.apply(Action.EDIT, "Add", [nameless])
    assert [(it.words, it.names) for it in work_contacts(named)] == [
        (f"{NAME}, Manager, Alder Council", f"{NAME}; {MAIL}")
    ]


def test_somebody_who_is_not_named_gets_an_empty_table(named: Desk, tmp_path: Path) -> None:
    held = held_about(named, ["Nobody Known"])
    write_held(named, held, tmp_path / "out.xlsx")
    assert held.places == 0
    assert len(read_book(tmp_path / "out.xlsx").sheets[0].rows) == 1


@pytest.mark.parametrize("names", [[], [""], ["ab"]])
def test_a_text_that_tells_nobody_is_refused(named: Desk, names: list[str]) -> None:
    with pytest.raises(DeskError, match="at least 3"):
        held_about(named, names)


def test_the_command_writes_the_file(named: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = named.workspace.path
    named.workspace.changed = False
    named.workspace.close()
    assert run(["subject-access", str(path), NAME, "--to", str(tmp_path / "out.csv")]) == 0
    assert "that name the person" in capsys.readouterr().out
    assert NAME in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
