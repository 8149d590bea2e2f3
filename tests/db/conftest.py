"""A workspace to work on, and one whose folder everybody may enter."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action
from tests.db.desk_rows import entries, step
from tests.made_once import copied


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the workspace of a test is made."""
    return tmp_path / "borough.ctdesk"


@pytest.fixture
def workspace(path: Path) -> Iterator[Workspace]:
    """A workspace with one list of three codes, open."""
    with copied("one list", _one_list, path) as it:
        it.changed = True  # as if all had just been typed
        yield it


def _one_list(path: Path) -> Workspace:
    return Workspace.create(path, step(*entries("tier", "universal", "targeted", "specialist"), action=Action.NEW))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder outside pytest's own, which only its owner may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)
