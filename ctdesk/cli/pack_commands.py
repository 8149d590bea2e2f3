"""The commands about packs: each turns arguments into a job of `services`, and its outcome into words."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ctdesk.cli.speech import complain, say, say_document, say_table
from ctdesk.cli.statuses import DONE, LEFT_TO_DECIDE
from ctdesk.domain import clock
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.pack import Edition
from ctdesk.services.desk import Desk, at_desk

if TYPE_CHECKING:
    from ctdesk.services.packs import PackLine


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

    with at_desk(wanted.workspace) as desk:
        uid, _ = desk.find("pack", wanted.name)
        name = pack_name(desk, copy_pack(desk, uid, wanted.date, wanted.new_name))
    say(f"{name} is ready; outside PDFs and late items of the old meeting are not in it.")
    return DONE


def pack(wanted: Namespace) -> int:
    """Issue a pack, or write it again."""
    editions = list(Edition) if wanted.edition == "both" else [Edition(wanted.edition)]
    from ctdesk.services.exempt_guard import WHAT_NEXT
    from ctdesk.services.inspecting import inspect_file

    with at_desk(wanted.workspace, read_only=wanted.draft) as desk:
        uid, _ = desk.find("pack", wanted.name)
        write = _write_draft if wanted.draft else _write
        written = [write(desk, uid, edition, wanted) for edition in editions]
        public = [path for path, edition in zip(written, editions, strict=True) if edition is Edition.PUBLIC]
        shown = [fault for path in public for fault in _shown(desk, path)]
    for path in written:
        say(f"{path} is written.", *(f"{path.name}, {remark.words}." for remark in inspect_file(path)))
    for fault in shown:
        complain(f"{fault}; {WHAT_NEXT}.")
    return LEFT_TO_DECIDE if shown else DONE


def _shown(desk: Desk, path: Path) -> list[str]:
    """Return what a public edition shows that is marked exempt: a draft may be sent on as well."""
    from ctdesk.services.exempt_guard import exempt_shown

    return exempt_shown(desk, path.read_bytes())


def _write_draft(desk: Desk, uid: str, edition: Edition, wanted: Namespace) -> Path:
    from ctdesk.services.pack_issue import draft, write_edition

    return write_edition(desk, uid, edition, draft(desk, uid, edition, clock.now()).content, wanted.to)


def _write(desk: Desk, uid: str, edition: Edition, wanted: Namespace) -> Path:
    """Write an edition as issued; what was not issued is, once for both editions."""
    from ctdesk.services.exempt_guard import ExemptShown
    from ctdesk.services.pack_issue import issue, issued, write_edition

    if wanted.again or not desk.load_some("pack", [uid])[uid]["issued_on"]:
        try:
            issue(desk, uid, clock.now(), again=wanted.again, even_so=wanted.even_so)
        except ExemptShown as shown:
            for fault in shown.found if len(shown.found) > 1 else ():
                complain(f"{fault}.")
            raise
        wanted.again = False
    return write_edition(desk, uid, edition, issued(desk, uid, edition), wanted.to)
