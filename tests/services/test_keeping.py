"""What ended longer ago than the team keeps records is listed with what would go with it."""

from datetime import date

import pytest
from ctdesk.cli import run
from ctdesk.services.desk import Desk
from ctdesk.services.keeping import _later, past_keeping
from ctdesk.services.team_settings import save_settings
from tests.services.small_borough import NURSING, OLD


def test_an_activity_is_listed_the_day_after_its_years_are_over(desk: Desk) -> None:
    assert past_keeping(desk, date(2032, 3, 31)) == []
    (found,) = past_keeping(desk, date(2032, 4, 1))
    assert (found.kind, found.uid, found.ended, found.keep_until) == (
        "activity",
        OLD,
        date(2025, 3, 31),
        date(2032, 3, 31),
    )


def test_the_years_are_a_setting_and_said_with_the_end(desk: Desk) -> None:
    save_settings(desk, {"keep_years": "1"})
    found = {it.uid: it for it in past_keeping(desk, date(2028, 6, 1))}
    assert found[NURSING].why == "Ended 31/03/2027, kept 1 year"
    assert min(found.values(), key=lambda it: it.keep_until).uid == OLD


def test_a_leap_day_ends_with_its_month() -> None:
    assert _later(date(2024, 2, 29), 7) == date(2031, 2, 28)


def test_the_command_lists_them(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk.workspace.path
    desk.workspace.changed = False
    desk.workspace.close()
    assert run(["past-keeping", str(path)]) == 0
    assert "0 records to review" in capsys.readouterr().out
