"""Ended at any point where it touches the disk, a piece of work is wholly done or was never begun."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.faults.trials import WORK


@pytest.mark.parametrize("work", WORK)
def test_ended_at_a_hundred_points(tried: Callable[[str, str], dict[str, Any]], work: str) -> None:
    found = tried("kill", work)
    assert found["faults"] == []
    assert found["tried"] >= 100
    assert found["outcomes"]["before"] > 0
    if work != "backup":  # it leaves the workspace alone
        assert found["outcomes"]["after"] > 0
