"""Fixtures shared by all tests."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real and difficult spreadsheets, or skip where it is not present."""
    folder = Path(os.environ.get("CTDESK_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip("the folder of real and difficult spreadsheets is not on this machine")
    return folder
