"""A comparison that is called off in its middle: it stops at that row, and the workspace is as it was."""

from importlib import import_module

import pytest
from ctdesk.domain.cancelling import Cancelled, Cancelling
from ctdesk.domain.decisions import Decisions
from ctdesk.services.adopting import AdoptionWishes, adopt_register
from ctdesk.services.past import past
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.review_lines import review_lines
from tests.services.returned_books import answer, send_round
from tests.services.small_borough import COUNCIL

NEW = {"Provider": "Acorn Play", "Annual value (£)": 9_000, "Start date": "01/04/2026", "Open-ended": "Yes"}


@pytest.fixture
def returned(desk, tmp_path):
    """A return with several rows of each sort, two of them nearly named as services that did not come back."""
    sent = send_round(desk, tmp_path)[COUNCIL]
    titles = ("Toy library", "Clay club", "Swimming lessons")
    return answer(desk, sent, rows=[("Activity", {**NEW, "Service title": title}) for title in titles])


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    lines = [f"Reading circle {n},Provider {n},{n}000,Council" for n in range(1, 9)]
    path.write_text("\n".join(["Service title,Provider,Annual value,Agency", *lines]), encoding="utf-8")
    return path


def call_off_within(monkeypatch, step, wish):
    """Have the work called off the first time a step is taken, and return the times it is taken in all."""
    module, name = step.rsplit(".", 1)
    owner, taken = import_module(module), []
    do = getattr(owner, name)

    def calling_off(*args, **named):
        taken.append(name)
        wish.cancel()
        return do(*args, **named)

    monkeypatch.setattr(owner, name, calling_off)
    return taken


def called_off(desk, wish, work):
    before = [step.uid for step in past(desk)]
    with pytest.raises(Cancelled), wish.in_force():
        work()
    assert [step.uid for step in past(desk)] == before


@pytest.mark.parametrize(
    "step",
    [
        "ctdesk.domain.snapshot._values",
        "ctdesk.returns.parsing._key",
        "ctdesk.returns.matching._code",
        "ctdesk.returns.matching.suggest_among",
        "ctdesk.domain.review._review_row",
        "ctdesk.services.review_lines._record",
    ],
)
def test_comparing_a_return_stops_at_the_row_it_is_at(desk, returned, monkeypatch, step):
    wish = Cancelling()
    taken = call_off_within(monkeypatch, step, wish)

    def work():
        found = receive(desk, returned, Wishes(apply=True) if "review_lines" not in step else Wishes())
        review_lines(desk, *found, Decisions())

    called_off(desk, wish, work)
    assert len(taken) == 1


@pytest.mark.parametrize(
    "step", ["ctdesk.returns.adoption_rows._register_row", "ctdesk.services.adopting.note_bad_cells"]
)
def test_comparing_a_register_stops_at_the_row_it_is_at(desk, register, monkeypatch, step):
    wish = Cancelling()
    taken = call_off_within(monkeypatch, step, wish)
    called_off(desk, wish, lambda: adopt_register(desk, register, AdoptionWishes(agency="The council", apply=True)))
    assert len(taken) == 1
