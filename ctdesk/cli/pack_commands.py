"""The commands about packs: each turns arguments into a job of `services`, and its outcome into words."""

from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ctdesk.cli.speech import say, say_document, say_table
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text, read_date
from ctdesk.domain.errors import DeskError
from ctdesk.domain.pack import Edition
from ctdesk.domain.reading import Unreadable
from ctdesk.services.desk import Desk, at_desk

if TYPE_CHECKING:
    from ctdesk.services.packs import PackLine

DONE = 0


def packs(wanted: Namespace) -> int:
    """List packs."""
    from ctdesk.services.packs import packs as all_packs

    with at_desk(wanted.workspace, read_only=True) as desk:
        found = all_packs(desk)
    if wanted.json:
        say_document(
            [
                {
                    "uid": line.uid,
                    "name": line.name,
                    "board": line.board,
                    "date": line.held_on.isoformat() if line.held_on else None,
                    "items": line.items,
                    "issued": line.issued_on.isoformat() if line.issued_on else None,
                }
                for line in found
            ]
        )
        return DONE
    rows = [
        [line.name, line.board, date_text(line.held_on) if line.held_on else "", str(line.items), _state(line)]
        for line in found
    ]
    say_table(["Pack", "Board", "Date", "Items", "State"], rows)
    say(counted(len(found), "pack"))
    return DONE


def _state(line: "PackLine") -> str:
    return f"issued {date_text(line.issued_on)}" if line.issued_on else "draft"


def pack_define(wanted: Namespace) -> int:
    """Make a pack from a JSON file."""
    from ctdesk.services.pack_definition import define_pack
    from ctdesk.services.packs import items_of, pack_name

    with at_desk(wanted.workspace) as desk:
        pack = define_pack(desk, wanted.file)
        name, items = pack_name(desk, pack), len(items_of(desk, pack))
    say(f"{name} has {counted(items, 'item')}. Next: ctdesk pack … to issue it.")
    return DONE


def pack_copy(wanted: Namespace) -> int:
    """Copy a pack to the next meeting."""
    from ctdesk.services.packs import copy_pack, pack_name

    try:
        held_on = read_date(wanted.date)
    except Unreadable as fault:
        raise DeskError(f"--date: “{wanted.date}” {fault}.") from fault
    with at_desk(wanted.workspace) as desk:
        uid, _ = desk.find("pack", wanted.name)
        name = pack_name(desk, copy_pack(desk, uid, held_on, wanted.new_name))
    say(f"{name} is ready; outside PDFs and late items of the old meeting are not in it.")
    return DONE


def pack(wanted: Namespace) -> int:
    """Issue a pack, or write it again."""
    editions = list(Edition) if wanted.edition == "both" else [Edition(wanted.edition)]
    with at_desk(wanted.workspace, read_only=wanted.draft) as desk:
        uid, _ = desk.find("pack", wanted.name)
        written = [_write(desk, uid, edition, wanted) for edition in editions]
    say(*(f"{path} is written." for path in written))
    return DONE


def _write(desk: Desk, uid: str, edition: Edition, wanted: Namespace) -> Path:
    from ctdesk.services.pack_issue import draft, issue, issued, open_again, write_edition

    now = datetime.now()  # noqa: DTZ005 - the office's own clock stands on the cover
    if wanted.draft:
        return write_edition(desk, uid, edition, draft(desk, uid, edition, now).content, wanted.to)
    if wanted.again:
        open_again(desk, uid)
        wanted.again = False
    if not desk.load_some("pack", [uid])[uid]["issued_on"]:
        issue(desk, uid, now)
    return write_edition(desk, uid, edition, issued(desk, uid, edition), wanted.to)
