"""Eight pieces of work tried at every point where they touch the disk: ended there, or failed there once or for good.

Run as a program, on its own thread: python -m tests.faults.trials kill|fail WORK FOLDER. It prints one JSON document.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from ctdesk.db.check import check
from ctdesk.db.migrate import migrate
from ctdesk.db.recognise import APPLICATION_ID, connect
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action
from ctdesk.domain.errors import DeskError
from ctdesk.returns.reader import Reading, read_book
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import at_desk
from ctdesk.services.editing import edit
from ctdesk.services.past import undo
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.removing import plan_removal, remove
from ctdesk.services.sending import send
from ctdesk.services.upkeep import back_up, restore
from tests.faults.points import KILLED, Points, watch
from tests.services.returned_books import answer, send_round
from tests.services.small_borough import COUNCIL, OLD, borough

ROUND, NAME = "Baseline 2026/27", "borough.ctdesk"
TO_KILL, TO_FAIL = 110, 70
"""How many points of one piece of work are tried; all of the rarer kinds are among them."""
EVERY_POINT = "CTDESK_EVERY_POINT"
"""The variable of the environment that has every single point tried."""
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EBUSY)
_READ: dict[str, Reading] = {}


def make_base(folder: Path) -> None:
    """Make what every trial begins with: a workspace with a round sent, its return, a backup, and one of schema 1."""
    path = folder / NAME
    with create_workspace(path, name="Small borough") as workspace:
        workspace.changed = False
    with at_desk(path) as desk:
        desk.apply(Action.EDIT, "Take over what is known", borough())
        sent = send_round(desk, folder / "sent")
        cells = [("Activity", "AC-001", "Annual value (£)", 125_000), ("Activity", "AC-002", "Comments", "as agreed")]
        answer(desk, sent[COUNCIL], cells).replace(folder / "returned.xlsx")
        back_up(desk, folder / "copies")
        edit(desk, "activity", "AC-001", {"comments": "since the backup"})
        desk.workspace.changed = False
    _make_old(folder / "old.ctdesk")


def _make_old(path: Path) -> None:
    path.touch()
    workspace = Workspace(path, connect(path), read_only=False)
    workspace.driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrate(workspace.statements(), 0, 1)
    rows = [(f"u{at}", f"Organisation {at}") for at in range(200)]
    workspace.driver.executemany("INSERT INTO organisation (uid, name) VALUES (?, ?)", rows)
    workspace.close()


def _saving(folder: Path) -> None:
    with at_desk(folder / NAME) as desk:
        edit(desk, "activity", "AC-001", {"comments": "saved"})


def _sending(folder: Path) -> None:
    with at_desk(folder / NAME) as desk:
        send(desk, ROUND, folder / "again")


def _applying(folder: Path) -> None:
    with at_desk(folder / NAME) as desk:
        receive(desk, folder / "returned.xlsx", Wishes(apply=True), _READ["returned.xlsx"])


def _undoing(folder: Path) -> None:
    with at_desk(folder / NAME) as desk:
        undo(desk, desk.workspace.driver.execute("SELECT uid FROM change_set ORDER BY number DESC").fetchone()[0])


def _migrating(folder: Path) -> None:
    Workspace.open(folder / "old.ctdesk").close()


def _backing_up(folder: Path) -> None:
    with at_desk(folder / NAME) as desk:
        back_up(desk)


def _restoring(folder: Path) -> None:
    restore(next((folder / "copies").glob("*.ctdesk")), folder / NAME)


def _removing(folder: Path) -> None:
    with at_desk(folder / NAME) as desk:
        remove(desk, plan_removal(desk, {OLD}, date(2040, 1, 1)))


WORK: Mapping[str, Callable[[Path], None]] = {
    "saving": _saving,
    "sending": _sending,
    "applying a return": _applying,
    "undo": _undoing,
    "migration": _migrating,
    "backup": _backing_up,
    "restore": _restoring,
    "removal": _removing,
}


@dataclass
class Found:
    """What came of all trials of one piece of work."""

    work: str
    points: int = 0
    tried: int = 0
    states: Counter[str] = field(default_factory=Counter)
    """Whether the workspace was as before or as after."""
    outcomes: Counter[str] = field(default_factory=Counter)
    """Whether a failure was told in a sentence or was no matter."""
    faults: list[str] = field(default_factory=list)


_VARYING = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"), "uid"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)?"), "moment"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "fingerprint"),
)


def exact_state(path: Path) -> str:
    """Return a fingerprint of every row of a workspace as it is read by SQLite, which first puts a journal back."""
    return _state(path, lambda value: value)


def plain_state(path: Path) -> str:
    """Return a fingerprint of every row but for what differs each time the same work is done."""
    return _state(path, _without_varying)


def _without_varying(value: object) -> object:
    if isinstance(value, bytes):
        return "bytes"
    if isinstance(value, int):
        return value if abs(value) < 10**9 else "number"
    text = str(value)
    for pattern, word in _VARYING:
        text = pattern.sub(word, text)
    return text


def _state(path: Path, plain: Callable[[Any], object]) -> str:
    with closing(sqlite3.connect(path, timeout=0)) as driver:
        tables = [
            name
            for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if not name.startswith(("search", "sqlite_"))
        ]
        digest = hashlib.sha256(str(driver.execute("PRAGMA user_version").fetchone()).encode())
        for name in tables:
            rows = sorted(repr([plain(value) for value in row]) for row in driver.execute(f'SELECT * FROM "{name}"'))
            digest.update(f"{name}{rows}".encode())
    return digest.hexdigest()


class Trials:
    """The trials of one piece of work, each in a copy of the same folder."""

    def __init__(self, work: str, base: Path, place: Path) -> None:
        """Do the work once undisturbed, so that it is known what comes after it and how many points it touches."""
        self.work, self.base, self.place = work, base, place
        self.file = "old.ctdesk" if work == "migration" else NAME
        self.found = Found(work)
        self.before = exact_state(base / self.file)
        self._do(self._fresh())
        self.after = plain_state(place / self.file)
        self.log = json.loads(self._forked(self._fresh(), Points(str(place)))["said"])["log"]
        self.found.points = len(self.log)

    def _fresh(self) -> Path:
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.base, self.place)
        return self.place

    def _do(self, folder: Path) -> None:
        WORK[self.work](folder)

    def _forked(self, folder: Path, points: Points) -> dict[str, Any]:
        """Do the work in a process of its own that touches the points; return its status and what it said."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            os._exit(self._in_child(folder, points, writing))
        os.close(writing)
        with open(reading, "rb") as stream:  # noqa: PTH123 - a descriptor
            said = stream.read().decode()
        return {"status": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), "said": said}

    def _in_child(self, folder: Path, points: Points, writing: int) -> int:
        said: dict[str, Any] = {"error": "", "sentence": ""}
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            watch(points)
            self._do(folder)
        except BaseException as fault:  # whatever comes out is what is looked at
            known = isinstance(fault, DeskError)
            said = {"error": "" if known else type(fault).__name__, "sentence": str(fault)}
        said |= {"log": points.log, "failed": points.failed}
        os.write(writing, json.dumps(said).encode()[:60_000] if points.fail_at else json.dumps(said).encode())
        return 0

    def chosen(self, most: int) -> list[int]:
        """Return the points to be tried: every one that is not one of the many writes, and enough of those."""
        rare = [at for at, kind in enumerate(self.log, start=1) if not kind.endswith("write")]
        rest = [at for at, kind in enumerate(self.log, start=1) if kind.endswith("write")]
        wanted = len(rest) if os.environ.get(EVERY_POINT) else max(most - len(rare), 20)
        step = max(len(rest) / wanted, 1)
        return sorted({*rare, *(rest[int(at * step)] for at in range(min(wanted, len(rest))))})

    def kill(self) -> Found:
        """End the work at each chosen point and look at what is left."""
        for at in self.chosen(TO_KILL):
            status = self._forked(self._fresh(), Points(str(self.place), kill_at=at))["status"]
            self.found.tried += status == KILLED
            self._look(f"killed at {at} ({self.log[at - 1]})")
        return self.found

    def fail(self) -> Found:
        """Let the work fail at each chosen point, once and from there on, and look at what it says and leaves."""
        for turn, at in enumerate(self.chosen(TO_FAIL)):
            for error, for_good in self._failures(turn, self.log[at - 1]):
                points = Points(str(self.place), fail_at=at, for_good=for_good, error=error)
                said = json.loads(self._forked(self._fresh(), points)["said"])
                self.found.tried += 1
                where = f"{errno.errorcode[error]} at {at} ({self.log[at - 1]}{', for good' if for_good else ''})"
                self._judge(where, said, for_good=for_good)
        return self.found

    @staticmethod
    def _failures(turn: int, kind: str) -> Iterator[tuple[int, bool]]:
        """Yield each error once and for good at the rarer points of Python; one of them, by turns, at any other.

        SQLite tells its caller of any error but a full disk alike.
        """
        if "write" not in kind and not kind.startswith("sqlite"):
            yield from product(ERRORS, (False, True))
            return
        for for_good in (False, True):
            yield ERRORS[(turn + for_good) % len(ERRORS)], for_good

    def _judge(self, where: str, said: Mapping[str, str], *, for_good: bool) -> None:
        state = self._look(where)
        sentence = said["sentence"]
        self.found.outcomes["a sentence" if sentence else "no matter"] += 1
        if said["error"]:
            self.found.faults.append(f"{where}: {said['error']}: {sentence[:200]}")
        elif sentence and (not sentence.endswith(".") or "\n" in sentence):
            self.found.faults.append(f"{where}: not a sentence: {sentence[:200]}")
        elif not sentence and state != "after":
            self.found.faults.append(f"{where}: nothing was said, and it is as {state}")
        # What may not be removed stays, of course.
        may_stay = for_good or "remove" in where
        if not may_stay and (left := sorted(path.name for path in self.place.rglob("*") if _is_leftover(path))):
            self.found.faults.append(f"{where}: left behind: {left}")

    def _look(self, where: str) -> str:
        """Say whether the workspace is as before or as after the work, and note what is neither."""
        path = self.place / self.file
        try:
            exact = exact_state(path)
            state = "before" if exact == self.before else "after" if plain_state(path) == self.after else "neither"
            problems = self._problems(path)
        except (sqlite3.Error, DeskError, OSError) as fault:
            state, problems = "unreadable", [str(fault)]
        # A backup leaves the workspace alone, so that before and after are the same.
        same = self.work == "backup" and state == "before"
        self.found.states[state] += 1
        if state not in {"before", "after"} or problems:
            self.found.faults.append(f"{where}: {state} {problems}")
        return "after" if same else state

    def _problems(self, path: Path) -> list[str]:
        if self.work == "migration":
            return []  # its rows were put there without a history
        with Workspace.open(path, read_only=True) as workspace:
            return [problem.what for problem in check(workspace)]


def _is_leftover(path: Path) -> bool:
    # A journal is no leftover: SQLite puts back from it what was begun.
    return path.name.endswith(".part") or path.name.startswith(".ctdesk-")


def _read_ahead(base: Path) -> None:
    """Read the return once: the process that reads it is not what is tried here."""
    book = read_book(base / "returned.xlsx")
    first: Future[Any] = Future()
    whole: Future[Any] = Future()
    first.set_result(None)
    whole.set_result(book)
    _READ["returned.xlsx"] = Reading(first, whole)


def main(mode: str, work: str, base: str) -> int:
    """Run all trials of one piece of work and print what was found as JSON."""
    _read_ahead(Path(base))
    with tempfile.TemporaryDirectory() as folder:
        trials = Trials(work, Path(base), Path(folder).resolve() / "trial")
        found = trials.kill() if mode == "kill" else trials.fail()
    sys.stdout.write(json.dumps(vars(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
