"""Watching over a contract in the window: measures, reviews with their weaknesses, concerns, the rating of the year."""

from datetime import date
from decimal import Decimal

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.services.desk import Desk
from ctdesk.services.past import past
from ctdesk.ui.places import Place
from ctdesk.ui.screens.contract_asking import Asking
from ctdesk.ui.screens.contract_weaknesses import WeaknessDialog
from tests.made_once import copied
from tests.services.monitored_borough import SEEN, TALK, monitored
from tests.ui.names import unnamed
from tests.ui.windows import main_window, make_desk


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    return Desk(copied("two watched", watched, tmp_path / "weir.ctdesk"), "sam")


def watched(path):
    made = make_desk(path)
    agency, provider = made.load("organisation")
    concern = {
        "agreement": TALK,
        "what": "Waiting has doubled",
        "raised_on": date(2026, 5, 1),
        "step": "concern raised",
    }
    more = [
        created("measure", {"name": "Missed appointments", "unit": "%", "polarity": "low"}, "lib-dna"),
        created("review", {"agreement": TALK, "held_on": date(2026, 6, 10), "what": "visit"}, "rev-1"),
        created("concern", concern, "con-1"),
    ]
    made.apply(Action.EDIT, "Add agreements", [*monitored(agency, provider, agency), *more])
    return made.workspace


@pytest.fixture
def screen(desk, qtbot):
    with main_window(desk) as window:
        window.go(Place("record", kind="agreement", uid=TALK))
        yield window.made("contract")


def answer(parent, **typed):
    """Answer the dialog that is open."""
    asking = next(it for it in parent.findChildren(Asking) if it.isVisible())
    assert unnamed(asking) == []
    for name, text in typed.items():
        asking.editors[name].show_text(text)
    asking.go.click()
    return asking


def choose(screen, kind, uid):
    """Go to the page of a kind and choose one of its records."""
    page = screen.parts[kind]
    screen.tabs.setCurrentWidget(page)
    page.table.selectRow([part.uid for part in page.model.parts].index(uid))


def test_a_measure_of_the_library_is_taken_on_the_page_of_the_agreement(screen, desk):
    screen.watching.ask_library()
    answer(screen, which="Missed appointments", target="8", amber_percent="10")
    held = next(iter(desk.load("agreement_measure", measure="lib-dna").values()))
    assert (held["name"], held["target"], held["frequency"]) == ("Missed appointments", Decimal(8), "quarterly")
    assert screen.parts["agreement_measure"].model.rowCount() == 4
    said = []
    screen.watching.said.connect(said.append)
    screen.watching.ask_library()
    assert "library has no measure" in said[0]


def test_targets_are_typed_period_by_period(screen, desk):
    choose(screen, "agreement_measure", SEEN)
    screen.watching.ask_targets()
    asking = next(it for it in screen.findChildren(Asking) if it.isVisible())
    first = next(iter(asking.editors))
    answer(screen, **{first: "lots"})
    assert "lots" in asking.fault.text()
    answer(screen, **{first: "250"})
    assert [(it["period"], it["target"]) for it in desk.load("measure_target").values()] == [(first, Decimal(250))]


def test_a_measure_is_asked_for_until_a_period(screen, desk):
    choose(screen, "agreement_measure", SEEN)
    screen.watching.ask_end()
    answer(screen, to_period="2026-Q1")
    assert desk.load("agreement_measure")[SEEN]["to_period"] == "2026-Q1"


def test_a_review_is_closed_when_its_weakness_has_an_action(screen, desk):
    choose(screen, "review", "rev-1")
    screen.watching.show_weaknesses()
    dialog = next(it for it in screen.findChildren(WeaknessDialog) if it.isVisible())
    dialog.add.click()
    answer(dialog, what="Rota has gaps")
    assert unnamed(dialog) == []
    screen.watching.ask_close()
    refused = answer(screen, closed_on="01/07/2026")
    assert "“Rota has gaps” has no action" in refused.fault.text()
    dialog.ask_action(next(iter(_found(desk))))
    answer(dialog, title="Fill the rota", owner="Service manager", due="31/07/2026")
    refused.go.click()
    assert desk.load("review")["rev-1"]["closed_on"] == date(2026, 7, 1)
    dialog.reject()


def _found(desk):
    from ctdesk.services.watching import weaknesses

    return weaknesses(desk, "rev-1")


def test_the_reply_of_the_provider_is_written_down(screen, desk):
    choose(screen, "review", "rev-1")
    screen.watching.ask_reply()
    answer(screen, reply="Agreed.", replied_on="20/06/2026")
    assert desk.load("review")["rev-1"]["replied_on"] == date(2026, 6, 20)


def test_a_concern_goes_up_one_step_and_is_settled(screen, desk):
    choose(screen, "concern", "con-1")
    screen.watching.ask_step()
    asking = answer(screen, step_on="01/06/2026")
    assert "Say why" in asking.fault.text()
    answer(screen, step_on="01/06/2026", why="No change in a month")
    assert desk.load("concern")["con-1"]["step"] == "formal notice"
    assert past(desk)[0].why == "No change in a month"
    screen.watching.ask_settling()
    answer(screen, closed_on="02/06/2026", outcome="Posts filled")
    said = []
    screen.watching.said.connect(said.append)
    screen.watching.ask_step()
    assert "settled" in said[0]


def test_whether_the_rating_applies_is_asked_before_it_is_given(screen, desk):
    screen.open_part("act_rating", "")
    answer(screen, act_rating_applies="Yes")
    screen.open_part("act_rating", "")
    answer(screen, rating="good", given_on="01/04/2026", reason="Every target met")
    assert [it["rating"] for it in desk.load("act_rating").values()] == ["good"]
    screen.watching.ask_whether()
    asking = answer(screen, act_rating_applies="No", act_rating_reason="")
    assert "Say why" in asking.fault.text()
    asking.reject()


def test_the_library_is_reached_from_monitoring(desk, qtbot):
    with main_window(desk) as window:
        window.go(Place("monitoring"))
        window.made("monitoring").open_library()
        assert window.stack.currentWidget() is window.made("measure")
