"""A desk to work at: the small borough in a workspace of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from tests.made_once import copied
from tests.services.small_borough import borough


def _small_borough(path: Path) -> Workspace:
    workspace = create_workspace(path, name="Small borough")
    Desk(workspace, "sam").apply(Action.EDIT, "Take over what is known", borough())
    return workspace


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk that knows the small borough; no backup is made when it closes."""
    workspace = copied("small borough", _small_borough, tmp_path / "borough.ctdesk")
    yield Desk(workspace, "sam")
    workspace.changed = False
    workspace.close()
