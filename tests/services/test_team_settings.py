"""The team's settings are read as typed, refused in one sentence, and saved as one change set."""

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.past import past, undo
from ctdesk.services.team_settings import save_settings, team_settings


def test_several_settings_are_one_step(desk: Desk) -> None:
    steps = len(past(desk))
    save_settings(desk, {"team": "  The  team ", "reply_to": "desk@example.org", "variance_percent": "30 %"})
    assert len(past(desk)) == steps + 1
    found = team_settings(desk)
    assert (found["team"], found["reply_to"], found["variance_percent"]) == ("The team", "desk@example.org", "30")
    undo(desk, past(desk)[0].uid)
    assert team_settings(desk)["variance_percent"] == "25"


def test_what_is_so_already_is_no_step(desk: Desk) -> None:
    assert save_settings(desk, team_settings(desk)) is None


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("name", "  ", "type a name"),
        ("reply_to", "desk at example", "not an e-mail address"),
        ("variance_percent", "0", "from 1 to 1000"),
        ("variance_percent", "a lot", "from 1 to 1000"),
        ("answer_days", "400", "from 1 to 365"),
        ("answer_days", "", "from 1 to 365"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_saved(desk: Desk, name: str, typed: str, said: str) -> None:
    steps = len(past(desk))
    with pytest.raises(DeskError, match=said):
        save_settings(desk, {"team": "Another", name: typed})
    assert len(past(desk)) == steps


def test_an_address_can_be_taken_away(desk: Desk) -> None:
    save_settings(desk, {"reply_to": "desk@example.org"})
    save_settings(desk, {"reply_to": ""})
    assert team_settings(desk)["reply_to"] == ""
