"""Fixtures shared by all tests."""

import os
from pathlib import Path
from shutil import disk_usage

import pytest
from hypothesis import HealthCheck, settings
from tests.counted import PROPERTY, joined, table

MEMORY = Path("/dev/shm")
"""A disk takes as long to keep what the tests write as they take to run; in memory nothing is waited for."""
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free > 4 * 2**30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# How fast a machine makes up examples is no matter of what is tried.
_SLOWLY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=25, **_SLOWLY)
settings.register_profile("thorough", max_examples=100, **_SLOWLY)
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
    """Print what tests counted, from whichever process they ran in, as one table."""
    reports = [it for kind in ("passed", "failed") for it in terminalreporter.getreports(kind)]
    told = [value for report in reports for name, value in report.user_properties if name == PROPERTY]
    if told:
        terminalreporter.section("counts")
        for line in table(joined(told)):
            terminalreporter.write_line(line)
