"""Counts that tests made in several processes stand in one table."""

from tests.counted import joined, table


def told(trial: str, wanted: int, most: float, **outcomes: int) -> dict[str, object]:
    return {"trial": trial, "wanted": wanted, "outcomes": outcomes, "most": {"MB": most} if most else {}}


def test_counts_of_one_trial_are_added_up_and_the_largest_figure_is_kept() -> None:
    counted = joined([told("flips", 2, 5, found=2), told("kills", 1, 0, before=1), told("flips", 2, 3, harmless=1)])
    assert [(each.trial, each.number, each.wanted) for each in counted] == [("flips", 3, 4), ("kills", 1, 1)]
    assert counted[0].most == {"MB": 5}
    flips, kills = table(counted)[1:]
    assert flips.split() == "flips 3 4 found 2, harmless 1; most MB 5 TOO FEW".split()  # noqa: SIM905 - as it is read
    assert not kills.endswith("TOO FEW")
