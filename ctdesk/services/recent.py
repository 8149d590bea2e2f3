"""What the program remembers for one person on one computer: the workspaces opened lately, the look, sizes and columns.

It is kept as JSON in the person's own configuration folder. Nothing of the job
hangs on it, so whatever is damaged, or cannot be written, counts as not remembered.
"""

import json
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ctdesk.services.own_folder import config_folder

_log = logging.getLogger(__name__)

MOST = 12
"""How many workspaces the start page lists."""


@dataclass(frozen=True, slots=True)
class Recent:
    """A workspace opened lately; `missing` says that the file is no longer where it was."""

    path: Path
    name: str
    opened: datetime
    missing: bool


def recent_workspaces() -> list[Recent]:
    """Return the workspaces opened lately, the latest first."""
    listed = _read(_recent_file()).get("workspaces")
    found = [line for item in (listed if isinstance(listed, list) else ()) if (line := _recent(item)) is not None]
    return sorted(found, key=lambda line: line.opened, reverse=True)


def remember_opened(path: Path, name: str = "") -> None:
    """Put a workspace, with the name its team gave it, at the head of those opened lately."""
    this = Recent(path.absolute(), name or path.stem, datetime.now(UTC), missing=False)
    _write_recent([this, *(line for line in recent_workspaces() if line.path != this.path)])


def forget_workspace(path: Path) -> None:
    """Take a workspace off the list; the file itself is left alone."""
    _write_recent([line for line in recent_workspaces() if line.path != path.absolute()])


def load_memory(workspace: Path) -> dict[str, Any]:
    """Return what is remembered of a workspace: values that JSON can hold, by name."""
    values = _read(_memory_file(workspace)).get("values")
    return values if isinstance(values, dict) else {}


def save_memory(workspace: Path, values: Mapping[str, Any]) -> None:
    """Remember these values of a workspace instead of those before."""
    _write(_memory_file(workspace), {"workspace": str(workspace.absolute()), "values": dict(values)})


@dataclass(frozen=True, slots=True)
class Look:
    """How one person wants the window: `scheme` is one of SCHEMES, the size of text in percent of the system's."""

    scheme: str = "system"
    text_percent: int = 100

    @property
    def text_scale(self) -> float:
        """What the system's text size is multiplied by."""
        return self.text_percent / 100


SCHEMES = ("system", "light", "dark", "contrast")
TEXT_PERCENTS = (100, 110, 125, 150, 175, 200)


def load_look() -> Look:
    """Return how this person wants the window; the system's way unless something else was chosen."""
    held = _read(_look_file())
    scheme, percent = held.get("scheme"), held.get("text_percent")
    return Look(scheme if scheme in SCHEMES else "system", percent if percent in TEXT_PERCENTS else 100)


def save_look(look: Look) -> None:
    """Remember how this person wants the window."""
    _write(_look_file(), {"scheme": look.scheme, "text_percent": look.text_percent})


def _look_file() -> Path:
    return config_folder() / "look.json"


def _recent_file() -> Path:
    return config_folder() / "recent.json"


def _memory_file(workspace: Path) -> Path:
    import hashlib

    name = hashlib.sha256(str(workspace.absolute()).encode()).hexdigest()[:16]
    return config_folder() / "workspaces" / f"{name}.json"


def _recent(item: object) -> Recent | None:
    """Return one line of the list as it was kept, or None if it is no such line."""
    if not isinstance(item, dict):
        return None
    try:
        path, opened = Path(item["path"]), datetime.fromisoformat(item["opened"])
        return Recent(path, str(item["name"]), opened.astimezone(UTC), missing=not path.is_file())
    except (KeyError, TypeError, ValueError, OSError):
        return None


def _write_recent(lines: list[Recent]) -> None:
    kept = [{"path": str(it.path), "name": it.name, "opened": it.opened.isoformat()} for it in lines[:MOST]]
    _write(_recent_file(), {"workspaces": kept})


def _read(path: Path) -> dict[str, Any]:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}


def _write(path: Path, content: Mapping[str, Any]) -> None:
    """Put the new content in the old one's place at once, so that no half of it is ever read."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        _log.warning("What the window should remember could not be written: %s", error)
