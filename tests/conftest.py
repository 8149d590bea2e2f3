"""Fixtures shared by all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("quick", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=100, deadline=None)
# People wait for the quick tests; the check of a change takes its time.
settings.load_profile(os.environ.get("CTDESK_PROPERTIES", "quick"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real and difficult spreadsheets, or skip where it is not present."""
    folder = Path(os.environ.get("CTDESK_CORPUS", Path(__file__).parents[2] / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip("the folder of real and difficult spreadsheets is not on this machine")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests counted, from whichever process they ran in."""
    reports = [it for kind in ("passed", "failed") for it in terminalreporter.getreports(kind)]
    counted = [text for report in reports for name, text in report.user_properties if name == "counts"]
    if counted:
        terminalreporter.section("counts")
        for text in counted:
            terminalreporter.write_line(text)
