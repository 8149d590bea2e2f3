"""A single bit that turns over in a workspace is found by the check, or does no harm."""

import random
from collections import Counter
from pathlib import Path

from ctdesk.db.check import check
from ctdesk.db.history import change_sets
from ctdesk.db.queries import load
from ctdesk.db.workspace import Workspace
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records import DEFINITIONS
from tests.faults.conftest import Counts
from tests.faults.trials import NAME

FLIPS = 600


def said_by(workspace: Workspace) -> str:
    """Return everything that a workspace tells anybody."""
    return repr([{kind: load(workspace, kind) for kind in DEFINITIONS}, change_sets(workspace)])


def outcome(path: Path, before: str) -> str:
    try:
        with Workspace.open(path, read_only=True) as workspace:
            if check(workspace):
                return "found"
            return "harmless" if said_by(workspace) == before else "missed"
    except DeskError:
        return "refused in a sentence"


def test_six_hundred_flips(base: Path, tmp_path: Path, counts: Counts) -> None:
    whole = (base / NAME).read_bytes()
    with Workspace.open(base / NAME, read_only=True) as workspace:
        before = said_by(workspace)
        assert check(workspace) == []
    chance = random.Random(7)  # noqa: S311 - the same bits each time
    outcomes: Counter[str] = Counter()
    path = tmp_path / NAME
    for _ in range(FLIPS):
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        flipped = bytearray(whole)
        flipped[at] ^= 1 << bit
        path.write_bytes(flipped)
        outcomes[came := outcome(path, before)] += 1
        assert came != "missed", (at, bit)
    counts("bits turned over in a workspace", outcomes, wanted=FLIPS)
    assert outcomes["found"] > 0
