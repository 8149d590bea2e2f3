"""Backups are listed with their day, size and reason, and one is brought back under an open desk."""

from datetime import date
from pathlib import Path

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.home import todo
from ctdesk.services.recent import Look, load_look, save_look
from ctdesk.services.team_settings import save_settings
from ctdesk.services.upkeep import (
    back_up,
    backups_folder,
    held_by,
    kept_backups,
    restore_open,
    second_place_problem,
)

TODAY = date(2026, 5, 18)


def test_a_backup_is_brought_back_and_the_desk_goes_on(desk: Desk) -> None:
    first = back_up(desk)
    save_settings(desk, {"team": "Afterwards"})
    told: list[set[str]] = []
    desk.listeners.append(told.append)
    aside = restore_open(desk, first)
    assert desk.setting("team") == "The commissioning team"
    assert aside is not None
    assert aside.is_file()
    assert "activity" in told[-1]
    save_settings(desk, {"team": "Still writing"})
    assert desk.setting("team") == "Still writing"


def test_what_is_no_backup_is_refused_and_the_desk_stays_open(desk: Desk) -> None:
    bad = backups_folder(desk)
    bad.mkdir()
    (bad / "ruin.ctdesk").write_bytes(b"not a workspace")
    with pytest.raises(DeskError):
        restore_open(desk, bad / "ruin.ctdesk")
    save_settings(desk, {"team": "Still writing"})


def test_backups_are_listed_newest_first(desk: Desk) -> None:
    assert kept_backups(desk) == []
    made = [back_up(desk), back_up(desk)]
    listed = kept_backups(desk)
    assert {it.path for it in listed} == set(made)
    assert all(it.bytes > 10_000 and not it.why for it in listed)


def test_the_look_is_remembered_and_nonsense_is_not(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path))
    assert load_look() == Look("system", 100)
    save_look(Look("dark", 150))
    assert load_look() == Look("dark", 150)
    assert load_look().text_scale == 1.5
    (tmp_path / "look.json").write_text('{"scheme": "loud", "text_percent": [1]}')
    assert load_look() == Look()


def test_a_second_place_that_is_gone_or_behind_is_told(desk: Desk, tmp_path: Path) -> None:
    assert second_place_problem(desk) == ""
    place = tmp_path / "second"
    place.mkdir()
    save_settings(desk, {"second_place": str(place)})
    back_up(desk)
    assert second_place_problem(desk) == ""
    next(place.iterdir()).unlink()
    assert "newest backup is not in the second place" in second_place_problem(desk)
    place.rmdir()
    assert "cannot be reached" in second_place_problem(desk)


def test_a_second_place_must_be_a_folder_that_is_there(desk: Desk, tmp_path: Path) -> None:
    for typed in ("relative", str(tmp_path / "absent")):
        with pytest.raises(DeskError, match="there is no folder"):
            save_settings(desk, {"second_place": typed})


def test_each_backup_tells_what_it_holds_and_its_last_change(desk: Desk) -> None:
    back_up(desk)
    save_settings(desk, {"team": "Afterwards"})
    back_up(desk)
    newest, first = (held_by(it) for it in kept_backups(desk))
    assert newest.counts == first.counts == "5 activities, 5 organisations"
    assert newest.last.endswith(". Settings: Your team")
    assert first.last.endswith(". Take over what is known")
    assert newest.when is not None


def test_a_backup_that_is_ruined_says_so_in_the_list(desk: Desk) -> None:
    back_up(desk).write_bytes(b"ruin")
    assert held_by(kept_backups(desk)[0]).counts == "Cannot be read"


def test_a_second_place_that_cannot_be_reached_is_said_on_the_home_page(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    save_settings(desk, {"second_place": str(stick)})
    back_up(desk)
    assert not [line for line in todo(desk, TODAY) if "second place" in line.sentence]
    stick.rename(tmp_path / "gone")
    (said,) = [line for line in todo(desk, TODAY) if "second place" in line.sentence]
    assert "cannot be reached" in said.hint
    assert said.place.kind == "backup"
