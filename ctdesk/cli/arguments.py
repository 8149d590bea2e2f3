"""The words of the command line: every command with its arguments and help."""

import argparse
import re
import sys
from collections.abc import Sequence
from functools import cache
from typing import NoReturn

from ctdesk import __version__
from ctdesk.cli.contract_arguments import contract_commands
from ctdesk.cli.map_arguments import map_commands
from ctdesk.cli.monitor_arguments import monitor_commands
from ctdesk.cli.pack_arguments import pack_commands
from ctdesk.cli.report_names import REPORTS
from ctdesk.cli.speech import complain
from ctdesk.cli.typed import typed_day, typed_months, typed_path, typed_pdf

_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives the thing no public name


_BELOW_NOUGHT = re.compile(r"-[0-9][0-9.,]*%?")


class _Parser(argparse.ArgumentParser):
    """A parser that says in one sentence what it cannot take."""

    def error(self, message: str) -> NoReturn:
        """End the program with the sentence."""
        complain(f"{self.prog}: {message}; see {self.prog} --help.")
        sys.exit(2)


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what is wanted; a number below nought is a value, as argparse takes whatever has a blank in it."""
    return parser().parse_args([f" {it}" if _BELOW_NOUGHT.fullmatch(it) else it for it in arguments])


@cache
def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each names the function of `commands` that runs it."""
    top = _Parser(
        prog="ctdesk",
        description="The commissioning trust desk: what every partner commissions, in one file.",
        epilog="Dates and money are given as people write them: 31/03/2026, £1,250.50.",
    )
    top.add_argument("--version", action="version", version=f"ctdesk {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _making(commands)
    _out_and_back(commands)
    _looking(commands)
    map_commands(commands, _command, _json)
    pack_commands(commands, _command, _json)
    contract_commands(commands, _command)
    _altering(commands)
    _keeping(commands)
    return top


def _command(commands: _Commands, name: str, text: str, *, workspace: bool = True) -> argparse.ArgumentParser:  # type: ignore[type-arg]  # argparse's own generic has no public name
    made = commands.add_parser(name, help=text, description=text)
    made.set_defaults(run=name)
    if workspace:
        made.add_argument("workspace", type=typed_path, metavar="WORKSPACE", help="the .ctdesk file")
    return made  # type: ignore[no-any-return]  # as above


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON document instead of text")


def _making(commands: _Commands) -> None:  # type: ignore[type-arg]  # as above
    new = _command(commands, "new", "Make a new workspace with the reference lists of a framework.")
    new.add_argument("--framework", default=None, metavar="NAME|FILE", help="the lists to begin with")
    new.add_argument("--name", default=None, metavar="TEXT", help="what the trust or team is called")
    demo = _command(commands, "demo", "Make a believable borough and run a whole round in it.", workspace=False)
    demo.add_argument("folder", type=typed_path, metavar="FOLDER", help="where its files go")
    demo.add_argument("--no-window", action="store_true", help="do not open the window afterwards")
    adopt = _command(commands, "adopt", "Take over a register from somebody else's spreadsheet.")
    adopt.add_argument("file", type=typed_path, metavar="FILE")
    adopt.add_argument(
        "--as", dest="kind", default="activity", choices=["activity", "agreement"], help="what its rows are"
    )
    adopt.add_argument("--profile", default=None, metavar="NAME|FILE", help="how its columns are to be read")
    adopt.add_argument("--sheet", default=None, metavar="S", help="the sheet to read, if not the likeliest")
    adopt.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help="read this column so")
    adopt.add_argument("--agency", default=None, metavar="NAME", help="whose register it is")
    adopt.add_argument("--save-profile", type=typed_path, metavar="FILE", help="keep the mapping for next time")
    adopt.add_argument("--password", default=None, metavar="P", help="opens a protected file")
    _accepting(adopt)
    _json(adopt)


def _accepting(command: argparse.ArgumentParser) -> None:
    command.add_argument("--apply", action="store_true", help="put everything clean into the workspace")
    command.add_argument(
        "--conflicts",
        choices=["hold", "ours", "theirs"],
        default="hold",
        help="what to do where both sides changed a field",
    )
    suggestions = command.add_mutually_exclusive_group()
    suggestions.set_defaults(suggestions="hold")
    suggestions.add_argument(
        "--accept-suggestions",
        dest="suggestions",
        action="store_const",
        const="accept",
        help="take every suggested match and reading",
    )
    suggestions.add_argument(
        "--decline-suggestions",
        dest="suggestions",
        action="store_const",
        const="decline",
        help="take names and rows that only resemble known ones as new",
    )


def _out_and_back(commands: _Commands) -> None:  # type: ignore[type-arg]  # as above
    start = _command(commands, "round", "Start a round.")
    start.set_defaults(run="start")
    start.add_argument("name", metavar="NAME", help="for instance: Baseline 2026/27")
    start.add_argument("--as-at", type=typed_day, required=True, metavar="DATE", help="the day the answers describe")
    start.add_argument("--due", type=typed_day, required=True, metavar="DATE", help="the day they should be back")
    start.add_argument("--agency", action="append", default=[], metavar="NAME", help="ask this one (repeatable)")
    start.add_argument(
        "--ask", action="append", default=[], choices=["activity", "staffing", "funding"], help="all, if none is named"
    )
    send = _command(commands, "send", "Write the workbook and the messages of every agency asked.")
    send.add_argument("--round", required=True, metavar="NAME")
    send.add_argument("--agency", action="append", default=[], metavar="NAME", help="only this one (repeatable)")
    send.add_argument("--to", type=typed_path, required=True, metavar="FOLDER")
    _json(send)
    _receiving(_command(commands, "receive", "Take returned workbooks in."))
    monitor_commands(commands, _command, _receiving)


def _receiving(receive: argparse.ArgumentParser) -> None:
    receive.set_defaults(run="receive")
    receive.add_argument("files", type=typed_path, nargs="+", metavar="FILE")
    _accepting(receive)
    receive.add_argument("--password", default=None, metavar="P", help="opens protected files")
    receive.add_argument("--received", type=typed_day, metavar="DATE", help="the day they came, if not today")
    receive.add_argument("--hand-back", type=typed_path, metavar="FOLDER", help="write a marked copy or a slip")
    _json(receive)


def _looking(commands: _Commands) -> None:  # type: ignore[type-arg]  # as above
    listed = _command(commands, "list", "List the records of a kind.")
    listed.set_defaults(run="list_records")
    listed.add_argument("kind", metavar="KIND", help="activity, post, organisation, request, finding …")
    listed.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE")
    _json(listed)
    export = _command(commands, "export", "Write the records of a kind to a file.")
    export.add_argument(
        "kind",
        metavar="KIND",
        help="a kind of record, or: transparency, transparency-contracts, transparency-grants, calendar",
    )
    export.add_argument(
        "--to", type=typed_path, required=True, metavar="FILE", help=".xlsx, .csv or .json; a calendar .ics"
    )
    export.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE")
    export.add_argument("--as-at", type=typed_day, metavar="DATE", help="the day a register is read on, if not today")
    export.add_argument("--period", default=None, metavar="PERIOD", help="in force in this, as 2026-Q2, if not now")
    export.add_argument("--all", action="store_true", help="every agreement that was signed, whenever it was in force")
    _json(export)
    contracts = _command(commands, "contracts", "List the agreements with their states and the dates to be kept.")
    contracts.add_argument("--ending-within", type=typed_months, metavar="MONTHS", help="only those that end so")
    contracts.add_argument("--as-at", type=typed_day, metavar="DATE", help="the day they are looked at, if not today")
    _json(contracts)
    inspect = _command(commands, "inspect", "Say what a file gives away before it leaves.", workspace=False)
    inspect.add_argument("file", type=typed_path, metavar="FILE", help="a workbook, .csv, .pdf or text")
    _json(inspect)
    report = _command(commands, "report", "Print a report as PDF.")
    report.add_argument("report", choices=REPORTS)
    report.add_argument("--to", type=typed_pdf, required=True, metavar="FILE.pdf")
    report.add_argument("--round", default=None, metavar="NAME", help="the newest round if none is named")
    report.add_argument("--agency", default=None, metavar="NAME", help="only this agency")
    report.add_argument("--period", default=None, metavar="PERIOD", help="of monitoring, for instance 2026-Q1")
    report.add_argument("--provider", default=None, metavar="NAME", help="only this provider")
    report.add_argument("--agreement", default=None, metavar="REF", help="the agreement it is about")
    report.add_argument("--review", default=None, metavar="DATE", help="the review it is about, if not the newest")
    report.add_argument("--public", action="store_true", help="leave out what is not for publication")
    report.add_argument("--as-at", type=typed_day, metavar="DATE", help="the day it is to speak of, if not today")


def _altering(commands: _Commands) -> None:  # type: ignore[type-arg]  # as above
    add = _command(commands, "add", "Add one record.")
    add.set_defaults(run="add_record")
    add.add_argument("kind", metavar="KIND", help="agreement, extension, variation, payment, board_meeting …")
    add.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    edit = _command(commands, "set", "Alter fields of one record.")
    edit.set_defaults(run="set_fields")
    edit.add_argument("kind", metavar="KIND")
    edit.add_argument("record", metavar="REFERENCE_OR_UID")
    edit.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    edit.add_argument("--why", default="", metavar="TEXT", help="the reason, kept in the history")
    history = _command(commands, "history", "Show every step that was taken, by whom and when.")
    _json(history)
    undo = _command(commands, "undo", "Take one step back; what was altered since stays.")
    undo.add_argument("change_set", metavar="CHANGE_SET", help="its number in the history, or its uid")


def _keeping(commands: _Commands) -> None:  # type: ignore[type-arg]  # as above
    check = _command(commands, "check", "Check the file and everything in it.")
    _json(check)
    backup = _command(commands, "backup", "Make a verified copy of the workspace.")
    backup.add_argument("--to", type=typed_path, metavar="FOLDER", help="the usual folder if none is named")
    over = _command(commands, "past-keeping", "List what has been kept long enough, or remove it for good.")
    over.set_defaults(run="past_keeping")
    over.add_argument("--remove", action="append", default=[], metavar="REFERENCE", help="what is to go, or all")
    over.add_argument("--yes", action="store_true", help="remove it, after having seen what that means")
    over.add_argument("--as-at", type=typed_day, metavar="DATE", help="the day it is looked at, if not today")
    _json(over)
    access = _command(commands, "subject-access", "Write everything that names a person to a file.")
    access.set_defaults(run="subject_access")
    access.add_argument("--to", type=typed_path, required=True, metavar="FILE", help=".xlsx or .csv")
    access.add_argument("names", nargs="+", metavar="NAME", help="the name, e-mail or number, each as written")
    restore = _command(commands, "restore", "Put a backup in the place of a workspace.", workspace=False)
    restore.add_argument("backup", type=typed_path, metavar="BACKUP")
    restore.add_argument("workspace", type=typed_path, metavar="WORKSPACE")
