"""The monitoring workbook saved by LibreOffice in other forms: what is typed is what is held, else nothing changes."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from ctdesk.domain.changes import Action
from ctdesk.domain.periods import read_period
from ctdesk.services.desk import Desk
from ctdesk.services.monitoring import send_period, start_period
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.sending import SentRequest
from tests.journeys.libreoffice import Office, running_office, type_in, typed
from tests.services.conftest import desk
from tests.services.monitored_borough import GOALS, SEEN, TALK, WAIT, monitored

__all__ = ["desk"]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture
def sent(desk: Desk, tmp_path: Path) -> SentRequest:
    """The workbook of an agreement that was sent."""
    organisations = list(desk.load("organisation"))
    desk.apply(Action.EDIT, "Add agreements", monitored(organisations[0], organisations[1], organisations[2]))
    items = send_period(desk, start_period(desk, read_period("2026-Q1")), tmp_path / "sent")
    return next(item for item in items if item.request.agreement_uid == TALK)


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_what_libreoffice_saves_is_taken_as_typed(
    desk: Desk, sent: SentRequest, office: Office, tmp_path: Path, ending: str
) -> None:
    untouched, filled = tmp_path / f"untouched.{ending}", tmp_path / f"filled.{ending}"
    office.save(sent.workbook, untouched)
    receipt, _ = receive(desk, untouched, Wishes(apply=True))
    assert [change for change in receipt.changes if change.kind != "request"] == []
    actions = (
        type_in("Waiting time", "Actual", 17.5, sheet="Measures"),
        type_in("Children seen", "Actual", typed("1,312"), sheet="Measures"),
        type_in("Goals met at discharge", "Actual", typed("84%"), sheet="Measures"),
    )
    office.save(sent.workbook, filled, *actions)
    receipt, _ = receive(desk, filled, Wishes(apply=True))
    held = {str(v["measure"]): v["actual"] for v in desk.load("measure_result", agreement=TALK).values()}
    assert held == {WAIT: Decimal("17.50"), SEEN: Decimal("1312.00"), GOALS: None}
    assert "doubtful" in {finding.rule for finding in receipt.findings}
