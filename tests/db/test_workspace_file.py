"""Opening and making a workspace: what is held, what is refused and in which words."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from ctdesk.db import errors
from ctdesk.db.lock import holder_file
from ctdesk.db.queries import load
from ctdesk.db.recognise import APPLICATION_ID, SCHEMA_VERSION
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import created
from ctdesk.domain.errors import DeskError
from tests.db.desk_rows import everything, step

HOLD = """
import sys
from pathlib import Path
from ctdesk.db.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_workspace_reopened_says_the_same(path: Path) -> None:
    with Workspace.create(path, step(created("organisation", {"name": "Somewhere"}))) as made:
        before = everything(made)
    with Workspace.open(path) as reopened:
        assert everything(reopened) == before
    assert len(before["organisation"]) == 1


def test_the_file_is_marked_and_safe(workspace: Workspace) -> None:
    pragma = {
        name: workspace.driver.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version", "journal_mode", "synchronous", "locking_mode", "foreign_keys")
    }
    assert pragma == {
        "application_id": APPLICATION_ID,
        "user_version": SCHEMA_VERSION,
        "journal_mode": "delete",
        "synchronous": 3,
        "locking_mode": "exclusive",
        "foreign_keys": 1,
    }


def test_nothing_but_the_workspace_and_its_backups_is_left(path: Path) -> None:
    Workspace.create(path, step()).close()
    assert sorted(it.name for it in path.parent.iterdir()) == ["borough backups", "borough.ctdesk"]


def test_a_first_step_that_fails_leaves_no_file(path: Path) -> None:
    with pytest.raises(errors.BrokenLink):
        Workspace.create(path, step(created("team", {"name": "Team", "agency": "nobody"})))
    assert list(path.parent.iterdir()) == []


def test_a_missing_file_is_refused(path: Path) -> None:
    with pytest.raises(errors.MissingWorkspace, match="does not exist"):
        Workspace.open(path)
    assert not path.exists()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.MissingWorkspace, match="is a folder"):
        Workspace.open(tmp_path)


def test_an_existing_file_is_not_replaced(path: Path) -> None:
    path.write_text("dear diary", encoding="utf-8")
    with pytest.raises(errors.ExistingFile):
        Workspace.create(path, step())
    assert path.read_text(encoding="utf-8") == "dear diary"


@pytest.mark.parametrize("content", [b"", b"dear diary " * 1000, b"SQLite format 3\0" + b"x" * 5000])
def test_other_files_are_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DeskError, match=r"borough\.ctdesk"):
        Workspace.open(path)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_another_programs_database_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE diary (entry TEXT)")
    with pytest.raises(errors.NotAWorkspace):
        Workspace.open(path)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_workspace_is_refused(path: Path, read_only: bool) -> None:
    Workspace.create(path, step()).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 99")
    with pytest.raises(errors.NewerWorkspace, match="newer version"):
        Workspace.open(path, read_only=read_only)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_second_process_is_told_who_holds_it(path: Path, read_only: bool) -> None:
    Workspace.create(path, step()).close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(errors.LockedWorkspace, match="open elsewhere") as refused:
            Workspace.open(path, read_only=read_only)
        holder.kill()
    assert refused.value.holder is not None
    assert refused.value.holder.pid == holder.pid
    # What a killed holder left behind keeps nobody out.
    assert holder_file(path).exists()
    Workspace.open(path).close()
    assert not holder_file(path).exists()


def test_a_second_opening_in_the_same_process_is_refused_too(workspace: Workspace) -> None:
    with pytest.raises(errors.LockedWorkspace):
        Workspace.open(workspace.path)
    # The refusal must not have taken the holder's name away.
    assert json.loads(holder_file(workspace.path).read_text(encoding="utf-8"))["pid"] == os.getpid()


def test_closing_twice_leaves_the_next_holder_named(path: Path) -> None:
    first = Workspace.create(path, step())
    first.close()
    with Workspace.open(path):
        first.close()
        assert holder_file(path).exists()


def test_an_unreadable_holder_is_somebody(workspace: Workspace) -> None:
    holder_file(workspace.path).write_text("{", encoding="utf-8")
    with pytest.raises(errors.LockedWorkspace, match="in use by another program"):
        Workspace.open(workspace.path)


def test_reading_leaves_the_file_free_and_writes_nothing(path: Path) -> None:
    Workspace.create(path, step(created("organisation", {"name": "Somewhere"}))).close()
    before = path.read_bytes()
    with Workspace.open(path, read_only=True) as reader:
        with Workspace.open(path):
            assert len(load(reader, "organisation")) == 1
        with pytest.raises(errors.ReadOnlyWorkspace):
            apply(reader, step(created("organisation", {"name": "Elsewhere"})))
    assert path.read_bytes() == before


def test_a_full_disk_alters_nothing_and_can_be_got_over(workspace: Workspace) -> None:
    before = everything(workspace)
    many = step(*(created("organisation", {"name": f"Somewhere {number}" * 50}) for number in range(500)))
    pages = workspace.driver.execute("PRAGMA page_count").fetchone()[0]
    workspace.driver.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(errors.FullDisk, match="is full"):
        apply(workspace, many)
    assert everything(workspace) == before
    workspace.driver.execute(f"PRAGMA max_page_count = {pages + 5000}")
    apply(workspace, many)
    assert len(load(workspace, "organisation")) == 500


@pytest.fixture
def _as_nobody() -> object:
    """Drop root's right to write everywhere while the test runs."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.fixture
def shut_folder(open_folder: Path) -> Path:
    """A folder with a workspace in which nobody may write."""
    if os.name == "nt":
        pytest.skip("folders are not protected in this way on Windows")
    Workspace.create(open_folder / "borough.ctdesk", step()).close()
    (open_folder / "borough.ctdesk").chmod(0o666)
    open_folder.chmod(0o555)
    return open_folder


@pytest.mark.usefixtures("shut_folder", "_as_nobody")
def test_a_folder_that_may_not_be_written_is_refused(shut_folder: Path) -> None:
    with pytest.raises(errors.UnwritableWorkspace, match="the file and its folder"):
        Workspace.open(shut_folder / "borough.ctdesk")
    with pytest.raises(errors.UnwritableFolder, match="cannot be written"):
        Workspace.create(shut_folder / "new.ctdesk", step())
    with Workspace.open(shut_folder / "borough.ctdesk", read_only=True) as reader:
        assert load(reader, "activity") == {}


def test_a_write_protected_file_is_refused(shut_folder: Path, request: pytest.FixtureRequest) -> None:
    (shut_folder / "borough.ctdesk").chmod(0o444)
    shut_folder.chmod(0o777)
    request.getfixturevalue("_as_nobody")
    with pytest.raises(errors.UnwritableWorkspace, match="cannot be written"):
        Workspace.open(shut_folder / "borough.ctdesk")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.UnwritableFolder, match="does not exist"):
        Workspace.create(tmp_path / "nowhere" / "borough.ctdesk", step())


@pytest.mark.parametrize(
    ("module", "absent"),
    [("ctdesk.services.home", "sqlalchemy"), ("ctdesk.db.writer", "alembic")],
)
def test_heavy_libraries_wait_until_they_are_needed(module: str, absent: str) -> None:
    program = f"import {module}, sys; sys.exit({absent!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
