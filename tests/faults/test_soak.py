"""What is done again and again holds no more at the end than once it was warm: returns, reports, changes of screen.

By itself a tenth is done, in which any growth would show; CTDESK_SOAK=full does 500, 200 and 2,000.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.faults.conftest import PROJECT, Counts

FULL = os.environ.get("CTDESK_SOAK") == "full"
TIMES = {"returns": 500, "reports": 200, "screens": 2_000}
WARM = 4
"""The tenth after which every sort of return, report and screen has been met."""
GROWTH = {"blocks": 0.01, "widgets": 0.002, "MB": 0.03}
"""By what share each figure may grow from there to the end."""


def held_by(job: str, times: int, folder: Path) -> list[dict[str, float]]:
    """Return what a process of its own held after each tenth of a job."""
    command = [sys.executable, "-m", "tests.faults.soak", job, str(times), str(folder)]
    alone = {**os.environ, "CTDESK_CONFIG": str(folder / "config")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, env=alone)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def grown(warm: Mapping[str, float], end: Mapping[str, float]) -> dict[str, float]:
    """Return the share by which each figure has grown beyond its bound."""
    shares = {name: end[name] / max(warm[name], 1) - 1 for name in GROWTH}
    return {name: round(share, 4) for name, share in shares.items() if share > GROWTH[name]}


@pytest.mark.parametrize("job", TIMES)
def test_nothing_grows(job: str, tmp_path: Path, counts: Counts) -> None:
    times = TIMES[job] // (1 if FULL else 10)
    found = held_by(job, times, tmp_path)
    warm, end = found[WARM - 1], found[-1]
    counts(f"soak: {job}", {"done": times}, wanted=times, MB=end["MB"], MB_when_warm=warm["MB"])
    assert len(found) == 10
    assert not grown(warm, end), found
