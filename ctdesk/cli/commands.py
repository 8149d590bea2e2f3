"""The commands: each turns arguments into a job of `services`, and its outcome into words and an exit status."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ctdesk.cli.contract_commands import (  # noqa: F401 - run by their names
    decision,
    end_early,
    extension,
    keep,
    successor,
    uplift,
)
from ctdesk.cli.documents import receipt_document, sent_document, step_document
from ctdesk.cli.file_commands import inspect, past_keeping, subject_access  # noqa: F401 - run by their names
from ctdesk.cli.map_commands import map_services, share  # noqa: F401 - run by their names
from ctdesk.cli.map_question_commands import cliffs, gaps, market, overlaps, resource, scenario  # noqa: F401 - as above
from ctdesk.cli.pack_commands import pack, pack_copy, pack_define, packs  # noqa: F401 - run by their names
from ctdesk.cli.report_names import LETTERS
from ctdesk.cli.speech import complain, say, say_document, say_table
from ctdesk.cli.statuses import DONE, LEFT_TO_DECIDE, REFUSED
from ctdesk.cli.told import tell_receipt, undone_words
from ctdesk.domain import clock
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.errors import DeskError
from ctdesk.domain.incoming import Suggestions
from ctdesk.domain.review_policy import Resolve
from ctdesk.services.desk import Desk, at_desk

if TYPE_CHECKING:
    from ctdesk.services.receipt import Receipt
    from ctdesk.services.receiving import Return
    from ctdesk.services.sending import SentRequest


def new(wanted: Namespace) -> int:
    """Make a workspace."""
    from ctdesk.services.creating import STANDARD_FRAMEWORK, create_workspace

    create_workspace(wanted.workspace, framework_name=wanted.framework or STANDARD_FRAMEWORK, name=wanted.name).close()
    say(f"{wanted.workspace} is ready. Next: adopt a register, or add organisations and activities.")
    return DONE


def demo(wanted: Namespace) -> int:
    """Make the demo borough."""
    from ctdesk.services.demo import run_demo

    return run_demo(wanted.folder, say)


def adopt(wanted: Namespace) -> int:
    """Take over a register."""
    from ctdesk.services.adopting import AdoptionWishes, adopt_register
    from ctdesk.services.editing import split_pairs

    wishes = AdoptionWishes(
        kind=wanted.kind,
        profile=wanted.profile,
        sheet=wanted.sheet,
        mapping=split_pairs(wanted.map),
        agency=wanted.agency,
        save_profile=wanted.save_profile,
        password=wanted.password,
        apply=wanted.apply,
        conflicts=Resolve(wanted.conflicts),
        suggestions=Suggestions(wanted.suggestions),
    )
    with at_desk(wanted.workspace, read_only=not wanted.apply) as desk:
        receipt, register = adopt_register(desk, wanted.file, wishes)
        if wanted.json:
            from ctdesk.cli.documents import adoption_document

            say_document(adoption_document(desk, receipt, register))
        else:
            from ctdesk.cli.told import tell_register

            tell_register(register)
            tell_receipt(desk, receipt, applying=wanted.apply)
    return LEFT_TO_DECIDE if receipt.left_to_decide else DONE


_SHEETS = {"activity": "activity", "staffing": "post", "funding": "funding_line"}
"""The kinds of row that a round may ask for, by the names of their sheets."""


def start(wanted: Namespace) -> int:
    """Start a round."""
    from ctdesk.services.rounds import KINDS, start_round

    with at_desk(wanted.workspace) as desk:
        asks = [_SHEETS[name] for name in wanted.ask] or KINDS
        started = start_round(desk, wanted.name, wanted.as_at, wanted.due, wanted.agency, asks=asks)
    asked = counted(len(started.agencies), "agency", "agencies")
    say(f"{started.name} is started with {asked} asked; answers are due by {date_text(wanted.due)}.")
    return DONE


def send(wanted: Namespace) -> int:
    """Write the workbooks of a round."""
    from ctdesk.services.sending import send as send_round

    with at_desk(wanted.workspace) as desk:
        sent = send_round(desk, wanted.round, wanted.to, wanted.agency)
    return _tell_sent(wanted, sent, "Agency")


def monitor_send(wanted: Namespace) -> int:
    """Write the monitoring workbooks of a period."""
    from ctdesk.domain.periods import read_period
    from ctdesk.services.monitoring import agreements_of, send_period, start_period

    with at_desk(wanted.workspace) as desk:
        quarter = read_period(wanted.period)
        only = [*wanted.agreement, *agreements_of(desk, quarter, wanted.agency)]
        round_uid = start_period(desk, quarter, wanted.due, only)
        sent = send_period(desk, round_uid, wanted.to, only)
    return _tell_sent(wanted, sent, "Provider")


def _tell_sent(wanted: Namespace, sent: "Sequence[SentRequest]", whose: str) -> int:
    """Say what was written for whom; of monitoring also about which agreement."""
    if wanted.json:
        say_document([sent_document(item) for item in sent])
        return DONE
    rows = [[item.request.agency, str(item.rows), item.workbook.name] for item in sent]
    say_table([whose, "Rows", "Workbook"], rows)
    say(f"In {wanted.to}: {counted(len(sent), 'workbook')}, with a message and a chaser for each.")
    say(*(f"{item.workbook.name}, {remark.words}." for item in sent for remark in item.remarks))
    return DONE


def receive(wanted: Namespace) -> int:
    """Take returned workbooks in, each by itself; one that cannot be read does not stop the others."""
    statuses: list[int] = []
    documents: list[object] = []
    if wanted.hand_back is not None:
        _make_room(wanted.hand_back)
    with at_desk(wanted.workspace, read_only=not wanted.apply) as desk:
        for path in wanted.files:
            try:
                document, one = _receive_one(desk, path, wanted)
            except DeskError as fault:
                if len(wanted.files) == 1:
                    raise
                complain(str(fault))
                document, one = {"file": str(path), "error": str(fault), "applied": False}, REFUSED
            documents.append(document)
            statuses.append(one)
    if wanted.json:
        say_document(documents[0] if len(wanted.files) == 1 else documents)
    some_done = min(statuses) < REFUSED
    return min(max(statuses), LEFT_TO_DECIDE) if some_done else REFUSED


def _make_room(folder: Path) -> None:
    """Make the folder of what is handed back before anything is taken in, in case it cannot be made."""
    from ctdesk.services.folders import make_folder

    make_folder(folder)


def _receive_one(desk: Desk, path: Path, wanted: Namespace) -> tuple[object, int]:
    from ctdesk.services.receiving import Wishes, receive

    wishes = Wishes(
        apply=wanted.apply,
        conflicts=Resolve(wanted.conflicts),
        suggestions=Suggestions(wanted.suggestions),
        password=wanted.password,
        received=wanted.received,
    )
    receipt, returned = receive(desk, path, wishes, vars(wanted).pop("reading", None))
    status = LEFT_TO_DECIDE if receipt.left_to_decide else DONE
    if wanted.hand_back is not None:
        status = max(status, _hand_back(desk, receipt, returned, wanted.hand_back))
    if not wanted.json:
        tell_receipt(desk, receipt, applying=wanted.apply)
    return receipt_document(desk, receipt), status


def _hand_back(desk: Desk, receipt: "Receipt", returned: "Return", folder: Path) -> int:
    """Write what goes back; where it cannot be written, what was taken in before stays and is told."""
    from ctdesk.services.handing_back import hand_back

    try:
        receipt.hand_back = hand_back(desk, receipt, returned, folder)
    except DeskError as fault:
        if not receipt.applied:
            raise
        complain(str(fault))
        return LEFT_TO_DECIDE
    return DONE


def list_records(wanted: Namespace) -> int:
    """List records."""
    from ctdesk.services.editing import split_pairs
    from ctdesk.services.exporting import listing

    with at_desk(wanted.workspace, read_only=True) as desk:
        found = listing(desk, wanted.kind, split_pairs(wanted.where))
        if wanted.json:
            say_document(found.for_programs(desk))
            return DONE
        fields = found.columns()
        rows = found.for_people(desk, fields)
    say_table([field.label for field in fields], rows)
    say(counted(len(rows), found.definition.label.lower(), found.definition.plural.lower()))
    return DONE


def export(wanted: Namespace) -> int:
    """Write records, or a register, to a file."""
    from ctdesk.cli.registers import REGISTERS, export_register

    if wanted.kind in REGISTERS:
        return export_register(wanted, wanted.as_at or clock.today())
    if wanted.period or wanted.all or wanted.as_at:
        raise DeskError("--period, --all and --as-at are for the registers and the calendar; use --where instead.")
    from ctdesk.services.editing import split_pairs
    from ctdesk.services.exporting import export_records
    from ctdesk.services.transparency import export_transparency

    with at_desk(wanted.workspace, read_only=True) as desk:
        if wanted.kind == "transparency":
            count = export_transparency(desk, wanted.to, split_pairs(wanted.where))
        else:
            count = export_records(desk, wanted.kind, wanted.to, split_pairs(wanted.where))
    if wanted.json:
        say_document({"file": str(wanted.to), "rows": count})
    else:
        say(f"{wanted.to} is written, with {counted(count, 'row')}.")
    return DONE


def contracts(wanted: Namespace) -> int:
    """List the agreements."""
    from ctdesk.cli.registers import tell_contracts

    return tell_contracts(wanted, wanted.as_at or clock.today())


def report(wanted: Namespace) -> int:
    """Print a report."""
    from ctdesk.cli import reports_printed
    from ctdesk.services.preview import paper, save_paper

    reports_printed.refuse_idle(wanted)
    with at_desk(wanted.workspace, read_only=True) as desk:
        print_it = getattr(reports_printed, wanted.report.replace("-", "_"))
        printed = paper(wanted.report, lambda path: print_it(desk, Namespace(**vars(wanted) | {"to": path})))
    remarks = save_paper(printed, wanted.to)
    said = LETTERS.get(wanted.report, f"The {wanted.report} report is")
    say(f"{said} in {wanted.to}.", *(f"{wanted.to.name}, {remark.words}." for remark in remarks))
    return DONE


def add_record(wanted: Namespace) -> int:
    """Add one record."""
    from ctdesk.services.adding import add
    from ctdesk.services.desk import definition_of
    from ctdesk.services.editing import split_pairs

    with at_desk(wanted.workspace) as desk:
        kind, uid = add(desk, wanted.kind, split_pairs(wanted.fields))
    say(f"{definition_of(kind).label} is added as {uid}.")
    return DONE


def set_fields(wanted: Namespace) -> int:
    """Alter fields of one record."""
    from ctdesk.services.editing import edit, split_pairs

    with at_desk(wanted.workspace) as desk:
        change_set = edit(desk, wanted.kind, wanted.record, split_pairs(wanted.fields), why=wanted.why)
    say(change_set.title + ": saved." if change_set else "It is so already; nothing was altered.")
    return DONE


def history(wanted: Namespace) -> int:
    """Show what was done."""
    from ctdesk.services.past import past

    with at_desk(wanted.workspace, read_only=True) as desk:
        lines = past(desk)
    if wanted.json:
        say_document([step_document(line) for line in lines])
        return DONE
    say_table(
        ["Step", "When", "Who", "What", "Records"],
        [[str(l.number), f"{l.when:%d/%m/%Y %H:%M}", l.who, l.title, str(l.records)] for l in lines],  # noqa: E741
    )
    return DONE


def undo(wanted: Namespace) -> int:
    """Take one step back."""
    from ctdesk.services.past import undo as undo_step

    with at_desk(wanted.workspace) as desk:
        undone = undo_step(desk, wanted.change_set)
        say(*undone_words(desk, undone))
    return LEFT_TO_DECIDE if undone.conflicts else DONE


def check(wanted: Namespace) -> int:
    """Check the file."""
    from ctdesk.services.upkeep import check_workspace

    with at_desk(wanted.workspace, read_only=True) as desk:
        problems = check_workspace(desk)
    if wanted.json:
        say_document({"file": str(wanted.workspace), "sound": not problems, "problems": [p.what for p in problems]})
    elif problems:
        say(*(problem.what for problem in problems))
    else:
        say(f"{wanted.workspace.name} is sound.")
    return LEFT_TO_DECIDE if problems else DONE


def backup(wanted: Namespace) -> int:
    """Make a copy."""
    from ctdesk.services.upkeep import back_up

    with at_desk(wanted.workspace) as desk:
        path = back_up(desk, wanted.to)
    say(f"A verified copy is in {path}.")
    return DONE


def restore(wanted: Namespace) -> int:
    """Bring a copy back."""
    from ctdesk.services.upkeep import restore as bring_back

    safety = bring_back(wanted.backup, wanted.workspace)
    say(f"{wanted.workspace} is as it was in {wanted.backup.name}.")
    if safety is not None:
        say(f"What was there before is kept in {safety}.")
    return DONE
