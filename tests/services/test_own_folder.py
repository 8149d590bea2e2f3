"""A person's own files: with the system's, or beside a program that is marked as portable and may be written."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ctdesk.services import own_folder
from ctdesk.services.own_folder import DATA, PORTABLE, config_folder, log_folder, portable_folder


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A built program of its own, not yet marked."""
    path = tmp_path / "desk" / "ctdesk"
    path.parent.mkdir()
    path.touch()
    monkeypatch.setattr(sys, "executable", str(path))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.delenv("CTDESK_CONFIG", raising=False)
    own_folder._beside.cache_clear()
    yield path
    own_folder._beside.cache_clear()


def test_without_the_marker_nothing_is_written_beside_the_program(program: Path) -> None:
    assert portable_folder() is None
    assert program.parent not in config_folder().parents
    assert list(program.parent.iterdir()) == [program]


def test_with_the_marker_everything_goes_beside_it(program: Path) -> None:
    (program.parent / PORTABLE).touch()
    assert config_folder() == program.parent / DATA
    assert log_folder() == program.parent / DATA / "log"
    assert log_folder().is_dir()
    assert list(config_folder().iterdir()) == [log_folder()]


def test_a_marked_program_that_may_not_write_there_uses_the_system_s_place(program: Path) -> None:
    (program.parent / PORTABLE).touch()
    (program.parent / DATA).write_text("in the way", encoding="utf-8")
    assert portable_folder() is None
    assert program.parent not in config_folder().parents


def test_a_folder_named_in_the_environment_comes_first(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program.parent / PORTABLE).touch()
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "named"))
    assert config_folder() == tmp_path / "named"


def test_from_source_the_marker_means_nothing(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program.parent / PORTABLE).touch()
    monkeypatch.setattr(sys, "frozen", False, raising=False)
    assert portable_folder() is None


def test_where_no_log_may_be_kept_one_is_written_for_this_run_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> Path:
        raise PermissionError(30, "Read-only file system")

    monkeypatch.setattr("platformdirs.user_log_path", refused)
    own_folder._passing.cache_clear()
    folder = log_folder()
    assert folder.is_dir()
    assert log_folder() == folder
    folder.rmdir()
    own_folder._passing.cache_clear()
