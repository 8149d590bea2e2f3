"""The register as lines, one agreement with its parts, and the calendar."""

from datetime import date

import pytest
from ctdesk.domain.changes import Action
from ctdesk.domain.errors import DeskError
from ctdesk.services.contract_calendar import calendar
from ctdesk.services.contract_sheet import contract_sheet
from ctdesk.services.contracts import ending_within, register
from ctdesk.services.editing import edit
from tests.services.small_register import PARENTS, PLAY, SCHOOL, TODAY, small_register


@pytest.fixture
def lines(desk):
    desk.apply(Action.EDIT, "Take over the register", small_register())
    return {line.uid: line for line in register(desk, TODAY)}


def test_each_agreement_is_a_line_with_its_state(lines):
    assert {uid: line.state for uid, line in lines.items()} == {
        SCHOOL: "ending",
        PARENTS: "ending",
        PLAY: "draft",
    }


def test_dates_come_from_routes_boards_and_extensions(lines):
    life = lines[SCHOOL].life
    assert life.end == date(2026, 12, 31)
    assert life.latest_end.day == date(2027, 12, 31)
    assert life.start_procurement_by.sum == "05/03/2026 is 31/12/2026 less 43 weeks (Open)"
    assert life.total_value == 4 * 126_400_000


def test_providers_are_named_with_the_leading_one_first(lines):
    assert lines[PARENTS].provider == "The Bridge Project, Acorn Play"
    assert lines[SCHOOL].provider == "Birch Hospital Trust"


def test_what_does_not_fit_is_said(lines):
    assert {uid: [f.rule for f in line.findings] for uid, line in lines.items()} == {
        SCHOOL: ["requirement_expired", "procurement_late"],
        PARENTS: ["shares_sum", "successor_gap"],
        PLAY: [],
    }
    gap = lines[PARENTS].findings[1].sentence
    assert gap.startswith("For 31 days, 01/10/2026 to 31/10/2026, there is no agreement")


def test_a_day_counts_once_in_a_gap_and_an_overlap(desk):
    desk.apply(Action.EDIT, "Take over the register", small_register())
    starts = {"1/10/2026": [], "2/10/2026": ["successor_gap"], "30/9/2026": ["successor_overlaps"]}
    for start, rules in starts.items():
        edit(desk, "agreement", PLAY, {"start": start})
        found = register(desk, TODAY, [PARENTS])[0].findings
        assert [f.rule for f in found if f.rule.startswith("successor")] == rules
        assert all("1 day" in f.sentence for f in found if f.rule.startswith("successor"))


def test_ending_within_counts_in_months(lines):
    assert [line.uid for line in ending_within(lines.values(), 6, TODAY)] == [PARENTS]
    assert [line.uid for line in ending_within(lines.values(), 8, TODAY)] == [PARENTS, SCHOOL]


def test_a_sheet_holds_the_parts_and_the_payments_of_the_year(desk, lines):
    sheet = contract_sheet(desk, SCHOOL, TODAY)
    assert [part.words["state"] for part in sheet.parts["extension"]] == ["exercised", "drafted"]
    assert (sheet.paid, sheet.profile, sheet.profile_year) == (10_533_000, 10_533_300, 21_066_600)
    assert sheet.words["provider"] == "Birch Hospital Trust"


def test_a_missing_agreement_is_said_plainly(desk):
    with pytest.raises(DeskError, match="not there any more"):
        contract_sheet(desk, "gone", TODAY)


def test_the_calendar_looks_eighteen_months_ahead(desk, lines):
    found = calendar(desk, TODAY)
    assert [(it.day, it.what, it.agreement) for it in found] == [
        (date(2026, 6, 5), "action", SCHOOL),
        (date(2026, 6, 11), "board", ""),
        (date(2026, 6, 30), "notice by", PARENTS),
        (date(2026, 6, 30), "notice by", SCHOOL),
        (date(2026, 9, 30), "ends", PARENTS),
        (date(2026, 12, 31), "ends", SCHOOL),
    ]
