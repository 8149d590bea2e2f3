"""What tests counted, joined from all their processes into one table."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

PROPERTY = "counts"
"""The name under which a test hands over what it counted."""


@dataclass
class Counted:
    """Trials of one kind: how many were wanted at least, what came of them, and the largest figures met."""

    trial: str
    wanted: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    most: dict[str, float] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """How many trials were made."""
        return self.outcomes.total()

    def join(self, wanted: int, outcomes: Mapping[str, int], most: Mapping[str, float]) -> None:
        """Add what another test counted of the same kind."""
        self.wanted += wanted
        self.outcomes.update(outcomes)
        self.most = {name: max(self.most.get(name, 0), most.get(name, 0)) for name in {*self.most, *most}}


def joined(told: Iterable[Mapping[str, Any]]) -> list[Counted]:
    """Join what was told of the same trial, in the order in which trials were first told of."""
    found: dict[str, Counted] = {}
    for one in told:
        found.setdefault(one["trial"], Counted(one["trial"])).join(one["wanted"], one["outcomes"], one["most"])
    return list(found.values())


def table(counted: Iterable[Counted]) -> list[str]:
    """Return the lines of the table: number, wanted, and what came of them."""
    lines = [f"{'trials':<46} {'made':>7} {'wanted':>7}  what came of them"]
    for each in counted:
        outcomes = ", ".join(f"{name} {number:,}" for name, number in sorted(each.outcomes.items()))
        most = "".join(f"; most {name} {figure:,.6g}" for name, figure in sorted(each.most.items()))
        short = "  TOO FEW" if each.number < each.wanted else ""
        lines.append(f"{each.trial:<46} {each.number:>7,} {each.wanted:>7,}  {outcomes}{most}{short}")
    return lines
