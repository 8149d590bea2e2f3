"""The program's trial of itself: everything that a build or an installation may have left out is used once.

`ctdesk --self-test` works in a folder of its own, which it removes, on a screen in memory; it needs no network.
"""

import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

REFERENCE, TYPED = "ST-001", 1_250_00
"""The one activity of the trial, and the pence that its agency types into the workbook."""


class Failed(Exception):
    """A step did not come to what it should; the message says how."""


@dataclass
class Trial:
    """The folder of the trial, and what earlier steps left in it for later ones."""

    folder: Path
    sent: list[Path] = field(default_factory=list)

    @property
    def workspace(self) -> Path:
        """The workspace of the trial; its name has a space, an apostrophe and a letter beyond ASCII."""
        return self.folder / "Trial’s façade.ctdesk"


def self_test() -> int:
    """Take every step and print a line for each; return 0 if all went well, else 1."""
    # Windows keeps a file that something still has open; a folder left behind must not fail the trial.
    with tempfile.TemporaryDirectory(prefix="ctdesk-self-test-", ignore_cleanup_errors=True) as folder:
        os.environ |= {"CTDESK_CONFIG": str(Path(folder) / "config"), "QT_QPA_PLATFORM": "offscreen"}
        trial = Trial(Path(folder))
        went_well = [_taken(title, step, trial) for title, step in STEPS.items()]
    return int(not all(went_well))


def _taken(title: str, step: Callable[[Trial], str], trial: Trial) -> bool:
    """Take one step, print what came of it, and say whether it went well."""
    begun = time.perf_counter()
    try:
        mark, said = "ok    ", step(trial)
    except Exception as fault:  # a trial tells of every fault and goes on
        mark, said = "FAILED", f"{type(fault).__name__}: {fault}"
        if not isinstance(fault, Failed):
            traceback.print_exc()
    sys.stdout.write(f"{mark} {title}: {said} ({time.perf_counter() - begun:.1f} s)\n")
    sys.stdout.flush()
    return mark == "ok    "


def _shipped_files(_: Trial) -> str:
    from ctdesk.resources import resource

    wanted = ("fonts", "frameworks", "icons", "profiles", "theme", "demo", "guide/README.md")
    for name in wanted:
        resource(*name.split("/"))
    return f"{len(wanted)} sorts are there"


def _new_workspace(trial: Trial) -> str:
    from ctdesk.domain.changes import Action, created
    from ctdesk.domain.definition import Values
    from ctdesk.services.creating import create_workspace
    from ctdesk.services.desk import Desk

    with create_workspace(trial.workspace, name="Trial") as workspace:
        desk = Desk(workspace, "self-test")
        agency = created("organisation", {"name": "Trial agency", "is_agency": True, "is_provider": True})
        parties: Values = {"agency": agency.uid, "provider": agency.uid}
        worth: Values = {"reference": REFERENCE, "title": "Trial service", "annual_value": 1_000_00}
        desk.apply(Action.EDIT, "Begin", [agency, created("activity", {**worth, **parties})])
        return f"made with the {len(desk.lists.names())} lists of a framework"


def _older_workspaces(trial: Trial) -> str:
    """Make a workspace of every released schema with a record in it, and let opening it bring it up to date."""
    from ctdesk.db.queries import load
    from ctdesk.db.recognise import SCHEMA_VERSION
    from ctdesk.db.workspace import Workspace

    for version in range(1, SCHEMA_VERSION):
        old = trial.folder / f"schema {version}.ctdesk"
        _make_old(old, version)
        with Workspace.open(old) as workspace:
            held = [values["name"] for values in load(workspace, "organisation").values()]
        if held != ["Kept"]:
            raise Failed(f"of one of schema {version} this was left: {held}")
    return f"each of schema 1 to {SCHEMA_VERSION - 1} is brought up to {SCHEMA_VERSION}"


def _make_old(path: Path, version: int) -> None:
    from ctdesk.db.migrate import migrate
    from ctdesk.db.recognise import APPLICATION_ID, connect
    from ctdesk.db.workspace import Workspace

    path.touch()
    workspace = Workspace(path, connect(path), read_only=False)
    workspace.driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrate(workspace.statements(), 0, version)
    workspace.driver.execute("INSERT INTO organisation (uid, name) VALUES ('kept', 'Kept')")
    workspace.close()


def _workbook_out(trial: Trial) -> str:
    from ctdesk.services.desk import at_desk
    from ctdesk.services.rounds import start_round
    from ctdesk.services.sending import send

    with at_desk(trial.workspace) as desk:
        start_round(desk, "Trial round", date(2026, 3, 31), date(2026, 5, 8), ["Trial agency"])
        trial.sent = [item.workbook for item in send(desk, "Trial round", trial.folder / "sent")]
    return f"{trial.sent[0].name}, {trial.sent[0].stat().st_size:,} bytes"


def _workbook_back(trial: Trial) -> str:
    """Fill the workbook in as its agency, and have the child process read it."""
    from ctdesk.returns.filling import TypedCell, fill_in
    from ctdesk.returns.reader import reading_command
    from ctdesk.services.desk import at_desk
    from ctdesk.services.receiving import Wishes, receive

    back = trial.folder / "returned.xlsx"
    with at_desk(trial.workspace) as desk:
        typed = TypedCell("Activity", REFERENCE, "Annual value (£)", TYPED / 100)
        fill_in(trial.sent[0], back, desk.lists, [typed], confirm=True)
        receive(desk, back, Wishes(apply=True))
        (activity,) = desk.load("activity", reference=REFERENCE).values()
    if activity["annual_value"] != TYPED:
        raise Failed(f"the value that came back is {activity['annual_value']} and not {TYPED} pence")
    return f"read by {Path(reading_command()[0]).name} in a process of its own"


def _other_formats(trial: Trial) -> str:
    """Write and read a table in every format that the desk exports or takes in from LibreOffice."""
    from ctdesk.returns.ods_file import write_ods
    from ctdesk.returns.reader import read_book
    from ctdesk.services.desk import at_desk
    from ctdesk.services.exporting import export_records

    with at_desk(trial.workspace, read_only=True) as desk:
        for ending in ("xlsx", "csv", "json"):
            export_records(desk, "activity", trial.folder / f"out.{ending}")
    write_ods({"Sheet": [["Heading"], ["a"]]}, trial.folder / "out.ods")
    for ending in ("xlsx", "csv", "ods"):
        if len(read_book(trial.folder / f"out.{ending}").sheets[0].rows) != 2:
            raise Failed(f"the .{ending} does not hold its two rows")
    return ".xlsx, .csv, .json and .ods"


def _report(trial: Trial) -> str:
    from ctdesk.reports.pages import Pages
    from ctdesk.services.desk import at_desk
    from ctdesk.services.reporting import print_baseline

    path = trial.folder / "report.pdf"
    with at_desk(trial.workspace, read_only=True) as desk:
        print_baseline(desk, path)
    content = path.read_bytes()
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-32:]:
        raise Failed("what was printed is not a whole PDF")
    pages = Pages(content, path.name)
    first = pages.picture(0, 0.5)
    pages.close()
    if len(set(first.content)) < 8:
        raise Failed("the first page is drawn empty")
    return f"printed, {len(content):,} bytes, and drawn as the preview does"


def _pack(trial: Trial) -> str:
    from ctdesk.domain.pack import Edition
    from ctdesk.services.desk import at_desk
    from ctdesk.services.pack_issue import issue, issued
    from ctdesk.services.packs import add_outside, add_report, new_pack

    fixed = datetime(2026, 6, 15, 9, 20)  # noqa: DTZ001 - the office's own clock
    with at_desk(trial.workspace) as desk:
        pack = new_pack(desk, "Board of the trial", date(2026, 6, 25))
        add_report(desk, pack, "baseline", {})
        add_outside(desk, pack, trial.folder / "report.pdf", exempt="3")
        issue(desk, pack, fixed)
        sizes = [len(issued(desk, pack, edition)) for edition in Edition]
    if not 0 < sizes[0] < sizes[1]:
        raise Failed("the public edition of a pack is not the smaller one")
    return f"public {sizes[0]:,} bytes, restricted {sizes[1]:,}"


def _backup(trial: Trial) -> str:
    from ctdesk.services.desk import at_desk
    from ctdesk.services.upkeep import back_up, check_workspace, restore

    with at_desk(trial.workspace) as desk:
        copy = back_up(desk, trial.folder)
    restore(copy, trial.workspace)
    with at_desk(trial.workspace, read_only=True) as desk:
        problems = check_workspace(desk)
    if problems:
        raise Failed(problems[0].what)
    return "made, proved and brought back; the workspace is sound"


def _window(trial: Trial) -> str:
    """Open the workspace in the window and see that something is drawn."""
    from PySide6.QtCore import QTimer

    from ctdesk.app import Application

    application = Application()
    colours: set[int] = set()

    def look() -> None:
        if application.window is not None:
            image = application.window.grab().toImage()
            places = [(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)]
            colours.update(image.pixel(x, y) for x, y in places)
            application.window.close()
        application.qt.quit()

    faults: list[BaseException] = []

    def noted(_kind: type[BaseException], fault: BaseException, _trace: object) -> None:
        faults.append(fault)
        application.qt.quit()

    sys.excepthook = noted
    application.usable.connect(lambda: QTimer.singleShot(0, look))
    QTimer.singleShot(60_000, application.qt.quit)
    application.run(trial.workspace)
    if faults:
        raise faults[0]
    if len(colours) < 8:
        raise Failed("the window stayed empty")
    return f"drawn, in {len(colours)} colours"


STEPS: dict[str, Callable[[Trial], str]] = {
    "Shipped files": _shipped_files,
    "New workspace": _new_workspace,
    "Older workspaces": _older_workspaces,
    "Workbook out": _workbook_out,
    "Workbook back": _workbook_back,
    "Other formats": _other_formats,
    "Report": _report,
    "Pack": _pack,
    "Backup": _backup,
    "Window": _window,
}
"""The steps in their order; a later one may need what an earlier one left."""
