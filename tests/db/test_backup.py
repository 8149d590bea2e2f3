"""Backups are whole and sound, thinned out with care, and brought back without losing what stood there."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ctdesk.db import backup as backups
from ctdesk.db import errors
from ctdesk.db.backup import backup, backups_folder, ensure_backup, restore
from ctdesk.db.check import check
from ctdesk.db.retention import kept
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import created
from ctdesk.domain.errors import DeskError
from hypothesis import given
from hypothesis import strategies as st
from tests.db.desk_rows import everything, step

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MOMENTS = st.lists(
    st.timedeltas(timedelta(0), timedelta(days=900)).map(lambda age: NOW - age), unique=True, max_size=200
)


def some_organisation() -> object:
    return step(created("organisation", {"name": "Somewhere"}))


def files(path: Path) -> list[Path]:
    folder = backups_folder(path)
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_backup_says_what_the_workspace_says(workspace: Workspace, tmp_path: Path) -> None:
    apply(workspace, some_organisation())
    copy = backup(workspace, tmp_path / "elsewhere")
    with Workspace.open(copy) as opened:
        assert everything(opened) == everything(workspace)
        assert check(opened) == []


def test_closing_keeps_a_backup_only_if_something_changed(path: Path) -> None:
    Workspace.create(path, step()).close()
    assert len(files(path)) == 1
    Workspace.open(path).close()
    assert len(files(path)) == 1
    with Workspace.open(path) as workspace:
        apply(workspace, some_organisation())
    assert len(files(path)) == 2


def test_a_backup_first_is_made_unless_the_newest_has_it_all(workspace: Workspace) -> None:
    apply(workspace, some_organisation(), backup_first=True)
    assert len(files(workspace.path)) == 1
    apply(workspace, some_organisation(), backup_first=True)
    assert len(files(workspace.path)) == 2
    backup(workspace)
    apply(workspace, some_organisation(), backup_first=True)
    assert len(files(workspace.path)) == 3


def test_an_unreadable_newest_backup_does_not_count(workspace: Workspace) -> None:
    backup(workspace).write_bytes(b"ruined")
    ensure_backup(workspace)
    assert len(files(workspace.path)) == 2


def test_a_backup_that_cannot_be_made_does_not_stop_closing(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    workspace = Workspace.create(path, step())
    backups_folder(path).write_text("in the way", encoding="utf-8")
    workspace.close()
    assert "no backup of it could be made" in caplog.text
    Workspace.open(path).close()


def test_a_folder_in_which_no_backup_can_be_made_is_named(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(errors.UnwritableFolder, match="file"):
        backup(workspace, tmp_path / "file")


def old_backups(path: Path, count: int) -> None:
    """Pretend that backups were made on each of the last days."""
    folder = backups_folder(path)
    folder.mkdir(exist_ok=True)
    for age in range(3, 3 + count):
        moment = datetime.now().astimezone() - timedelta(days=age)
        (folder / f"{path.stem} {moment:%Y-%m-%d %H.%M.%S}{path.suffix}").write_bytes(b"")


def test_old_backups_are_thinned_out(workspace: Workspace) -> None:
    old_backups(workspace.path, 100)
    backup(workspace)
    assert len(files(workspace.path)) < 40


def test_no_backup_is_thinned_out_for_a_damaged_workspace(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_backups(workspace.path, 100)
    sound = backups.is_sound
    monkeypatch.setattr(backups, "is_sound", lambda driver: driver is not workspace.driver and sound(driver))
    backup(workspace)
    assert len(files(workspace.path)) == 101


def test_thinning_out_leaves_other_files_and_other_folders_alone(workspace: Workspace, tmp_path: Path) -> None:
    old_backups(workspace.path, 100)
    folder = backups_folder(workspace.path)
    others = [folder / name for name in ("notes.txt", "borough 2020-01-01 00.00.00 before schema 2.ctdesk")]
    for other in others:
        other.write_text("keep me", encoding="utf-8")
    backup(workspace, tmp_path / "elsewhere")
    assert len(files(workspace.path)) == 102
    backup(workspace)
    assert all(other.exists() for other in others)


@given(MOMENTS)
def test_retention_keeps_the_recent_and_a_few_of_the_old(moments: list[datetime]) -> None:
    keep = kept(moments, NOW)
    recent = {moment for moment in moments if NOW - moment <= timedelta(days=2)}
    assert recent <= keep <= set(moments)
    assert len(keep - recent) <= 12 + 10 + 9
    assert not moments or max(moments) in keep


@given(MOMENTS)
def test_thinning_out_again_removes_nothing_more(moments: list[datetime]) -> None:
    keep = kept(moments, NOW)
    assert kept(keep, NOW) == keep


def test_retention_keeps_the_last_of_each_day() -> None:
    day = datetime(2026, 11, 10, tzinfo=UTC)
    assert kept([day + timedelta(hours=hour) for hour in range(24)], NOW) == {day + timedelta(hours=23)}


def test_restoring_brings_back_the_backup_and_keeps_what_stood_there(workspace: Workspace, tmp_path: Path) -> None:
    before = everything(workspace)
    copy = backup(workspace, tmp_path / "elsewhere")
    apply(workspace, some_organisation())
    after = everything(workspace)
    workspace.close()
    aside = restore(copy, workspace.path)
    assert aside is not None
    for file, state in ((workspace.path, before), (aside, after)):
        with Workspace.open(file, read_only=True) as opened:
            assert everything(opened) == state


def test_restoring_where_nothing_stands_needs_no_copy(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "other.ctdesk"
    assert restore(backup(workspace), target) is None
    Workspace.open(target).close()


def test_restoring_over_a_ruined_file_moves_its_journal_away(workspace: Workspace, tmp_path: Path) -> None:
    copy = backup(workspace)
    target = tmp_path / "ruined.ctdesk"
    target.write_bytes(b"ruined")
    journal = tmp_path / "ruined.ctdesk-journal"
    journal.write_bytes(b"old pages")
    aside = restore(copy, target)
    assert aside is not None
    assert aside.read_bytes() == b"ruined"
    assert not journal.exists()
    Workspace.open(target).close()


def test_an_open_workspace_is_not_replaced(workspace: Workspace) -> None:
    copy = backup(workspace)
    apply(workspace, some_organisation())
    with pytest.raises(errors.LockedWorkspace):
        restore(copy, workspace.path)
    assert len(everything(workspace)["organisation"]) == 1


@pytest.mark.parametrize("ruin", [b"", b"not a backup", None])
def test_only_a_sound_backup_is_restored(workspace: Workspace, ruin: bytes | None) -> None:
    copy = backup(workspace)
    workspace.changed = False
    workspace.close()
    if ruin is None:
        pages = copy.read_bytes()
        copy.write_bytes(pages[:4096] + b"\xff" * 4096 + pages[8192:])
    else:
        copy.write_bytes(ruin)
    before = workspace.path.read_bytes()
    with pytest.raises(DeskError, match=str(copy.name)):
        restore(copy, workspace.path)
    assert workspace.path.read_bytes() == before


def test_a_missing_backup_is_named(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(errors.MissingWorkspace, match=r"gone\.ctdesk"):
        restore(tmp_path / "gone.ctdesk", workspace.path)


def test_a_backup_of_a_damaged_workspace_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    apply(workspace, step(*(created("organisation", {"name": "Somewhere " * 9}) for _ in range(200))))
    workspace.close()
    pages = workspace.path.read_bytes()
    with closing(sqlite3.connect(workspace.path)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'organisation'").fetchone()
    workspace.path.write_bytes(pages[: (root - 1) * 4096] + b"\xff" * 4096 + pages[root * 4096 :])
    with Workspace.open(workspace.path) as damaged, pytest.raises(errors.DamagedWorkspace):
        backup(damaged, tmp_path / "elsewhere")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def settings(workspace: Workspace, **wanted: str) -> None:
    apply(workspace, step(*(created("setting", {"name": name, "value": value}) for name, value in wanted.items())))


def test_a_team_may_keep_fewer_or_more(workspace: Workspace) -> None:
    settings(workspace, keep_days="1", keep_daily="3", keep_weekly="1", keep_monthly="1")
    old_backups(workspace.path, 100)
    backup(workspace)
    assert len(files(workspace.path)) <= 1 + 3 + 1 + 1


def test_every_backup_is_kept_in_the_second_place_too(workspace: Workspace, tmp_path: Path) -> None:
    place = tmp_path / "second"
    place.mkdir()
    settings(workspace, second_place=str(place))
    made = backup(workspace)
    assert [copy.name for copy in place.iterdir()] == [made.name]
    assert (place / made.name).read_bytes() == made.read_bytes()


def test_a_second_place_that_is_gone_is_warned_of_and_stops_nothing(
    workspace: Workspace, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings(workspace, second_place=str(tmp_path / "gone"))
    assert backup(workspace).exists()
    assert "second place" in caplog.text
    assert str(tmp_path) not in caplog.text
