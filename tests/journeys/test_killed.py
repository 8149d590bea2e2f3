"""Killed at any instant while a return is taken in, the desk leaves the workspace wholly before or wholly after."""

import hashlib
import json
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ctdesk.domain.changes import Action, created
from ctdesk.services.desk import at_desk
from openpyxl import load_workbook
from tests.journeys.rounds import (
    COUNCIL,
    FIRST_ROW,
    NEW_ROW,
    ROUND,
    SmallRound,
    add,
    columns,
    confirm,
    copy_of,
    put,
)

ROWS, KILLS, MOST_KILLS = 300, 100, 300
LONGER = 1.01
"""By how much each kill lengthens the time the next instants are spread over, until a run ends before its kill."""


@pytest.fixture(scope="module")
def large_round(made_round: SmallRound, tmp_path_factory: pytest.TempPathFactory) -> SmallRound:
    """Return a round in which the council was sent some hundreds of rows, and has filled them in."""
    large = copy_of(made_round, tmp_path_factory.mktemp("large"))
    with at_desk(large.workspace) as desk:
        pattern = next(values for values in desk.load("activity").values() if values["reference"] == "WB-001")
        more = [
            created("activity", {**pattern, "reference": f"WB-{n:03d}", "title": f"Service {n}"})
            for n in range(100, 100 + ROWS)
        ]
        desk.apply(Action.EDIT, "Many more", more)
    (large.folder / "sent").unlink()
    assert large.do("send", "--round", ROUND, "--to", large.folder / "sent").status == 0
    _fill(large)
    return large


def _fill(large: SmallRound) -> None:
    book = load_workbook(large.sent())
    confirm(book)
    sheet = book["Activity"]
    value, comments = columns(sheet)["Annual value (£)"], columns(sheet)["Comments"]
    for number in range(FIRST_ROW, FIRST_ROW + ROWS):
        sheet.cell(number, value).value += 7
        sheet.cell(number, comments).value = f"Altered in row {number}"
    put(book, "WB-001", "Provider", "A body never heard of")
    add(book, NEW_ROW)
    book.save(large.folder / "returned.xlsx")


def _records(large: SmallRound) -> dict[str, Any]:
    """Return every record but the uids and days of those a return makes, which differ from run to run."""
    kinds = ("organisation", "activity", "post", "funding_line", "request", "finding", "stored_file")
    return {kind: sorted(json.dumps(_lasting(record)) for record in large.records(kind)) for kind in kinds}


def _lasting(record: dict[str, Any]) -> dict[str, Any]:
    passing = {"uid", "kept_on", "fingerprint", "size", "about"}
    return {name: value for name, value in record.items() if name not in passing}


def _command(large: SmallRound, workspace: Path) -> list[str]:
    file = large.folder / "returned.xlsx"
    return [sys.executable, "-m", "ctdesk", "receive", str(workspace), str(file), "--apply", "--json"]


@pytest.mark.slow
def test_killed_at_a_hundred_instants(large_round: SmallRound, tmp_path: Path) -> None:
    before = _records(large_round)
    trial = SmallRound(tmp_path)
    whole = _run_through(large_round, trial)
    after = _records(trial)
    assert before != after
    chance = random.Random(4)  # noqa: S311 - the same instants each time, as far as a clock allows
    outcomes: Counter[str] = Counter()
    while outcomes["killed"] < KILLS or (not outcomes["after"] and outcomes["killed"] < MOST_KILLS):
        share = chance.random()
        _fresh(large_round, trial)
        ended_after = _killed_after(large_round, trial, whole * share)
        half_way = trial.workspace.with_name(f"{trial.workspace.name}-journal").exists()
        checked = trial.do("check")
        assert checked.status == 0, (share, checked.out, checked.err)
        found = _records(trial)
        assert found in (before, after), share
        if ended_after is not None:
            assert found == after
            whole = min(whole, ended_after)  # the machine has become faster: aim at the shorter time
            continue
        whole *= LONGER  # it may have become slower: without this, one fast run would have every kill come too early
        outcomes.update(["killed", "before" if found == before else "after", *(["with a journal"] if half_way else [])])
    print(f"\nInstants over {whole:.2f} s: {dict(outcomes)}")  # noqa: T201 - the figures are the point
    assert outcomes["before"] > KILLS // 4
    assert outcomes["after"] > 0


def _fresh(large: SmallRound, trial: SmallRound) -> None:
    """Put the workspace as sent in place, with nothing left of the last trial."""
    shutil.rmtree(trial.folder)
    trial.folder.mkdir()
    shutil.copyfile(large.workspace, trial.workspace)


def _run_through(large: SmallRound, trial: SmallRound) -> float:
    """Take the return in undisturbed, twice, and return how many seconds it takes."""
    seconds = []
    for _ in range(2):
        _fresh(large, trial)
        started = time.monotonic()
        done = subprocess.run(_command(large, trial.workspace), capture_output=True, check=False, text=True)
        seconds.append(time.monotonic() - started)
        assert json.loads(done.stdout)["applied"], done.stderr
    return min(seconds)


def _killed_after(large: SmallRound, trial: SmallRound, seconds: float) -> float | None:
    """Start taking the return in and kill it; return how long it took if it had ended before that."""
    quiet = subprocess.DEVNULL
    started = time.monotonic()
    with subprocess.Popen(_command(large, trial.workspace), stdout=quiet, stderr=quiet) as child:
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            return None
    return time.monotonic() - started


def test_a_large_return_is_taken_in_whole(large_round: SmallRound, tmp_path: Path) -> None:
    """The undisturbed return, so that the trials above are known to be of something that works."""
    trial = SmallRound(tmp_path)
    _fresh(large_round, trial)
    said = trial.receive(large_round.folder / "returned.xlsx", "--apply").document
    assert (said["rows"]["activity"]["changed"], said["rows"]["activity"]["new"]) == (ROWS, 1)
    assert said["agency"] == COUNCIL
    kept = hashlib.sha256((large_round.folder / "returned.xlsx").read_bytes()).hexdigest()
    assert kept in {record["fingerprint"] for record in trial.records("stored_file")}
