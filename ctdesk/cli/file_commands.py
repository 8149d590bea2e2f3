"""Commands about what a file gives away, and about what is held on a person."""

from argparse import Namespace

from ctdesk.cli.speech import say, say_document
from ctdesk.domain.counting import counted


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
