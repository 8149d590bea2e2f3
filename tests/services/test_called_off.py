"""Slow work that is called off in its middle: it stops where it is, and nothing is altered or left behind."""

from pkgutil import resolve_name

import pytest
from ctdesk.domain.cancelling import Cancelled, Cancelling
from ctdesk.domain.changes import Action, updated
from ctdesk.domain.decisions import Decisions
from ctdesk.services.adopting import AdoptionWishes, adopt_register
from ctdesk.services.exporting import export_records
from ctdesk.services.past import past
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.register_report import print_register
from ctdesk.services.review_lines import review_lines
from ctdesk.services.upkeep import back_up
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
    place, name = step.rsplit(".", 1)
    owner, taken = resolve_name(place), []
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


def export_into(desk, path):
    export_records(desk, "activity", path)


def edit_every_activity(desk, _folder):
    desk.apply(
        Action.EDIT,
        "Rename",
        [changed_title(uid, values) for uid, values in desk.load("activity").items()],
    )


def changed_title(uid, values):
    change = updated("activity", uid, values, {"title": f"{values['title']} again"})
    assert change is not None
    return change


SLOW = {
    "a list for Excel": ("ctdesk.returns.export._table_rows", lambda desk, to: export_into(desk, to / "a.xlsx")),
    "a list as text": ("ctdesk.returns.export._csv_cell", lambda desk, to: export_into(desk, to / "a.csv")),
    "a report": ("ctdesk.reports.flow.Flow.add", lambda desk, to: print_register(desk, to / "report.pdf")),
    "an edit": ("ctdesk.db.writer._write_history", edit_every_activity),
}


@pytest.mark.parametrize(("step", "work"), SLOW.values(), ids=SLOW)
def test_slow_work_that_is_called_off_leaves_nothing_behind(desk, tmp_path, monkeypatch, step, work):
    before, wish, into = dict(desk.load("activity")), Cancelling(), tmp_path / "into"
    into.mkdir()
    call_off_within(monkeypatch, step, wish)
    called_off(desk, wish, lambda: work(desk, into))
    assert desk.load("activity") == before
    assert list(into.iterdir()) == []


def test_a_backup_is_called_off_while_sqlite_copies(desk, tmp_path):
    wish = Cancelling()
    desk.workspace.driver.set_progress_handler(wish.cancel, 50)
    called_off(desk, wish, lambda: back_up(desk, tmp_path / "elsewhere"))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_follows_on_something_that_went_in_is_not_called_off(desk):
    wish = Cancelling()
    with wish.in_force():
        edit_every_activity(desk, None)
        wish.cancel()
        assert all(str(values["title"]).endswith("again") for values in desk.load("activity").values())
        with pytest.raises(Cancelled):
            wish.next_step()
        with pytest.raises(Cancelled):
            desk.load("activity")
