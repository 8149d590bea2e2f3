"""The demonstration’s agreements: some sixty, in every state there is, with what belongs to agreements."""

from collections.abc import Iterator
from datetime import date

import pytest
from ctdesk.domain.changes import Action
from ctdesk.domain.lifecycle import AgreementState
from ctdesk.services.contract_sheet import PART_KINDS
from ctdesk.services.contracts import register
from ctdesk.services.creating import create_workspace
from ctdesk.services.demo_data import demo_changes
from ctdesk.services.desk import Desk

RULES = {
    "successor_overlaps",
    "successor_gap",
    "shares_sum",
    "paid_after_end",
    "requirement_not_held",
    "requirement_expired",
    "procurement_late",
}
"""What is wrong on purpose, so that there is something to put right."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demonstration before its round."""
    workspace = create_workspace(tmp_path_factory.mktemp("demo") / "demo.ctdesk")
    desk = Desk(workspace, "sam")
    desk.apply(Action.EDIT, "Take over", demo_changes(desk.lists))
    yield desk
    workspace.changed = False
    workspace.close()


@pytest.mark.parametrize("on", [date(2026, 5, 18), date(2026, 12, 1)])
def test_every_state_is_there_in_the_spring_and_at_the_end_of_the_year(demo: Desk, on: date) -> None:
    lines = register(demo, on)
    assert len(lines) == 67
    assert {line.state for line in lines} == set(AgreementState)


def test_there_is_something_to_put_right_and_nothing_by_accident(demo: Desk) -> None:
    found = [finding for line in register(demo, date(2026, 5, 18)) for finding in line.findings]
    assert {finding.rule for finding in found} == RULES


def test_every_sort_of_part_is_there(demo: Desk) -> None:
    parts = [kind for kind in PART_KINDS if kind != "agreement_measure"]
    assert all(demo.load(kind) for kind in (*parts, "weakness", "board_meeting"))
