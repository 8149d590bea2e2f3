"""Registers held for later: what was said and decided is kept word for word, once for each form of register."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ctdesk.domain.changes import Action
from ctdesk.domain.decisions import Decisions
from ctdesk.domain.errors import DeskError
from ctdesk.domain.incoming import Suggestions
from ctdesk.domain.review_policy import Choice, FieldDecision
from ctdesk.services.adopting import AdoptionWishes, adopt_book
from ctdesk.services.adoption_sheet import begin
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.services.held_files import held_registers
from ctdesk.services.held_registers import hold_register, take_up_register, wishes_from_json, wishes_to_json
from ctdesk.services.past import past, undo
from tests.services.small_borough import borough

LINES = "Ref,Contract title,Supplier,Value pa,Start\nC/1,Youth bus,Acorn Play,42000,01/09/2025\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk of a small borough."""
    with create_workspace(tmp_path / "borough.ctdesk", name="Small borough") as workspace:
        made = Desk(workspace, "sam")
        made.apply(Action.EDIT, "Take over what is known", borough())
        yield made
        workspace.changed = False


def wishes() -> AdoptionWishes:
    decisions = Decisions()
    decisions.decline("activity", 2, "annual_value")
    decisions.settle("activity", 3, "start", FieldDecision(Choice.OTHER, None))
    decisions.match("activity", 4, Suggestions.DECLINE)
    decisions.want_row("activity", 5, wanted=False)
    decisions.read_as("provider", "Acorn", Suggestions.ACCEPT)
    decisions.explain("value_jump", "Sheet!D2", "A second worker.")
    return AdoptionWishes(
        kind="activity",
        sheet="register",
        mapping={"Contract title": "title"},
        agency="Alder Council",
        header_row=1,
        values={"tier": {"2": "targeted"}},
        names={("provider", "Acorn"): Suggestions.ACCEPT},
        decisions=decisions,
    )


def test_what_was_said_and_decided_is_kept_word_for_word() -> None:
    assert wishes_from_json(wishes_to_json(wishes())) == wishes()


def test_a_register_held_again_is_held_once_and_let_go_of_when_it_is_adopted(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(LINES, encoding="utf-8")
    begun = begin(desk, tmp_path / "register.csv", None)
    assert isinstance(begun, tuple)
    book, sheet = begun
    said = AdoptionWishes(agency="Alder Council", sheet=sheet.register.sheet)
    for _ in range(2):
        hold_register(desk, sheet.register, book, book.path.read_bytes, said)
    (held,) = held_registers(desk)
    assert held.name == "register.csv"
    (tmp_path / "register.csv").unlink()
    taken = take_up_register(desk, held.uid)
    assert taken.wishes == said
    adopt_book(desk, taken.book, AdoptionWishes(agency="Alder Council", apply=True), taken.content)
    assert held_registers(desk) == []
    assert "Youth bus" in {it["title"] for it in desk.load("activity").values()}
    undo(desk, past(desk)[0].uid)
    assert [it.name for it in held_registers(desk)] == ["register.csv"]


def test_a_register_that_is_held_no_more_says_so(desk: Desk) -> None:
    with pytest.raises(DeskError, match="not held any more"):
        take_up_register(desk, "nothing")
