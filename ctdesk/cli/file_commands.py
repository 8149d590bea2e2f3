"""Commands about a file alone, without a workspace."""

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
