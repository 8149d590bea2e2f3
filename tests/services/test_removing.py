"""What was kept long enough is removed whole: no value of it is left in the file, and the history still replays."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from ctdesk.cli import run
from ctdesk.db.check import check
from ctdesk.db.history import changes_of
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action, created, deleted, updated
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import FilePurpose
from ctdesk.services.desk import Desk, at_desk
from ctdesk.services.documents import keep_document
from ctdesk.services.editing import edit
from ctdesk.services.notes import add_note
from ctdesk.services.past import past, undo
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.removing import plan_removal, remove
from ctdesk.services.requests import base_rows
from ctdesk.services.upkeep import back_up
from tests.services.returned_books import answer, send_round
from tests.services.small_borough import CLUB, COUNCIL, HOSPITAL, OLD, desk_of, small_borough

ON = date(2033, 6, 1)
AGREEMENT = "agr-long-ago"
SECRETS = ("Zebrafinch", "Quetzal", "Kookaburra", "Nightjar", "Hoopoe", "Wryneck", "Dotterel")
"""Words that stand nowhere but in what is removed."""


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Desk]:
    """A borough in which what ended long ago stands wherever it can: sent, returned, noted, asked about, deleted."""
    with desk_of("long ago", _long_ago, tmp_path / "borough.ctdesk") as made:
        yield made


def _long_ago(path: Path) -> Workspace:
    desk = Desk(small_borough(path), "sam")
    old = desk.load("activity")[OLD]
    change = updated("activity", OLD, old, {"title": "Zebrafinch club", "comments": "Quetzal was asked"})
    assert change is not None
    desk.apply(Action.EDIT, "Rename Zebrafinch club", [change], why="The Zebrafinch was asked for")
    values = {
        "reference": "CON-77", "title": "Kookaburra lodgings", "type": "contract", "agency": COUNCIL,
        "provider": HOSPITAL, "start": date(2019, 4, 1), "end": date(2024, 3, 31), "activities": (OLD,),
    }  # fmt: skip
    risk = created("risk", {"agreement": AGREEMENT, "title": "Hoopoe leaves"}, "risk-1")
    finding = created(
        "finding", {"rule": "large_change", "grade": "could be better", "message": "Wryneck", "about": OLD}, "f-1"
    )
    desk.apply(Action.EDIT, "Take over", [created("agreement", values, AGREEMENT), risk, finding])
    desk.apply(Action.EDIT, "Drop", [deleted("risk", "risk-1", desk.load("risk")["risk-1"])])
    add_note(desk, "agreement", AGREEMENT, "Nightjar rang")
    paper = path.with_name("Dotterel.txt")
    paper.write_text("Dotterel signed " * 500, encoding="utf-8")
    keep_document(desk, AGREEMENT, paper)
    agency = str(old["agency"])
    sent = send_round(desk, path.with_name("sent"))
    receive(desk, answer(desk, sent[agency], []), Wishes(apply=True))
    return desk.workspace


def raw(desk: Desk) -> bytes:
    """Return all bytes of the workspace and of what SQLite keeps beside it, and of the kept rows unpacked."""
    import zlib

    path = desk.workspace.path
    desk.workspace.changed = False
    desk.workspace.close()
    journal = path.with_name(f"{path.name}-journal")
    content = path.read_bytes() + (journal.read_bytes() if journal.exists() else b"")
    with at_desk(path, read_only=True) as again:
        for (kept,) in again.workspace.driver.execute("SELECT bytes FROM file_content"):
            content += zlib.decompress(kept) if kept[:1] == b"x" else kept
    return content


def found_in(content: bytes) -> list[str]:
    folded = content.lower()
    return [word for word in SECRETS if word.lower().encode() in folded]


def test_before_a_removal_the_words_are_all_over_the_file(full: Desk) -> None:
    assert found_in(raw(full)) == list(SECRETS)


def test_a_removal_leaves_no_value_anywhere_in_the_file_and_a_history_that_replays(full: Desk) -> None:
    plan = plan_removal(full, {AGREEMENT, OLD}, ON)
    assert plan.what == "1 agreement and 1 activity"
    remove(full, plan)
    assert check(full.workspace) == []
    assert not {OLD, AGREEMENT} & (full.load("activity").keys() | full.load("agreement").keys())
    assert full.load("note") == full.load("document") == {}
    assert found_in(raw(full)) == []


def test_nothing_of_it_is_in_the_journal_while_the_workspace_is_open(full: Desk) -> None:
    remove(full, plan_removal(full, {AGREEMENT, OLD}, ON))
    path = full.workspace.path
    journal = path.with_name(f"{path.name}-journal")
    assert not journal.exists() or found_in(journal.read_bytes()) == []


def test_the_fact_of_it_is_kept_who_when_how_many_which_and_by_which_rule(full: Desk) -> None:
    step = remove(full, plan_removal(full, {AGREEMENT, OLD}, ON))
    line = past(full)[0]
    assert (line.action, line.who, line.title) == (
        Action.REMOVAL, "sam", "Remove 1 agreement and 1 activity kept long enough",
    )  # fmt: skip
    assert "Records are kept 7 years after their end" in line.why
    kept = changes_of(full.workspace, step.uid)
    assert {("agreement", AGREEMENT), ("activity", OLD)} <= {(it.kind, it.uid) for it in kept}
    assert line.records == len(kept)
    assert not any(it.before or it.after for it in kept)


def test_a_removal_is_never_undone_nor_brought_back_by_undoing_what_was_before_it(full: Desk) -> None:
    step = remove(full, plan_removal(full, {AGREEMENT, OLD}, ON))
    with pytest.raises(DeskError, match="A removal cannot be undone"):
        undo(full, step.uid)
    for line in past(full):
        if line.action not in {Action.NEW, Action.REMOVAL} and not line.undone_by:
            undo(full, line.uid)
    assert OLD not in full.load("activity")
    assert AGREEMENT not in full.load("agreement")
    assert check(full.workspace) == []


def test_the_next_return_is_compared_with_rows_that_lack_only_what_was_removed(full: Desk) -> None:
    request = next(uid for uid, it in full.load("request").items() if it["agency"] == COUNCIL)
    before = {row.uid for row in base_rows(full, request, 1) or []}
    remove(full, plan_removal(full, {AGREEMENT, OLD}, ON))
    assert {row.uid for row in base_rows(full, request, 1) or []} == before - {OLD}


def test_a_workbook_that_holds_a_removed_row_goes_whole_and_is_named_beforehand(full: Desk) -> None:
    returns = full.load("stored_file", purpose=FilePurpose.RETURN.value)
    plan = plan_removal(full, {AGREEMENT, OLD}, ON)
    held = OLD in {row.uid for request in full.load("request") for row in base_rows(full, request, 1) or []}
    assert held
    assert {str(it["name"]) for it in returns.values()} | {"Dotterel.txt"} == set(plan.files)
    said = " ".join(plan.words())
    assert "This cannot be undone" in said
    assert "Dotterel.txt" in said


def test_what_is_linked_from_what_stays_is_refused_and_the_link_is_named(full: Desk) -> None:
    with pytest.raises(DeskError, match=r"still names BH-\d+ \(named by agreement CON-77\)"):
        plan_removal(full, {OLD}, ON)
    assert check(full.workspace) == []


def test_what_must_still_be_kept_is_refused(full: Desk) -> None:
    with pytest.raises(DeskError, match="must still be kept"):
        plan_removal(full, {CLUB}, date(2026, 1, 1))


def test_the_backups_that_still_hold_it_are_named(full: Desk) -> None:
    back_up(full)
    plan = plan_removal(full, {AGREEMENT, OLD}, ON)
    assert [path.suffix for path in plan.backups] == [".ctdesk"] * len(plan.backups) != []
    assert any("will still hold them until" in words for words in plan.words())


def test_the_command_shows_first_and_removes_only_when_told_so(
    full: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(full, "activity", "AC-001", {"comments": "kept"})
    path = str(full.workspace.path)
    full.workspace.changed = False
    full.workspace.close()
    as_at = ["--as-at", "01/06/2033"]
    assert run(["past-keeping", path, "--remove", "CON-77", "--remove", OLD, *as_at]) == 1
    said = capsys.readouterr().out
    assert "This cannot be undone" in said
    assert "--yes" in said
    assert run(["past-keeping", path, "--remove", "CON-77", "--remove", OLD, "--yes", *as_at]) == 0
    assert "removed for good" in capsys.readouterr().out
    assert run(["check", path]) == 0
    with at_desk(Path(path), read_only=True) as desk:
        assert AGREEMENT not in desk.load("agreement")
