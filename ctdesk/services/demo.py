"""The demo: a believable borough, and a whole baseline round run in it as an officer and twelve agencies would."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action, RecordChange, created, updated
from ctdesk.domain.errors import DeskError
from ctdesk.domain.money import money_text
from ctdesk.resources import resource
from ctdesk.returns.filling import TypedCell, TypedRow, fill_in
from ctdesk.services.creating import create_workspace
from ctdesk.services.demo_data import Answer, Borough, agency_answers, borough, demo_changes
from ctdesk.services.demo_monitoring import QUARTER, run_monitoring
from ctdesk.services.desk import Desk, who_am_i
from ctdesk.services.editing import edit
from ctdesk.services.folders import make_folder
from ctdesk.services.handing_back import hand_back
from ctdesk.services.monitoring_report import print_monitoring
from ctdesk.services.pack_definition import define_pack
from ctdesk.services.packs import pack_name
from ctdesk.services.receipt import ASKED
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.reporting import print_baseline
from ctdesk.services.rounds import start_round
from ctdesk.services.sending import SentRequest, send

Say = Callable[[str], None]

SENT, RETURNED, HANDED_BACK = "1 sent", "2 returned", "3 handed back"
MONITORING_SENT, MONITORING_RETURNED = "4 monitoring sent", "5 monitoring returned"
"""The folders of the demo, in the order of the work."""


MONITORED_ON = date(2026, 5, 6)
"""The day of which the demo's monitoring report speaks: some returns are twelve days late by then."""


def run_demo(folder: Path, say: Say) -> int:
    """Make the demo in a folder and say what was done; return the exit status.

    Raises DeskError if the folder already holds a demo or cannot be written.
    """
    place = borough()
    path = folder / f"{place.name}.ctdesk"
    if path.exists():
        raise DeskError(f"There is already a demo in {folder}; delete it or name another folder.")
    make_folder(folder)
    with _workspace(path, place) as workspace:
        desk = Desk(workspace, who_am_i())
        say(f"{place.name}: {_counted(desk)}, {money_text(_total(desk))} a year.")
        sent = _send(desk, place, folder, say)
        _take_back(desk, sent, folder, say)
        _monitor(desk, folder, say)
        report, monitored = folder / "Baseline report.pdf", folder / "Monitoring report.pdf"
        print_baseline(desk, report)
        print_monitoring(desk, monitored, on=MONITORED_ON)
        pack = pack_name(desk, define_pack(desk, resource("demo", "pack.json")))
    say(f"The baseline report is in {report}, the monitoring report in {monitored}.")
    say(f'Look at: ctdesk history "{path}", ctdesk list "{path}" activity, ctdesk check "{path}".')
    say(f'Print the pack of the next board: ctdesk pack "{path}" "{pack}" --to "{folder}".')
    return 0


def _workspace(path: Path, place: Borough) -> Workspace:
    workspace = create_workspace(path, name=place.name)
    desk = Desk(workspace, who_am_i())
    settings = _settings(desk, {"team": place.team, "reply_to": place.reply_to})
    desk.apply(Action.EDIT, "Take over what the partners already knew", [*demo_changes(desk.lists), *settings])
    return workspace


def _settings(desk: Desk, wanted: dict[str, str]) -> Iterable[RecordChange]:
    """Return the changes that set the team's settings, made or altered as need be."""
    held = {str(values["name"]): (uid, values) for uid, values in desk.load("setting").items()}
    for name, value in wanted.items():
        if name not in held:
            yield created("setting", {"name": name, "value": value})
        elif (change := updated("setting", held[name][0], held[name][1], {"value": value})) is not None:
            yield change


def _counted(desk: Desk) -> str:
    kinds = {"agencies": desk.load("organisation", is_agency=True), "activities": desk.load("activity")}
    kinds["posts"], kinds["agreements"] = desk.load("post"), desk.load("agreement")
    return ", ".join(f"{len(found)} {words}" for words, found in kinds.items())


def _total(desk: Desk) -> int:
    return sum(value for v in desk.load("activity").values() if isinstance(value := v.get("annual_value"), int))


def _send(desk: Desk, place: Borough, folder: Path, say: Say) -> dict[str, SentRequest]:
    start_round(desk, place.round, place.as_at, place.due)
    sent = send(desk, place.round, folder / SENT)
    say(f"{place.round} is started and {len(sent)} workbooks are in {folder / SENT}.")
    return {item.request.agency: item for item in sent}


def _take_back(desk: Desk, sent: dict[str, SentRequest], folder: Path, say: Say) -> None:
    """Let the agencies answer, in the order of the days they do, and take each answer in."""
    make_folder(folder / RETURNED)
    answers = [answer for answer in agency_answers() if answer.answered_on is not None]
    for answer in sorted(answers, key=lambda answer: str(answer.answered_on)):
        _meanwhile(desk, answer)
        returned = folder / RETURNED / f"{sent[answer.agency].workbook.stem}.{answer.format}"
        _fill(desk, answer, sent[answer.agency].workbook, returned)
        wishes = Wishes(apply=True, received=answer.answered_on)
        receipt, read = receive(desk, returned, wishes)
        receipt.hand_back = hand_back(desk, receipt, read, folder / HANDED_BACK)
        asked = sum(1 for finding in receipt.findings if finding.grade in ASKED)
        counts = receipt.counts("activity")
        say(
            f"{answer.agency}: services changed {counts['changed']}, new {counts['new']}, ended {counts['ended']}; "
            f"conflicts {len(receipt.conflicts)}, questions {asked}."
        )
    silent = [answer.agency for answer in agency_answers() if answer.answered_on is None]
    say(f"Not answered: {', '.join(silent)}.")


def _monitor(desk: Desk, folder: Path, say: Say) -> None:
    """Run the last quarter's monitoring."""
    sent, came = run_monitoring(desk, folder / MONITORING_SENT, folder / MONITORING_RETURNED)
    say(f"Monitoring, {QUARTER.label}: {sent} workbooks sent, {came} came back, {sent - came} missing.")


def _meanwhile(desk: Desk, answer: Answer) -> None:
    """Note what the desk was told while a workbook was away."""
    for change in answer.meanwhile:
        edit(desk, "activity", change.reference, {change.field: change.value}, why="Told by telephone")


def _fill(desk: Desk, answer: Answer, workbook: Path, returned: Path) -> None:
    typed = [TypedCell(item.sheet, item.row, item.column, item.value) for item in answer.edits]
    added = [TypedRow(row.sheet, row.cells) for row in answer.new_rows]
    fill_in(workbook, returned, desk.lists, typed, added, confirm=answer.confirms)
