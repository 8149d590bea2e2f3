"""An explanation is typed once: in a later round the same question is not asked, another value is."""

from datetime import date

import pytest
from ctdesk.domain.decisions import Decisions
from ctdesk.services.decisions import apply_decisions
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.review_lines import review_lines
from ctdesk.services.rounds import start_round
from ctdesk.services.sending import send
from tests.services.returned_books import answer, send_round
from tests.services.small_borough import COUNCIL

pytestmark = pytest.mark.slow  # each takes two rounds

WHY = "It runs from month to month until the new centre opens."
NO_END = [("Activity", "AC-001", "End date", "clear")]
JUMP = ("Activity", "AC-003", "Annual value (£)", 30_000)


def comes_back(desk, sent, cells):
    return answer(desk, sent[COUNCIL], cells)


def next_round(desk, folder):
    """Start and send the round of the year after."""
    start_round(desk, "Baseline 2027/28", date(2027, 3, 31), date(2027, 5, 7))
    return {it.request.agency_uid: it for it in send(desk, "Baseline 2027/28", folder)}


def rules(receipt):
    return [finding.rule for finding in receipt.findings]


@pytest.fixture
def explained(desk, tmp_path):
    """The first round, in which the agency's missing end date and its jump in value were explained and applied."""
    found = receive(desk, comes_back(desk, send_round(desk, tmp_path), [*NO_END, JUMP]), Wishes())
    decisions = Decisions()
    for rule in review_lines(desk, *found, decisions).rules:
        if rule.rule in {"no_end", "value_jump"}:
            decisions.explain(rule.rule, rule.questions[0].finding.cells[0], WHY)
    assert {"no_end", "value_jump"} <= set(rules(found[0]))
    apply_decisions(desk, found[1], decisions)
    folder = tmp_path / "next"
    folder.mkdir()
    return next_round(desk, folder)


def test_the_next_round_does_not_ask_again_and_shows_what_was_said(desk, explained):
    found = receive(desk, comes_back(desk, explained, ()), Wishes())
    assert "no_end" not in rules(found[0])
    carried = next(it for it in review_lines(desk, *found, Decisions()).rules if it.rule == "no_end").questions
    assert [(question.carried, question.explanation) for question in carried] == [(WHY, "")]


def test_the_next_round_hands_back_nothing_of_what_was_explained(desk, explained):
    receipt, _ = receive(desk, comes_back(desk, explained, ()), Wishes(apply=True))
    assert not receipt.left_to_decide
    kept = desk.load("finding", rule="no_end").values()
    assert [values["explanation"] for values in kept] == [WHY]


def test_another_value_is_asked_about_in_the_next_round(desk, explained):
    receipt, _ = receive(desk, comes_back(desk, explained, [(*JUMP[:3], 90_000)]), Wishes())
    assert "value_jump" in rules(receipt)


def test_what_was_explained_of_one_record_says_nothing_of_another(desk, explained):
    receipt, _ = receive(desk, comes_back(desk, explained, [("Activity", "AC-002", "End date", "clear")]), Wishes())
    assert rules(receipt).count("no_end") == 1
