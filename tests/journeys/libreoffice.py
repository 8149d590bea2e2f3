"""LibreOffice itself as the agency's program: one office for all tests, asked over its Python bridge."""

import json
import shutil
import subprocess
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

_HAND = Path(__file__).with_name("libreoffice_hand.py")
Action = dict[str, Any]


def type_in(row: str, column: str, value: object, *, sheet: str = "Activity") -> Action:
    """Type a value into the cell of a row that is known by its reference or title."""
    return {"do": "type", "sheet": sheet, "row": row, "column": column, "value": _told(value)}


def append(cells: Mapping[str, object], *, sheet: str = "Activity") -> Action:
    """Fill the first empty row."""
    return {"do": "append", "sheet": sheet, "cells": {heading: _told(value) for heading, value in cells.items()}}


def insert(before: str, cells: Mapping[str, object], *, sheet: str = "Activity") -> Action:
    """Insert a row above another and fill it."""
    return {**append(cells, sheet=sheet), "do": "insert", "before": before}


def delete(row: str, *, sheet: str = "Activity") -> Action:
    """Delete a row."""
    return {"do": "delete", "sheet": sheet, "row": row}


def sort(column: str, *, ascending: bool = True, sheet: str = "Activity") -> Action:
    """Sort all rows, over all columns, by one of them."""
    return {"do": "sort", "sheet": sheet, "column": column, "ascending": ascending}


def formula(text: str) -> dict[str, str]:
    """Return a cell that holds a formula."""
    return {"formula": text}


def typed(text: str) -> dict[str, str]:
    """Return a cell whose text LibreOffice takes as typed at the keyboard: it may become a number or a date."""
    return {"typed": text}


def _told(value: object) -> object:
    return {"date": value.isoformat()} if isinstance(value, date) else value


class Office:
    """A running LibreOffice."""

    def __init__(self, pipe: str, python: str) -> None:
        """Take the pipe it listens on and a Python with the bridge."""
        self._pipe, self._python = pipe, python

    def work(self, jobs: Sequence[Mapping[str, Any]], *, leave: bool = False) -> list[dict[str, list[list[Any]]]]:
        """Do jobs one after another; each returns the cells of the sheets it was asked to show."""
        asked = json.dumps({"pipe": self._pipe, "jobs": jobs, "leave": leave}, default=str)
        done = subprocess.run(
            [self._python, str(_HAND)], input=asked, capture_output=True, text=True, timeout=1_200, check=False
        )
        assert done.returncode == 0 or leave, (done.returncode, done.stderr)
        return json.loads(done.stdout) if done.stdout else []

    def save(
        self, source: Path, target: Path, *actions: Action, show: Sequence[str] = ()
    ) -> dict[str, list[list[Any]]]:
        """Open a file, do something in it, save it in the form that the target's name ends in."""
        return self.work([{"source": source, "target": target, "actions": actions, "show": [*show]}])[0]


def _python_with_bridge(office: str) -> str | None:
    own = Path(office).resolve().with_name("python")
    for python in (str(own), "/usr/bin/python3", shutil.which("python3") or ""):
        if python and Path(python).exists():
            tried = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
            if tried.returncode == 0:
                return python
    return None


@contextmanager
def running_office(folder: Path) -> Iterator[Office]:
    """Start LibreOffice with a profile of its own; skips the test where it or its Python bridge is not there."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not on this machine")
    python = _python_with_bridge(soffice)
    if python is None:
        pytest.skip("there is no Python with LibreOffice's bridge on this machine")
    pipe = f"ctdesk-{uuid.uuid4().hex}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    accept = f"--accept=pipe,name={pipe};urp;"
    command = [soffice, profile, "--headless", "--norestore", "--nologo", "--nodefault", accept]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        office = Office(pipe, python)
        try:
            yield office
        finally:
            office.work([], leave=True)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
