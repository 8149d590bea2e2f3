"""A quarter of sixty agreements: sent, filled in LibreOffice, taken back at command line and window, reported."""

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ctdesk.cli import run
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action
from ctdesk.services.creating import create_workspace
from ctdesk.services.demo_data import demo_changes
from ctdesk.services.desk import Desk, at_desk
from ctdesk.ui.places import Place
from ctdesk.ui.screens.review import ReviewScreen
from ctdesk.ui.session import Session
from ctdesk.ui.theme import apply_theme
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.journeys.libreoffice import Office, running_office, type_in

pytestmark = pytest.mark.slow
QUARTER, ASKED = "2025-Q4", 60
COMPARED = ("measure_result", "period_count", "period_money", "action", "request", "agreement_measure", "finding")
COUNTS = ("All users", 40), ("Aged 0 to 4", 10), ("Aged 5 to 10", 10), ("Aged 11 to 15", 15), ("Aged 16 to 25", 5)
"""What every provider counts; the ages add up."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running


def command(*words: object) -> Any:
    """Run a command that prints JSON and return the document."""
    said = io.StringIO()
    with redirect_stdout(said):
        run([*map(str, words), "--json"])
    return json.loads(said.getvalue())


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory, office: Office) -> tuple[Path, list[Path]]:
    """The demonstration's workspace with the quarter sent, and what sixty providers returned."""
    folder = tmp_path_factory.mktemp("quarter")
    path = folder / "borough.ctdesk"
    with create_workspace(path, name="Selmarsh Children’s Trust") as made:
        desk = Desk(made, "sam")
        desk.apply(Action.EDIT, "Begin", demo_changes(desk.lists))
    sent = command("monitor", "send", path, "--period", QUARTER, "--due", "24/04/2026", "--to", folder / "sent")
    assert len(sent) == ASKED
    (folder / "back").mkdir()
    returned = [folder / "back" / Path(item["workbook"]).name for item in sent]
    with at_desk(path) as desk:
        measured = measures(desk)
    jobs = [
        {"source": item["workbook"], "target": str(back), "actions": answers(measured[item["agreement"]])}
        for item, back in zip(sent, returned, strict=True)
    ]
    office.work(jobs)
    return path, returned


def measures(desk: Desk) -> dict[str, list[tuple[str, Decimal]]]:
    """Return the measures asked of each agreement, by its reference, with their targets."""
    names = desk.names["agreement"].name_of
    found: dict[str, list[tuple[str, Decimal]]] = {}
    for values in desk.load("measure_result").values():
        if values["actual"] is None:
            told = str(values["measure_name"]), Decimal(str(values["target"]))
            found.setdefault(names[str(values["agreement"])], []).append(told)
    return found


def answers(asked: list[tuple[str, Decimal]]) -> list[dict[str, Any]]:
    """Return what a provider types: every target met exactly, and its users."""
    typed = [type_in(name, "Actual", float(target), sheet="Measures") for name, target in asked]
    return typed + [type_in(what, "This period", count, sheet="Users and incidents") for what, count in COUNTS]


def content(path: Path) -> dict[str, list[str]]:
    """Return what a workspace holds of monitoring, apart from what each record is called inside the file."""
    with at_desk(path, read_only=True) as desk:
        return {kind: sorted(str(sorted(v.items(), key=str)) for v in desk.load(kind).values()) for kind in COMPARED}


def test_window_and_command_line_make_the_same_of_sixty_returns(
    quarter: tuple[Path, list[Path]], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, returned = quarter
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    by_command, by_window = (Path(shutil.copy(path, tmp_path / name)) for name in ("command.ctdesk", "window.ctdesk"))
    received = command("monitor", "receive", by_command, *returned, "--apply")
    assert [one["applied"] for one in received] == [True] * ASKED
    assert {one["form_version"] for one in received} == {"monitoring-1"}
    at_the_window(by_window, returned, qtbot)
    assert content(by_window) == content(by_command)
    report = tmp_path / "report.pdf"
    assert run(["report", str(by_command), "monitoring", "--period", QUARTER, "--to", str(report)]) == 0
    text = " ".join(PdfReader(report).pages[0].extract_text().split())
    assert "60 of 60 agreements were reported" in text
    assert "no agreement is red" in text


def at_the_window(path: Path, returned: list[Path], qtbot: QtBot) -> None:
    """Take every return in on the review screen, by its button."""
    apply_theme(QApplication.instance(), "light")
    session = Session(Desk(Workspace.open(path), "sam"))
    screen = ReviewScreen(session)
    qtbot.addWidget(screen)
    screen.resize(1200, 640)
    screen.show()
    for each in returned:
        screen.go(Place("review", path=each))
        qtbot.waitUntil(lambda: not session.tasks and not screen._waiting, timeout=30_000)
        qtbot.mouseClick(screen.page.apply, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not session.tasks, timeout=30_000)
    session.close()
