"""What a person's own folder remembers: the latest first, nothing half-written, damage counts as forgotten."""

import json
from pathlib import Path

import pytest
from ctdesk.services import recent
from ctdesk.services.recent import forget_workspace, load_memory, recent_workspaces, remember_opened, save_memory


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration folder of the test's own, not made yet."""
    folder = tmp_path / "config"
    monkeypatch.setenv("CTDESK_CONFIG", str(folder))
    return folder


def test_the_latest_opened_comes_first_and_once(tmp_path: Path) -> None:
    first, second = tmp_path / "first.ctdesk", tmp_path / "second.ctdesk"
    first.touch()
    for path in (first, second, first):
        remember_opened(path, path.stem.title())
    assert [(line.path, line.name, line.missing) for line in recent_workspaces()] == [
        (first, "First", False),
        (second, "Second", True),
    ]


def test_the_list_keeps_to_its_length_and_forgets_on_request(tmp_path: Path) -> None:
    for number in range(recent.MOST + 3):
        remember_opened(tmp_path / f"{number}.ctdesk")
    assert len(recent_workspaces()) == recent.MOST
    newest = recent_workspaces()[0].path
    forget_workspace(newest)
    assert newest not in [line.path for line in recent_workspaces()]


def test_each_workspace_has_a_memory_of_its_own(tmp_path: Path) -> None:
    save_memory(tmp_path / "a.ctdesk", {"columns": ["title"], "width": 900})
    assert load_memory(tmp_path / "a.ctdesk") == {"columns": ["title"], "width": 900}
    assert load_memory(tmp_path / "b.ctdesk") == {}


@pytest.mark.parametrize("damage", ["", "{", "[1]", '{"workspaces": 3, "values": []}', "[" * 100_000, "\0"])
def test_damage_counts_as_forgotten(tmp_path: Path, config: Path, damage: str) -> None:
    workspace = tmp_path / "a.ctdesk"
    remember_opened(workspace)
    save_memory(workspace, {"x": 1})
    for file in config.rglob("*.json"):
        file.write_text(damage)
    assert recent_workspaces() == []
    assert load_memory(workspace) == {}


def test_a_damaged_line_does_not_hide_the_others(tmp_path: Path, config: Path) -> None:
    remember_opened(tmp_path / "a.ctdesk")
    held = json.loads((config / "recent.json").read_text())
    held["workspaces"] += [{"path": 3}, None, {"path": "x", "name": "x", "opened": "yesterday"}]
    (config / "recent.json").write_text(json.dumps(held))
    assert [line.name for line in recent_workspaces()] == ["a"]


def test_a_folder_that_cannot_be_written_stops_nobody(
    tmp_path: Path, config: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config.write_text("a file stands where the folder should be")
    save_memory(tmp_path / "a.ctdesk", {"x": 1})
    remember_opened(tmp_path / "a.ctdesk")
    assert recent_workspaces() == []
    assert "could not be written" in caplog.text


def test_no_half_written_file_is_left(tmp_path: Path, config: Path) -> None:
    save_memory(tmp_path / "a.ctdesk", {"x": 1})
    assert [path.suffix for path in config.rglob("*") if path.is_file()] == [".json"]
