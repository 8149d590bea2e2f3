"""Whatever the disk refuses, once or for good, ends in one sentence, and the workspace is as before or as after."""

import pytest
from tests.faults.conftest import Tried
from tests.faults.trials import TO_FAIL, WORK


@pytest.mark.parametrize("work", WORK)
def test_every_kind_of_refusal_is_told_in_a_sentence(tried: Tried, work: str) -> None:
    found = tried("fail", work, 2 * TO_FAIL)
    assert found["faults"] == []
    assert found["tried"] >= 2 * TO_FAIL
    assert found["outcomes"]["a sentence"] > 0
