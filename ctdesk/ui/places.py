"""Places in the window that a link, the palette or a notice may lead to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ctdesk.ui.models.walk import Walk


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go: a screen by its name, and on it a kind of record, one record, a filter or a file.

    `filters` maps fields to the typed values they must hold; `among` is the list that a record was opened from.
    """

    screen: str
    kind: str = ""
    uid: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None
    among: Walk | None = field(default=None, compare=False)
