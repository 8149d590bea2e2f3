"""What the window remembers for one person of one workspace: sizes, columns, the last screen."""

from pathlib import Path
from typing import Any

from ctdesk.services.recent import load_memory, save_memory


class Memory:
    """Small values by name, kept in the person's own folder, never in the workspace."""

    def __init__(self, workspace: Path) -> None:
        """Read what is remembered of a workspace."""
        self._workspace = workspace
        self._values = load_memory(workspace)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a remembered value."""
        return self._values.get(name, default)

    def put(self, name: str, value: Any) -> None:
        """Remember a value that JSON can hold; what another window of this person remembers meanwhile stays."""
        if self._values.get(name) != value:
            self._values = {**load_memory(self._workspace), name: value}
            save_memory(self._workspace, self._values)
