"""The words of the commands about agreements."""

import argparse
from collections.abc import Callable
from typing import Any

from ctdesk.cli.typed import typed_day, typed_path
from ctdesk.domain.records.agreement import PlanAtEnd

_Commands = Any
"""What argparse gives to add commands to; it has no public name."""


def contract_commands(commands: _Commands, add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands, by the function that adds one."""
    extension = _about(add(commands, "extension", "Exercise or decline the next extension of an agreement."))
    extension.add_argument("what", choices=["exercise", "decline"])
    _decided(extension)
    decision = _about(add(commands, "decision", "Keep what was decided about the end of an agreement."))
    decision.add_argument("plan", choices=[plan.value for plan in PlanAtEnd])
    _decided(decision)
    uplift = add(commands, "uplift", "Raise the yearly value of agreements from a day on; the past keeps its own.")
    uplift.add_argument("percent", metavar="PERCENT", help="such as 3.5 or 2.75; a cut is below nought")
    uplift.add_argument("--from", dest="first", type=typed_day, required=True, metavar="DATE")
    uplift.add_argument("--why", required=True, metavar="TEXT")
    uplift.add_argument("--agreement", action="append", required=True, metavar="REF", help="this one (repeatable)")
    end = _about(add(commands, "end-early", "End an agreement before its term is over."))
    end.set_defaults(run="end_early")
    end.add_argument("--last-day", type=typed_day, required=True, metavar="DATE")
    end.add_argument("--notice", type=typed_day, required=True, metavar="DATE", help="the day notice was given")
    end.add_argument("--why", required=True, metavar="TEXT")
    end.add_argument("--plan", required=True, metavar="TEXT", help="what becomes of those who use the service")
    end.add_argument(
        "--settled", default=None, metavar="£", help="what both sides agreed for the whole term, if they did"
    )
    _about(add(commands, "successor", "Draft the agreement that follows, from the day after the end."))
    keep = _about(add(commands, "keep", "Keep a file in the workspace as a paper of an agreement."))
    keep.add_argument("file", type=typed_path, metavar="FILE")
    keep.add_argument("--title", default="", metavar="TEXT")


def _about(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("agreement", metavar="AGREEMENT", help="its reference, title or uid")
    return command


def _decided(command: argparse.ArgumentParser) -> None:
    command.add_argument("--on", type=typed_day, metavar="DATE", help="the day of the decision, if not today")
    command.add_argument("--why", default="", metavar="TEXT", help="the decision in words")
