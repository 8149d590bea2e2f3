"""A desk to work at: the small borough in a workspace of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action
from ctdesk.services.desk import Desk
from tests.services.monitored_borough import monitored
from tests.services.small_borough import desk_of, small_borough


def _monitored_borough(path: Path) -> Workspace:
    workspace = small_borough(path)
    desk = Desk(workspace, "sam")
    organisations = list(desk.load("organisation"))
    desk.apply(Action.EDIT, "Add agreements", monitored(organisations[0], organisations[1], organisations[2]))
    return workspace


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk that knows the small borough; no backup is made when it closes."""
    with desk_of("small borough", small_borough, tmp_path / "borough.ctdesk") as made:
        yield made


@pytest.fixture
def ready(tmp_path: Path) -> Iterator[Desk]:
    """A desk that knows the small borough and agreements to monitor, one with an open action."""
    with desk_of("monitored borough", _monitored_borough, tmp_path / "borough.ctdesk") as made:
        yield made
