"""The words of the commands that run a period's monitoring."""

import argparse
from collections.abc import Callable
from typing import Any

from ctdesk.cli.typed import typed_day, typed_path

_Commands = Any
"""What argparse gives to add commands to; it has no public name."""

Add = Callable[..., argparse.ArgumentParser]


def monitor_commands(commands: _Commands, add: Add, receiving: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add `monitor send` and `monitor receive`; `receiving` gives the latter the options of `receive`."""
    words = "Send a period's monitoring to providers, and take it back."
    both = commands.add_parser("monitor", help=words, description=words).add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    send = add(both, "send", "Write a monitoring workbook and the messages for every agreement that reports.")
    send.set_defaults(run="monitor_send")
    send.add_argument("--period", required=True, metavar="PERIOD", help="the quarter, for instance 2026-Q1")
    send.add_argument("--due", type=typed_day, metavar="DATE", help="the day they should be back, if not in 20 days")
    send.add_argument("--agreement", action="append", default=[], metavar="REF", help="only this one (repeatable)")
    whose = "only those that this agency commissions or this provider delivers (repeatable)"
    send.add_argument("--agency", action="append", default=[], metavar="NAME", help=whose)
    send.add_argument("--to", type=typed_path, required=True, metavar="FOLDER")
    send.add_argument("--json", action="store_true", help="print one JSON document instead of text")
    receiving(add(both, "receive", "Take returned monitoring workbooks in."))
