"""The words of the commands about the service map."""

import argparse
from collections.abc import Callable
from typing import Any

from ctdesk.cli.typed import typed_day, typed_months, typed_path

MEASURES = ("money", "activities", "places", "users", "cost-per-place", "cost-per-head")

QUESTIONS = {
    "overlaps": "Tell what two agencies buy for the same children, or at two prices from one provider.",
    "gaps": "Tell what is needed and not bought, and where little is bought for each child.",
    "cliffs": "Tell what money ends with nothing to follow, and who depends on it.",
    "market": "Tell who delivers, of which sector and size, and how far the money is concentrated.",
    "resource": "Tell who commissions, with what time, cost and skills.",
}
"""What the map is asked, by command."""

_Commands = Any
"""What argparse gives to add commands to; it has no public name."""

Add = Callable[..., argparse.ArgumentParser]


def map_commands(commands: _Commands, add: Add, json: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the commands, by the functions that add one and its `--json`."""
    mapped = add(commands, "map", "Show what is commissioned two ways at once, with totals that add up.")
    mapped.set_defaults(run="map_services")
    mapped.add_argument("--rows", default="outcome", metavar="DIMENSION", help="the rows, for instance outcome")
    mapped.add_argument("--columns", default="none", metavar="DIMENSION", help="the columns, for instance tier")
    mapped.add_argument("--measure", default="money", metavar="MEASURE", help=", ".join(MEASURES))
    mapped.add_argument("--answered-only", action="store_true", help="leave out agencies that have not answered")
    mapped.add_argument("--public", action="store_true", help="leave out small numbers of people and exempt services")
    _out(mapped, "FILE", ".xlsx, .csv, .pdf or .svg")
    for name, text in QUESTIONS.items():
        asked = add(commands, name, text)
        if name == "resource":
            asked.add_argument("--share", metavar="AMOUNT", help="share a cost among the agencies, as £118,400")
            asked.add_argument("--by", default="", metavar="WAY", help="budget, if not named, headcount or stated")
            asked.add_argument(
                "--partner",
                action="append",
                default=[],
                metavar="NAME[=WEIGHT]",
                help="only these share it; a weight stands in place of what the records know",
            )
            _ways(asked, "FILE", ".xlsx, .csv or .pdf")
        else:
            _out(asked, "FILE", ".xlsx, .csv or .pdf")
        if name == "cliffs":
            asked.add_argument("--as-at", type=typed_day, metavar="DATE", help="today if no day is named")
            asked.add_argument("--months", type=typed_months, default=12, metavar="N", help="how far to look ahead")
    scenario = add(
        commands,
        "scenario",
        "Compare what is commissioned with what would be, or with all scenarios kept.",
    )
    scenario.add_argument("steps", nargs="*", metavar="STEP", help="for instance: “move 5,000 of CS-003 to Prevention”")
    scenario.add_argument("--name", default=None, metavar="NAME", help="take the steps kept under this name")
    scenario.add_argument("--keep", default=None, metavar="NAME", help="keep the steps under a name")
    scenario.add_argument("--throw-away", action="store_true", help="forget the scenario named, after it is shown")
    scenario.add_argument("--apply", action="store_true", help="turn the steps into intentions of their activities")
    _ways(scenario, "FILE", ".xlsx, .csv or .pdf")
    shared = add(commands, "share", "Share a cost by size of budget, headcount or stated shares.", workspace=False)
    shared.add_argument("amount", metavar="AMOUNT", help="for instance £118,400")
    shared.add_argument("weights", nargs="+", metavar="NAME=WEIGHT", help="for instance NHS=9,200k")
    json(shared)


def _out(command: argparse.ArgumentParser, name: str, help_: str) -> None:
    command.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE", help="only these activities")
    _ways(command, name, help_)


def _ways(command: argparse.ArgumentParser, name: str, help_: str) -> None:
    ways = command.add_mutually_exclusive_group()
    ways.add_argument("--json", action="store_true", help="print one JSON document instead of text")
    ways.add_argument("--to", type=typed_path, metavar=name, help=help_)
