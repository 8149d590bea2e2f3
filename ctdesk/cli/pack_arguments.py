"""The words of the commands about packs."""

import argparse
from collections.abc import Callable
from typing import Any

from ctdesk.cli.typed import typed_day, typed_path

_Commands = Any
"""What argparse gives to add commands to; it has no public name."""


def pack_commands(
    commands: _Commands, add: Callable[..., argparse.ArgumentParser], json: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Add the commands, by the functions that add one and its `--json`."""
    listed = add(commands, "packs", "List the packs, with their meetings.")
    json(listed)
    define = add(commands, "pack-define", "Make a pack, or give one a new agenda, from a JSON file.")
    define.set_defaults(run="pack_define")
    define.add_argument("file", type=typed_path, metavar="FILE.json", help="board, date, items and so on")
    copy = add(commands, "pack-copy", "Copy a pack to the next meeting of its board.")
    copy.set_defaults(run="pack_copy")
    copy.add_argument("name", metavar="NAME")
    copy.add_argument("--date", type=typed_day, required=True, metavar="DATE", help="the day of the next meeting")
    copy.add_argument("--as", dest="new_name", default="", metavar="NAME", help="what the copy is called")
    pack = add(commands, "pack", "Issue a pack, or write again what was issued: the same bytes.")
    pack.add_argument("name", metavar="NAME")
    pack.add_argument("--to", type=typed_path, required=True, metavar="FOLDER")
    pack.add_argument("--edition", choices=["public", "restricted", "both"], default="both")
    how = pack.add_mutually_exclusive_group()
    how.add_argument("--draft", action="store_true", help="as it would be now, without fixing its figures")
    pack.add_argument("--even-so", action="store_true", help="issue it though it shows what is marked exempt")
    how.add_argument("--again", action="store_true", help="fix the figures afresh, if it was issued before")
