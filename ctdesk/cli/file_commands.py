"""Commands about what a file gives away, and about what is held on a person."""

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ctdesk.cli.speech import say, say_document, say_table
from ctdesk.cli.statuses import DONE, LEFT_TO_DECIDE
from ctdesk.domain import clock
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.errors import DeskError

if TYPE_CHECKING:
    from datetime import date

    from ctdesk.services.desk import Desk
    from ctdesk.services.keeping import PastKeeping


def inspect(wanted: Namespace) -> int:
    """Say what a file gives away; 1 if there is anything."""
    from ctdesk.services.inspecting import inspect_file

    remarks = inspect_file(wanted.file)
    if wanted.json:
        found = [{"concern": str(it.concern), "where": it.where, "what": it.what} for it in remarks]
        say_document({"file": str(wanted.file), "remarks": found})
    else:
        say(*(remark.words for remark in remarks))
        say(f"{wanted.file.name}: {counted(len(remarks), 'remark') if remarks else 'nothing stands out'}.")
    return LEFT_TO_DECIDE if remarks else DONE


def subject_access(wanted: Namespace) -> int:
    """Write everything that names a person to a file."""
    from ctdesk.services.desk import at_desk
    from ctdesk.services.subject_access import held_about, write_held

    with at_desk(wanted.workspace, read_only=True) as desk:
        held = held_about(desk, wanted.names)
        write_held(desk, held, wanted.to)
    said = counted(held.places, "place that names", "places that name")
    say(f"{wanted.to} is written: {said} the person.")
    if held.not_looked_into:
        files = counted(held.not_looked_into, "kept file")
        say(f"{files} could not be looked into: the list names each, for you to look through.")
    return DONE


def past_keeping(wanted: Namespace) -> int:
    """List what need be kept no longer, 1 if there is anything; or remove what is chosen of it, once that is agreed."""
    from ctdesk.services.desk import at_desk
    from ctdesk.services.keeping import past_keeping as found_past

    on = wanted.as_at or clock.today()
    with at_desk(wanted.workspace, read_only=not (wanted.remove and wanted.yes)) as desk:
        found = found_past(desk, on)
        if wanted.remove:
            return _remove(desk, _chosen(found, wanted.remove), on, agreed=wanted.yes)
    if wanted.json:
        say_document(
            [
                {"kind": it.kind, "uid": it.uid, "title": it.title, "until": it.keep_until.isoformat(), "why": it.why}
                for it in found
            ]
        )
        return LEFT_TO_DECIDE if found else DONE
    rows = [[DEFINITIONS[it.kind].label, it.title, date_text(it.keep_until), it.why] for it in found]
    say_table(["Kind", "Record", "Kept until", "Why"], rows)
    say(f"{counted(len(found), 'record')} to review; --remove and its reference shows what removing one would mean.")
    return LEFT_TO_DECIDE if found else DONE


def _chosen(found: "Sequence[PastKeeping]", typed: Sequence[str]) -> set[str]:
    """Return the uids of what was typed, by uid or by how the record is called or begins; `all` means every one."""
    if "all" in typed:
        return {it.uid for it in found}
    chosen = set()
    for text in typed:
        fitting = [it.uid for it in found if text == it.uid or text.casefold() in _names(it.title)]
        if len(fitting) != 1:
            what = "is not among" if not fitting else "is the name of several of"
            raise DeskError(f"“{text}” {what} the records that may be removed; past-keeping lists them.")
        chosen.add(fitting[0])
    return chosen


def _names(title: str) -> set[str]:
    """Return what may be typed for a record that is listed so: all of it, or its reference."""
    return {title.casefold(), title.casefold().split(" ")[0]}


def _remove(desk: "Desk", uids: set[str], on: "date", *, agreed: bool) -> int:
    from ctdesk.services.removing import plan_removal, remove

    plan = plan_removal(desk, uids, on)
    say_table(["Record", "Why"], [[it.title, it.why] for it in plan.records])
    say(*plan.words(), *(f"  {path}" for path in plan.backups))
    if not agreed:
        say("Nothing was removed; add --yes to do it.")
        return LEFT_TO_DECIDE
    step = remove(desk, plan)
    say(f"{plan.what} removed for good (change set {step.uid}).")
    return DONE
