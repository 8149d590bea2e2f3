"""A desk to work at: the small borough in a workspace of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from tests.services.small_borough import borough


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk that knows the small borough; no backup is made when it closes."""
    workspace: Workspace = create_workspace(tmp_path / "borough.ctdesk", name="Small borough")
    at = Desk(workspace, "sam")
    at.apply(Action.EDIT, "Take over what is known", borough())
    workspace.changed = False
    yield at
    workspace.changed = False
    workspace.close()
