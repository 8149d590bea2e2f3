"""Whatever is done and whatever goes wrong, the log names nobody: no person, no provider, no file of the team's."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from ctdesk.cli import run
from ctdesk.db import workspace as workspaces
from ctdesk.domain.changes import Action, created, present, updated
from ctdesk.services import exporting, inspecting, log, reporting, subject_access
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.services.team_settings import save_settings
from tests.services.small_borough import COUNCIL, NURSING, borough

MARK = "Zxqmarked"
PERSON, PLACE = f"Ellen {MARK}", f"{MARK} folder"


@pytest.fixture
def log_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program's log in a folder of its own, as it is written in a fresh process."""
    logger = logging.getLogger("ctdesk")
    handlers, logger.handlers, propagates = logger.handlers, [], logger.propagate
    monkeypatch.setattr(log, "log_folder", lambda: tmp_path)
    yield log.log_file()
    for handler in logger.handlers:
        handler.close()
    logger.handlers, logger.propagate = handlers, propagates


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A workspace in which everything that names somebody bears the mark, in a folder that does too."""
    folder = tmp_path / PLACE
    folder.mkdir()
    path = folder / f"{MARK}.ctdesk"
    desk = Desk(create_workspace(path, name=f"{MARK} Trust"), PERSON)
    desk.apply(Action.EDIT, "Take over", borough())
    said = {"title": f"{MARK} nursing", "lead_commissioner": PERSON, "lead_email": f"{MARK}@example.org"}
    contact = created("contact", {"agency": COUNCIL, "role": "Manager", "name": PERSON, "email": f"{MARK}@example.org"})
    change = updated("activity", NURSING, desk.load("activity")[NURSING], said)
    desk.apply(Action.EDIT, f"As {PERSON} asked", [contact, *present([change])])
    gone = folder / f"{MARK} stick"
    gone.mkdir()
    save_settings(desk, {"second_place": str(gone)})
    gone.rmdir()
    desk.workspace.close()
    return path


def commands(path: Path) -> list[list[str]]:
    """Commands that work, that are refused, and that meet what they cannot read or write, all of marked things."""
    at, folder = str(path), path.parent
    broken = folder / f"{MARK}.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut short")
    ruined = folder / f"{MARK} ruined.ctdesk"
    ruined.write_bytes(path.read_bytes()[:5000])
    return [
        ["list", at, "activity"],
        ["list", at, "activity", "--where", f"title={MARK} nursing"],
        ["list", at, "activity", "--where", f"agency={MARK}"],
        ["set", at, "activity", "AC-001", f"comments=ask {PERSON}", "--why", PERSON],
        ["set", at, "activity", "AC-001", f"annual_value={MARK}"],
        ["add", at, "contact", f"name={PERSON}", f"agency={MARK}"],
        ["round", at, f"{MARK} round", "--as-at", "31/03/2026", "--due", "08/05/2026"],
        ["send", at, "--round", f"{MARK} round", "--to", str(folder / "sent")],
        ["send", at, "--round", f"{MARK} round", "--to", str(broken)],
        ["receive", at, str(broken)],
        ["receive", at, str(folder / f"absent {MARK}.xlsx")],
        ["report", at, "baseline", "--to", str(folder / f"{MARK}.pdf")],
        ["report", at, "baseline", "--to", str(folder / f"absent {MARK}" / "x.pdf")],
        ["export", at, "activity", "--to", str(folder / f"{MARK}.csv")],
        ["subject-access", at, PERSON, "--to", str(folder / f"{MARK} access.xlsx")],
        ["past-keeping", at, "--remove", f"{MARK} nursing"],
        ["inspect", str(broken)],
        ["backup", at],
        ["undo", at, "3"],
        ["check", at],
        ["check", str(ruined)],
        ["history", at],
        ["restore", str(broken), at],
        ["list", str(folder / f"absent {MARK}.ctdesk"), "activity"],
    ]


def fail(*_: object, **__: object) -> object:
    """Fail as a program does, with what it worked on in its words and in its cause's."""
    try:
        return {}[f"{MARK} in /home/{MARK}/{MARK}.xlsx"]
    except KeyError as cause:
        raise ValueError(f"{MARK}: “{PERSON}” {MARK}@example.org") from cause


def test_the_log_names_nobody_whatever_is_done_or_goes_wrong(
    log_of: Path, marked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = [run(command) for command in commands(marked)]
    assert {0, 2} <= set(done), "some were done and some were refused"
    faults = (
        (reporting, "print_baseline", ["report", str(marked), "baseline", "--to", str(marked.with_suffix(".pdf"))]),
        (
            subject_access,
            "held_about",
            ["subject-access", str(marked), PERSON, "--to", str(marked.with_name("a.csv"))],
        ),
        (inspecting, "_content", ["inspect", str(marked.with_name(f"{MARK}.csv"))]),
        (exporting, "write_text", ["export", str(marked), "activity", "--to", str(marked.with_suffix(".json"))]),
        (workspaces.Workspace, "open", ["list", str(marked), "activity"]),
    )
    for owner, name, command in faults:
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, fail)
            assert run(command) == 2
    assert MARK in capsys.readouterr().out, "people are told names; the log is not"
    written = "".join(path.read_text(encoding="utf-8") for path in log_of.parent.glob("ctdesk.log*"))
    assert written.count("A fault of the program") == len(faults)
    assert "second place" in written, "the lost second place was noted"
    for word in (MARK, MARK.lower(), "Ellen", "example.org", str(marked.parent.parent)):
        assert word not in written
