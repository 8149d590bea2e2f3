"""Checks of a period’s return: each catches what it is for, lets the nearest good value by, is silent on blanks."""

from decimal import Decimal

import pytest
from ctdesk.domain.monitoring_checks import Before, Reported, count_findings, money_findings, result_findings
from ctdesk.domain.records.monitoring import targets_fit_their_unit

FLAT, ADDING = "the same each period", "adding up over the year"


def line(**values: object) -> Reported:
    return Reported("u", values, lambda name: f"Measures!{name}")  # type: ignore[arg-type]


def result(actual: str | None, commentary: str | None = None, unit: str = "children", target: str = "100") -> Reported:
    return line(
        measure="m", measure_name="Children seen", unit=unit, polarity="high", amber_percent=10, commentary=commentary,
        actual=None if actual is None else Decimal(actual), target=Decimal(target),
    )  # fmt: skip


def rules(one: Reported, before: Before | None = None) -> list[str]:
    return [finding.rule for finding in result_findings([one], {"m": before} if before else {})]


def before(*figures: str, shape: str = FLAT, this_year: str | None = None) -> Before:
    return Before(shape, [Decimal(it) for it in figures], None if this_year is None else Decimal(this_year))


@pytest.mark.parametrize(
    ("one", "found"),
    [(result("100"), []), (result("99"), ["missed_unexplained"]), (result("99", "Holidays."), []),
     (result(None), []), (result("101", unit="%", target="90"), ["over_hundred"]), (result("100", unit="%"), [])],
)  # fmt: skip
def test_what_is_missed_needs_a_commentary(one: Reported, found: list[str]) -> None:
    assert rules(one) == found


def test_a_figure_far_from_the_past_is_asked_about() -> None:
    usual = before("100", "104", "98", "102")
    assert rules(result("210"), usual) == ["far_from_past"]
    assert rules(result("125"), usual) == []
    assert rules(result("210"), before("100", "104", "98")) == []
    assert rules(result("210", "A second site opened."), usual) == []


@pytest.mark.parametrize(
    ("actual", "polarity", "target", "found"),
    [
        ("301", "high", "100", ["too_good"]),
        ("300", "high", "100", []),
        ("3.9", "low", "12", ["too_good"]),
        ("4", "low", "12", []),
        ("0", "low", "12", []),
        ("5", "high", "0", []),
    ],
)
def test_a_figure_that_is_too_good_for_its_target_and_direction_is_asked_about(actual, polarity, target, found) -> None:
    values = {**result(actual, target=target).values, "polarity": polarity}
    assert rules(line(**values)) == found
    assert rules(line(**{**values, "commentary": "Said why."})) == []


def test_a_target_of_more_than_all_is_no_target() -> None:
    def faults(**values: object) -> list[str]:
        return [fault.rule for fault in targets_fit_their_unit(values)]  # type: ignore[arg-type]

    assert faults(unit="%", target=Decimal(101)) == ["target_no_share"]
    assert faults(unit="per cent", target=Decimal(-1)) == ["target_no_share"]
    assert faults(unit="%", target=Decimal(100)) == faults(unit="weeks", target=Decimal(101)) == faults(unit="%") == []


def test_a_sum_over_the_year_cannot_fall() -> None:
    assert rules(result("150"), before("160", shape=ADDING, this_year="160")) == ["sum_has_fallen"]
    assert rules(result("160"), before("160", shape=ADDING, this_year="160")) == []
    assert rules(result("100"), before("400", shape=ADDING)) == []
    assert rules(result("150"), before("160", this_year="160")) == []


def test_ages_add_up_to_all_users() -> None:
    def counts(*figures: int | None) -> list[Reported]:
        return [line(what=what, count=n) for what, n in zip(("all_users", "age_0_4", "age_5_10"), figures, strict=True)]

    assert [it.rule for it in count_findings(counts(296, 200, 94))] == ["ages_do_not_add"]
    assert list(count_findings(counts(294, 200, 94))) == []
    assert list(count_findings(counts(296, 200, None))) == []
    assert list(count_findings(counts(296, 200, 94)[1:])) == []


def test_spend_beyond_the_agreement_is_asked_about() -> None:
    def spent(amount: str) -> list[Reported]:
        return [line(what="spend_year", actual=Decimal(amount))]

    assert [it.rule for it in money_findings(spent("642000.01"), 64_200_000)] == ["over_spent"]
    assert list(money_findings(spent("642000"), 64_200_000)) == []
    assert list(money_findings(spent("642001"), None)) == []
    assert list(money_findings([line(what="spend", actual=Decimal(700_000))], 64_200_000)) == []
