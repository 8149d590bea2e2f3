"""Backups: whole copies of a workspace beside it, each proved sound before it counts, and bringing one back."""

import logging
import re
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ctdesk.db import queries, retention
from ctdesk.db.durable import discard, replace, sync
from ctdesk.db.errors import DamagedWorkspace, LockedWorkspace, MissingWorkspace, UnwritableFolder, explaining
from ctdesk.db.recognise import connect, recognise
from ctdesk.db.workspace import Workspace
from ctdesk.domain.errors import DeskError

SECOND_PLACE = "second_place"
"""The setting that names the folder where every backup is kept a second time."""

_log = logging.getLogger(__name__)
_MOMENT = "%Y-%m-%d %H.%M.%S"
_NAME = re.compile(r"(?P<moment>\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d)(?: \((?P<count>\d+)\))?")
_LAST_STEP = "SELECT number, uid FROM change_set ORDER BY number DESC LIMIT 1"


def backups_folder(path: Path) -> Path:
    """Return the folder where a workspace's backups are kept unless another is named."""
    return path.with_name(f"{path.stem} backups")


def backup(workspace: Workspace, folder: Path | None = None) -> Path:
    """Keep a copy of the workspace, proved sound, and return its path.

    In the workspace's own backup folder older copies are then thinned out, and the copy is taken to the team's second
    place as well, if it has one; in another folder none is touched.
    """
    made = _copy(workspace, folder or backups_folder(workspace.path))
    if folder is None:
        workspace.changed = False
        settings = queries.settings(workspace)
        _thin_out(workspace, retention.Schedule.of(settings))
        if settings.get(SECOND_PLACE):
            _take_along(made, Path(settings[SECOND_PLACE]))
    return made


def _take_along(made: Path, place: Path) -> None:
    """Copy a backup to a second place; one that cannot be reached is warned of, as the first copy is there."""
    part = place / f".{made.name}.part"
    try:
        shutil.copyfile(made, part)
        replace(part, place / made.name)
    except OSError as error:
        _log.warning("The backup could not be taken to the second place too: %s", error.strerror)
    finally:
        discard(part)


def backup_moment(path: Path) -> datetime | None:
    """Return when a backup was made, as its name says; None if the name is not that of a backup.

    Of one second, the later count is the newer.
    """
    name = re.search(rf" {_NAME.pattern}(?: before .+)?$", path.stem)
    return _moment_in(name) if name else None


def _moment_in(name: re.Match[str]) -> datetime:
    return datetime.strptime(name["moment"], _MOMENT).astimezone().replace(microsecond=int(name["count"] or 0))


def ensure_backup(workspace: Workspace) -> None:
    """Keep a backup unless the newest one already holds the workspace as it is now."""
    newest = max(backups_of(workspace.path).items(), key=lambda item: item[1], default=(None, None))[0]
    with workspace.reading():
        now = workspace.driver.execute(_LAST_STEP).fetchone()
    if newest is None or _last_step(newest) != now:
        backup(workspace)


_GLANCED_AT = ("activity", "agreement", "organisation")


@dataclass(frozen=True, slots=True)
class Glance:
    """What a backup holds: records by kind, and its last step with its number, who took it and when."""

    counts: Mapping[str, int]
    step: int
    title: str
    who: str
    when: datetime


def glance(path: Path) -> Glance:
    """Look at what a backup holds, of whatever form, without bringing it up to date; DeskError if it is ruined."""
    with closing(connect(path)) as driver, explaining(path):
        recognise(driver, path)
        there = {name for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        counts = {
            kind: driver.execute(f'SELECT count(*) FROM "{kind}"').fetchone()[0]  # noqa: S608 - names of our own
            for kind in _GLANCED_AT
            if kind in there
        }
        last = driver.execute("SELECT number, title, who, moment FROM change_set ORDER BY number DESC LIMIT 1")
        number, title, who, moment = last.fetchone() or (0, "", "", "1970-01-01T00:00:00+00:00")
        return Glance(counts, number, title, who, datetime.fromisoformat(moment))


def keep_aside(workspace: Workspace, why: str) -> Path:
    """Keep a copy that is never thinned out, named for its reason, for instance *before schema 2*."""
    return _copy(workspace, backups_folder(workspace.path), f" {why}")


def restore(backup: Path, target: Path) -> Path | None:
    """Put a backup in a workspace's place and return the copy of what stood there, or None if nothing did.

    Raises a DeskError, and alters nothing, if the backup is not sound or somebody has the workspace open.
    """
    prove_sound(backup)
    _refuse_if_open(target)
    aside = _put_aside(target) if target.exists() else None
    part = target.with_name(f".{target.name}.restore.part")
    try:
        shutil.copyfile(backup, part)
        replace(part, target)
    except OSError as error:
        raise UnwritableFolder(target.parent) from error
    finally:
        discard(part)
    return aside


def _copy(workspace: Workspace, folder: Path, why: str = "") -> Path:
    path = workspace.path
    part = folder / f".{path.stem}.part"
    try:
        folder.mkdir(exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch()
    except OSError as error:
        raise UnwritableFolder(folder) from error
    try:
        with workspace.reading():
            workspace.driver.execute("VACUUM INTO ?", (str(part),))
        prove_sound(part, said_of=path)
        target = free_name(folder, f"{path.stem} {datetime.now().astimezone():{_MOMENT}}{why}", path.suffix)
        replace(part, target)
    except OSError as error:
        raise UnwritableFolder(folder) from error
    finally:
        discard(part)
    return target


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """Return a path in a folder that is not taken, with a number if need be."""
    target, count = folder / f"{stem}{suffix}", 1
    while target.exists():
        count += 1
        target = folder / f"{stem} ({count}){suffix}"
    return target


def prove_sound(path: Path, said_of: Path | None = None) -> None:
    """Raise a DeskError unless the file is a workspace that passes SQLite's integrity check."""
    with closing(connect(path)) as copy:
        recognise(copy, path)
        if not is_sound(copy):
            raise DamagedWorkspace(said_of or path)


def is_sound(driver: sqlite3.Connection) -> bool:
    """Whether a database passes SQLite's integrity check."""
    try:
        return bool(driver.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def backups_of(path: Path) -> dict[Path, datetime]:
    """Return the workspace's rotating backups with their moments."""
    found = {}
    for file in backups_folder(path).glob(f"*{path.suffix}"):
        name = _NAME.fullmatch(file.stem.removeprefix(f"{path.stem} "))
        if name is not None:
            found[file] = _moment_in(name)
    return found


def _thin_out(workspace: Workspace, schedule: retention.Schedule) -> None:
    """Delete what need not be kept, but nothing at all once the workspace itself is damaged."""
    backups = backups_of(workspace.path)
    keep = retention.kept(backups.values(), datetime.now().astimezone(), schedule)
    expired = [file for file, moment in backups.items() if moment not in keep]
    if expired and is_sound(workspace.driver):
        for file in expired:
            discard(file)


def _last_step(path: Path) -> object:
    try:
        with closing(connect(path)) as copy:
            return copy.execute(_LAST_STEP).fetchone()
    except (sqlite3.DatabaseError, DeskError):
        return None


def _refuse_if_open(target: Path) -> None:
    """Raise LockedWorkspace if somebody has the target open; what is missing or ruined is nobody's."""
    try:
        with closing(connect(target)) as driver, explaining(target):
            driver.execute("BEGIN EXCLUSIVE")
            driver.execute("COMMIT")
    except LockedWorkspace:
        raise
    except MissingWorkspace:
        if target.is_dir():
            raise
    except DeskError:
        return


def _put_aside(target: Path) -> Path:
    """Copy what stands in the target's place, byte for byte, as it may be too damaged for anything else."""
    folder = backups_folder(target)
    aside = free_name(folder, f"{target.stem} {datetime.now().astimezone():{_MOMENT}} before restore", target.suffix)
    try:
        folder.mkdir(exist_ok=True)
        shutil.copyfile(target, aside)
        sync(aside)
        # A journal left behind would be played back into the restored file, and ruin it.
        journal = target.with_name(f"{target.name}-journal")
        if journal.exists():
            journal.replace(aside.with_name(f"{aside.name}-journal"))
    except OSError as error:
        raise UnwritableFolder(folder) from error
    return aside
