"""Clocks, colleagues, sync tools, moved files, odd names: each leaves the workspace whole and says what is so."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from ctdesk.cli import run
from ctdesk.db import backup as backups
from ctdesk.db.backup import backup, backups_folder
from ctdesk.db.check import check
from ctdesk.db.errors import LockedWorkspace
from ctdesk.db.lock import Holder, holder_file
from ctdesk.db.workspace import Workspace
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import at_desk
from ctdesk.services.editing import edit
from ctdesk.services.opening import InUse, open_desk, open_to_read
from ctdesk.services.rescue import Damaged, newest_sound_backup
from tests.faults.conftest import PROJECT
from tests.faults.trials import NAME

HOLD = """
import sys
from pathlib import Path
from ctdesk.db.workspace import Workspace
with Workspace.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(base: Path, tmp_path: Path) -> Path:
    """A workspace of one's own."""
    return Path(shutil.copyfile(base / NAME, tmp_path / NAME))


@pytest.fixture(autouse=True)
def remembered(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path_factory.mktemp("config")))


@pytest.fixture
def colleague(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that has the workspace open."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def comments(path: Path) -> object:
    with at_desk(path, read_only=True) as desk:
        return next(iter(desk.load("activity", reference="AC-001").values()))["comments"]


def note(path: Path, words: str) -> None:
    with at_desk(path) as desk:
        edit(desk, "activity", "AC-001", {"comments": words})


def sound(path: Path) -> bool:
    with Workspace.open(path, read_only=True) as workspace:
        return check(workspace) == []


def test_two_programs_on_one_file(path: Path, colleague: subprocess.Popen[str]) -> None:
    opened = open_desk(path)
    assert isinstance(opened, InUse)
    assert str(os.getpid()) not in opened.sentence
    with pytest.raises(LockedWorkspace):
        note(path, "both")
    with closing(open_to_read(path).workspace) as copy:
        assert copy.read_only


def test_the_lock_s_holder_is_gone(path: Path, colleague: subprocess.Popen[str]) -> None:
    colleague.kill()
    colleague.wait()
    assert holder_file(path).exists()
    note(path, "alone again")
    assert comments(path) == "alone again"
    assert not holder_file(path).exists()


def test_a_holder_on_another_machine_that_is_long_gone_keeps_nobody_out(path: Path) -> None:
    gone = Holder("pam", "LAPTOP-9", 4, "2020-01-01T09:00:00+00:00")
    holder_file(path).write_text(
        f'{{"user": "{gone.user}", "host": "{gone.host}", "pid": 4, "since": "{gone.since}"}}', encoding="utf-8"
    )
    note(path, "mine")
    assert sound(path)


def test_the_clock_set_back_loses_neither_backups_nor_steps(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note(path, "today")
    (made,) = backups_folder(path).iterdir()

    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(days=900)

    monkeypatch.setattr(backups, "datetime", Earlier)
    note(path, "long ago")
    assert made.exists()
    assert len(list(backups_folder(path).iterdir())) == 2
    assert comments(path) == "long ago"
    assert sound(path)


def test_a_conflicted_copy_is_a_workspace_of_its_own(path: Path) -> None:
    copy = path.with_name("borough (SAM-LAPTOP's conflicted copy 2026-03-31).ctdesk")
    shutil.copyfile(path, copy)
    with at_desk(path) as desk:
        note(copy, "in the copy")
        edit(desk, "activity", "AC-001", {"comments": "in the file"})
    assert (comments(path), comments(copy)) == ("in the file", "in the copy")
    assert backups_folder(path) != backups_folder(copy)
    assert newest_sound_backup(path) is not None
    assert {backups_folder(path), backups_folder(copy)} <= set(path.parent.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows moves no file that is open")
def test_a_file_moved_while_it_is_open_is_whole_where_it_went(path: Path) -> None:
    before = comments(path)
    moved = path.with_name("moved.ctdesk")
    with Workspace.open(path) as workspace:
        path.rename(moved)
        from ctdesk.services.desk import Desk

        with suppress(DeskError):
            edit(Desk(workspace, "sam"), "activity", "AC-001", {"comments": "while moved"})
        workspace.changed = False
    assert comments(moved) in {before, "while moved"}
    assert sound(moved)
    assert not path.exists()


def test_the_newest_sound_backup_is_named_when_the_workspace_is_damaged(path: Path) -> None:
    note(path, "one")
    with Workspace.open(path) as workspace:
        newest = backup(workspace)
        workspace.changed = False
    rotten = newest.with_name(f"{NAME.removesuffix('.ctdesk')} 2099-01-01 00.00.00.ctdesk")
    rotten.write_bytes(newest.read_bytes()[:50_000])
    content = bytearray(path.read_bytes())
    content[100:4000] = bytes(3900)
    path.write_bytes(content)
    with pytest.raises(Damaged, match="newest sound backup") as fault:
        comments(path)
    assert fault.value.backup == newest
    with pytest.raises(Damaged):
        open_desk(path)
    assert run(["restore", str(newest), str(path)]) == 0
    assert comments(path) == "one"


def test_the_newest_backup_is_never_rotated_away_by_many_of_one_day(path: Path) -> None:
    old = datetime.now().astimezone() - timedelta(days=30)
    folder = backups_folder(path)
    folder.mkdir()
    for minute in range(40):
        name = f"borough {old + timedelta(minutes=minute):%Y-%m-%d %H.%M.%S}.ctdesk"
        shutil.copyfile(path, folder / name)
    with Workspace.open(path) as workspace:
        made = backup(workspace)
        workspace.changed = False
    assert newest_sound_backup(path) == made
    left = sorted(file.name for file in folder.iterdir())
    assert len(left) < 40
    assert f"borough {old + timedelta(minutes=39):%Y-%m-%d %H.%M.%S}.ctdesk" in left


ODD = {
    "spaces": "our  trust desk",
    "an apostrophe": "St Anne’s & 'Oak'",
    "other letters": "дети 子供 أطفال ñ",
    "brackets and signs": "a [b] {c} #1 %20 $x;y",
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_names_work_from_new_to_restored(tmp_path: Path, odd: str) -> None:
    whole_round(tmp_path / ODD[odd], ODD[odd])


def test_a_path_of_240_characters_works(tmp_path: Path) -> None:
    folder = tmp_path
    while len(str(folder)) < 200:
        folder /= "x" * min(40, 200 - len(str(folder)))
    name = "y" * (240 - len(str(folder)) - len("/.ctdesk"))
    assert len(str(folder / f"{name}.ctdesk")) == 240
    whole_round(folder, name)


def whole_round(folder: Path, name: str) -> None:
    folder.mkdir(parents=True)
    path = folder / f"{name}.ctdesk"
    assert run(["new", str(path)]) == 0
    with at_desk(path) as desk:
        from ctdesk.domain.changes import Action
        from tests.services.small_borough import borough

        desk.apply(Action.EDIT, "Begin", borough())
    for arguments in (
        ["round", "R", "--as-at", "31/03/2026", "--due", "08/05/2026"],
        ["send", "--round", "R", "--to", str(folder / "sent")],
        ["report", "baseline", "--to", str(folder / "r.pdf")],
        ["backup", "--to", str(folder / "copies")],
        ["check"],
    ):
        assert run([arguments[0], str(path), *arguments[1:]]) == 0
    (copy,) = (folder / "copies").iterdir()
    assert run(["restore", str(copy), str(path)]) == 0
    assert sound(path)


@pytest.fixture
def own(path: Path) -> Iterator[Path]:
    """A workspace in a folder that may be read only."""
    if not hasattr(os, "geteuid") or (os.geteuid() == 0 and sys.platform != "linux"):
        pytest.skip("permissions are other things here")
    folder = path.parent / "shared"
    folder.mkdir()
    yield Path(shutil.copy(path, folder))
    folder.chmod(0o755)


def without_powers() -> None:
    """Take from a child process of root the power to write where permissions forbid it (capabilities(7))."""
    drop_from_bounds, beyond_permissions = 24, 1
    ctypes.CDLL(None).prctl(drop_from_bounds, beyond_permissions, 0, 0, 0)


def asked(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the program as somebody whom permissions stop."""
    less = {"preexec_fn": without_powers} if os.geteuid() == 0 else {}
    command = [sys.executable, "-m", "ctdesk", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, **less)


def test_a_read_only_folder_is_said_and_can_still_be_read(own: Path) -> None:
    before = own.read_bytes()
    own.parent.chmod(0o555)
    said = asked("set", str(own), "activity", "AC-001", "comments=no")
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 1
    assert "cannot be written" in said.stderr
    listed = asked("list", str(own), "activity")
    assert listed.returncode == 0, listed.stderr
    assert "School nursing" in listed.stdout
    assert own.read_bytes() == before
    assert list(own.parent.iterdir()) == [own]
