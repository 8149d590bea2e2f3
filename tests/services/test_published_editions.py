"""Every report in its public edition, alone and in a pack, tells no small number of people; in full it does."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from ctdesk.cli import run
from ctdesk.domain.changes import Action, updated
from ctdesk.domain.definition import Value
from ctdesk.domain.pack import Edition
from ctdesk.domain.periods import read_period
from ctdesk.domain.suppression import MARK
from ctdesk.services.contract_report import print_contract
from ctdesk.services.desk import Desk
from ctdesk.services.monitoring import send_period, start_period
from ctdesk.services.monitoring_report import print_monitoring
from ctdesk.services.pack_issue import draft
from ctdesk.services.packs import add_report, new_pack
from ctdesk.services.provider_report import print_provider
from ctdesk.services.transparency_registers import CONTRACT_HEADINGS, GRANT_HEADINGS
from pypdf import PdfReader
from tests.services.monitored_borough import TALK, monitored

DUE = date(2026, 7, 20)
THEN = datetime(2026, 8, 1, 9, 20)  # noqa: DTZ001 - the office's own clock
SECRET, COMMENT, TOLD = "3 children", "Only three came", "Rests on a number of people below 5"


@pytest.fixture
def few(desk: Desk, tmp_path: Path) -> Desk:
    """A borough whose speech and language service saw three children in the quarter."""
    organisations = list(desk.load("organisation"))
    desk.apply(Action.EDIT, "Add agreements", monitored(organisations[0], organisations[1], organisations[2]))
    send_period(desk, start_period(desk, read_period("2026-Q1")), tmp_path)
    for uid, held in desk.load("measure_result", agreement=TALK).items():
        if held["measure_name"] == "Children seen":
            said: dict[str, Value] = {"actual": Decimal(3), "commentary": f"{COMMENT}."}
            change = updated("measure_result", uid, held, said)
            assert change is not None
            desk.apply(Action.EDIT, "Came", [change])
    for uid, held in desk.load("request", agreement=TALK).items():
        change = updated("request", uid, held, {"received_on": DUE, "state": "accepted"})
        assert change is not None
        desk.apply(Action.EDIT, "Came", [change])
    return desk


def text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)


def written(print_it: object, desk: Desk, path: Path, *of: object, **how: object) -> str:
    print_it(desk, path, *of, **how)  # type: ignore[operator]  # a report's own function
    return text(path.read_bytes())


def test_no_report_in_its_public_edition_tells_a_small_number(few: Desk, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    provider = few.load("agreement")[TALK]["provider"]
    assert isinstance(provider, str)
    for print_it, of in ((print_contract, [TALK]), (print_monitoring, []), (print_provider, [provider])):
        full, public = (written(print_it, few, path, *of, on=DUE, public=public) for public in (False, True))
        assert SECRET in full, f"{print_it.__name__} in full has it"
        assert SECRET not in public
        assert COMMENT not in public
        assert TOLD in public, f"{print_it.__name__} says so in its place"
        assert f"{MARK}: kept confidential" in public


def test_the_public_edition_of_a_pack_tells_none_and_the_restricted_one_does(few: Desk) -> None:
    pack = new_pack(few, "Partnership Board", date(2026, 8, 6))
    add_report(few, pack, "monitoring", {"period": "2026-Q1"}, "How it is going", exempt="1")
    add_report(few, pack, "contract", {"agreement": "NH-010"}, "Speech and language")
    public, restricted = (text(draft(few, pack, edition, THEN).content) for edition in Edition)
    assert SECRET not in public
    assert SECRET in restricted, "an exempt item is printed in full"
    assert TOLD in public


def test_the_command_prints_the_public_edition_of_monitoring(few: Desk, tmp_path: Path) -> None:
    few.workspace.close()
    path = tmp_path / "public.pdf"
    assert run(["report", str(few.workspace.path), "monitoring", "--public", "--to", str(path)]) == 0
    assert SECRET not in text(path.read_bytes())


def test_the_registers_for_publication_ask_for_no_number_of_people() -> None:
    asked = " ".join((*CONTRACT_HEADINGS, *GRANT_HEADINGS)).casefold()
    assert not any(word in asked for word in ("users", "children", "families", "people"))
