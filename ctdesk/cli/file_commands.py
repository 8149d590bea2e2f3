"""Commands about what a file gives away, and about what is held on a person."""

from argparse import Namespace

from ctdesk.cli.speech import say, say_document, say_table
from ctdesk.domain import clock
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text


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
    return int(bool(remarks))


def subject_access(wanted: Namespace) -> int:
    """Write everything that names a person to a file."""
    from ctdesk.services.desk import at_desk
    from ctdesk.services.subject_access import export_subject_access

    with at_desk(wanted.workspace, read_only=True) as desk:
        count = export_subject_access(desk, wanted.names, wanted.to)
    say(f"{wanted.to} is written: {counted(count, 'place')} that name{'s' if count == 1 else ''} the person.")
    return 0


def past_keeping(wanted: Namespace) -> int:
    """List what need be kept no longer; 1 if there is anything to review."""
    from ctdesk.services.desk import at_desk
    from ctdesk.services.keeping import past_keeping as found_past

    with at_desk(wanted.workspace, read_only=True) as desk:
        found = found_past(desk, clock.today())
    if wanted.json:
        say_document(
            [{"kind": it.kind, "uid": it.uid, "title": it.title, "until": it.keep_until.isoformat()} for it in found]
        )
        return int(bool(found))
    say_table(
        ["Record", "Ended", "Kept until", "Goes with it", "Stands in the way"],
        [
            [
                it.title,
                date_text(it.ended),
                date_text(it.keep_until),
                ", ".join(it.goes_along),
                ", ".join(it.in_the_way),
            ]
            for it in found
        ],
    )
    say(f"{counted(len(found), 'record')} to review; delete those that are to go in the window.")
    return int(bool(found))
