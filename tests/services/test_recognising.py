"""A dropped file is told apart without anything being altered."""

import shutil
from pathlib import Path

import pytest
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.services.past import past
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.recognising import what_is
from ctdesk.services.upkeep import back_up
from tests.services.returned_books import answer, send_round
from tests.services.small_borough import COUNCIL


@pytest.mark.slow
def test_a_return_is_known_with_its_agency_and_whether_it_came_before(desk: Desk, tmp_path: Path) -> None:
    path = answer(desk, send_round(desk, tmp_path)[COUNCIL])
    steps = len(past(desk))
    found = what_is(path, desk)
    assert (found.kind, found.details["agency"], found.details["seen"]) == ("return", "Alder Council", "")
    assert len(past(desk)) == steps
    receive(desk, path, Wishes(apply=True))
    assert what_is(path, desk).sentence.endswith("for Baseline 2026/27, and was taken in before.")
    assert what_is(path).kind == "return"


@pytest.mark.slow
def test_another_workspaces_return_is_nothing_here(desk: Desk, tmp_path: Path) -> None:
    path = answer(desk, send_round(desk, tmp_path)[COUNCIL])
    with create_workspace(tmp_path / "other.ctdesk") as other:
        found = what_is(path, Desk(other, "sam"))
        other.changed = False
    assert found.kind == "nothing"
    assert "not in this workspace" in found.sentence


def test_a_register_is_told_by_its_columns(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(
        "Contract ref,Service title,Supplier,Annual value,Start date,End date\n"
        "C1,Toy library,Oak Families Ltd,1000,01/04/2025,31/03/2027\n"
        "C2,Play bus,Acorn Play,2000,01/04/2025,31/03/2027\n"
    )
    found = what_is(path, desk)
    assert (found.kind, found.details["kind"], found.details["rows"]) == ("register", "activity", "2")
    assert what_is(path).kind == "register"


def test_workspaces_and_backups_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    assert what_is(desk.workspace.path, desk).sentence.endswith("the workspace that is open now.")
    kept = back_up(desk)
    assert what_is(kept, desk).kind == "backup"
    copy = shutil.copy(kept, tmp_path / "elsewhere.ctdesk")
    assert what_is(Path(copy)).kind == "workspace"


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"\0" * 84, b"PK\x03\x04rubbish"])
def test_anything_else_is_nothing_in_one_sentence(desk: Desk, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "thing.xlsx"
    path.write_bytes(content)
    found = what_is(path, desk)
    assert found.kind == "nothing"
    assert "thing.xlsx" in found.sentence


def test_what_is_not_there_is_nothing(desk: Desk, tmp_path: Path) -> None:
    assert what_is(tmp_path / "gone.xlsx", desk).kind == "nothing"
    assert what_is(tmp_path, desk).sentence.endswith("is a folder; choose a file.")
