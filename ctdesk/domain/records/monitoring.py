"""Monitoring: the measures of an agreement, what was aimed at, and what a provider reported for a period.

A period is held as its financial year's first calendar year and its number: `2026-Q1` (April to June 2026),
`2026-H1` (April to September), `2026-Y` (the whole year).
"""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ctdesk.domain.definition import (
    Fault,
    Need,
    Values,
    choice,
    code,
    decimal,
    integer,
    link,
    long_text,
    percent,
    record,
    text,
    yes_no,
)

PERIOD = r"(?:19|20)[0-9]{2}-(?:Q[1-4]|H[12]|Y)"
"""How a period is written."""

PER_CENT = frozenset({"%", "percent", "per cent"})
"""The ways in which a unit of shares is written."""

AGREED, PERIOD_SECTION = "What was agreed", "This period"


class Polarity(StrEnum):
    """Which way is good."""

    HIGH = "high"
    LOW = "low"


class Frequency(StrEnum):
    """How often a measure is reported."""

    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"


class TargetShape(StrEnum):
    """How a year's target falls on its periods."""

    FLAT = "the same each period"
    PROFILE = "by period"
    CUMULATIVE = "adding up over the year"


class Rating(StrEnum):
    """How a result stands to its target; a return that did not come is missing, not green and not blank."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


def rates_name_their_parts(values: Values) -> Iterator[Fault]:
    """A rate says what is counted above and below the line."""
    if bool(values.get("numerator_words")) != bool(values.get("denominator_words")):
        missing = "denominator_words" if values.get("numerator_words") else "numerator_words"
        yield Fault("rate_without_part", (missing,))


def denominators_are_not_nought(values: Values) -> Iterator[Fault]:
    """A rate of nothing is no rate."""
    bottom = values.get("denominator")
    if isinstance(bottom, Decimal) and bottom == 0:
        yield Fault("denominator_nought", ("denominator",))


def targets_fit_their_unit(values: Values) -> Iterator[Fault]:
    """A share of all is neither less than none nor more than all."""
    target = values.get("target")
    if values.get("unit") in PER_CENT and isinstance(target, Decimal) and not 0 <= target <= 100:
        yield Fault("target_no_share", ("target", "unit"))


def judgements_have_a_reason(values: Values) -> Iterator[Fault]:
    """Where the officer's judgement is given, so is its reason."""
    if values.get("judgement") and not values.get("judgement_reason"):
        yield Fault("judgement_without_reason", ("judgement_reason", "judgement"))


def _period(label: str, help_text: str, need: Need = Need.OPTIONAL) -> Any:
    return code(label, help_text, need=need, pattern=PERIOD, pattern_words="a period such as 2026-Q1")


@record(
    "measure",
    label="Measure of the library",
    plural="Measures of the library",
    title="name",
    rules=(rates_name_their_parts,),
)
class Measure:
    """A measure the trust uses in many agreements, defined once."""

    uid: str
    name: str | None = text("Measure", "What is measured.", need=Need.REQUIRED)
    definition: str | None = long_text("Definition", "Who is counted, when, and who is not.")
    unit: str | None = text("Unit", "For instance children, weeks or %.", need=Need.REQUIRED)
    polarity: str | None = text("Good is", "High or low.", options=tuple(Polarity), need=Need.REQUIRED)
    outcome: str | None = choice("Outcome", "The outcome it speaks for.", list="outcome")
    numerator_words: str | None = text("Counted above the line", "For a rate: what is counted.")
    denominator_words: str | None = text("Counted below the line", "For a rate: out of what.")
    retired: bool | None = yes_no("Retired", "Yes if it is no longer offered.")


@record(
    "agreement_measure",
    label="Measure",
    plural="Measures",
    title="name",
    rules=(rates_name_their_parts, targets_fit_their_unit),
)
class AgreementMeasure:
    """One measure of one agreement, with what was agreed about it."""

    uid: str
    agreement: str | None = link("Agreement", "The agreement.", target="agreement", need=Need.REQUIRED)
    measure: str | None = link("From the library", "The measure it was taken from.", target="measure")
    name: str | None = text("Measure", "What is measured.", need=Need.REQUIRED)
    definition: str | None = long_text("Definition", "Who is counted, when, and who is not.")
    unit: str | None = text("Unit", "For instance children, weeks or %.", need=Need.REQUIRED)
    polarity: str | None = text("Good is", "High or low.", options=tuple(Polarity), need=Need.REQUIRED)
    frequency: str | None = text("Reported", "How often.", options=tuple(Frequency), need=Need.REQUIRED)
    shape: str | None = text("Target", "How it falls on the periods.", options=tuple(TargetShape), need=Need.REQUIRED)
    target: Decimal | None = decimal("Aim", "For a period, or for the year where it adds up.", minimum=None)
    amber_percent: int | None = percent("Amber within (%)", "Still amber if no further than this from the target.")
    weight: int | None = integer("Weight", "Its part in the score; 1 if nothing is said.", minimum=0, maximum=100)
    outcome: str | None = choice("Outcome", "The outcome it speaks for.", list="outcome")
    numerator_words: str | None = text("Counted above the line", "For a rate: what is counted.")
    denominator_words: str | None = text("Counted below the line", "For a rate: out of what.")
    from_period: str | None = _period("From", "First period it is asked for.")
    to_period: str | None = _period("To", "Last period it is asked for.")


@record("measure_target", label="Target", plural="Targets", title="period")
class MeasureTarget:
    """The target of one period, where targets differ by period."""

    uid: str
    measure: str | None = link("Measure", "The measure.", target="agreement_measure", need=Need.REQUIRED)
    period: str | None = _period("Period", "The period.", need=Need.REQUIRED)
    target: Decimal | None = decimal("Target", "For that period.", minimum=None, need=Need.REQUIRED)


@record(
    "measure_result",
    label="Result",
    plural="Results",
    title="measure_name",
    rules=(denominators_are_not_nought, judgements_have_a_reason),
)
class MeasureResult:
    """What was reported of one measure for one period, with the target as it then stood."""

    uid: str
    agreement: str | None = link("Agreement", "The agreement.", target="agreement", need=Need.DESK)
    measure: str | None = link("Measure’s record", "The measure.", target="agreement_measure", need=Need.DESK)
    period: str | None = _period("Period", "The period.", need=Need.DESK)
    measure_name: str | None = text("Measure", "What is measured.", need=Need.DESK, section="Measure")
    unit: str | None = text("Unit", "In what it is measured.", need=Need.DESK, section=AGREED)
    polarity: str | None = text("Good is", "High or low.", options=tuple(Polarity), need=Need.DESK, section=AGREED)
    target: Decimal | None = decimal("Target", "For this period.", minimum=None, need=Need.DESK, section=AGREED)
    amber_percent: int | None = percent(
        "Amber within", "Still amber if no further than this from the target.", need=Need.DESK, section=AGREED
    )
    numerator: Decimal | None = decimal(
        "Numerator", "For a rate: the count above the line.", need=Need.IF_APPLIES, section=PERIOD_SECTION
    )
    denominator: Decimal | None = decimal(
        "Denominator", "For a rate: the count below the line.", need=Need.IF_APPLIES, section=PERIOD_SECTION
    )
    actual: Decimal | None = decimal(
        "Actual", "What was reached in the period.", minimum=None, need=Need.REQUIRED, section=PERIOD_SECTION
    )
    commentary: str | None = long_text(
        "Commentary",
        "If red or amber: why, what you are doing, by when. No child or family may be identifiable.",
        need=Need.IF_APPLIES,
        section=PERIOD_SECTION,
    )
    judgement: str | None = text("Officer’s judgement", "Only where it differs.", options=tuple(Rating), need=Need.DESK)
    judgement_reason: str | None = text("Reason for the judgement", "Why it differs.", need=Need.DESK)


@record("period_count", label="Count", plural="Users and incidents", title="what")
class PeriodCount:
    """Users reached, incidents or complaints of one agreement in one period, one line a group."""

    uid: str
    agreement: str | None = link("Agreement", "The agreement.", target="agreement", need=Need.DESK)
    period: str | None = _period("Period", "The period.", need=Need.DESK)
    what: str | None = choice("What", "What is counted.", list="count_line", need=Need.DESK, section="What is counted")
    count: int | None = integer("This period", "How many; 0 if none.", need=Need.REQUIRED, section=PERIOD_SECTION)
    note: str | None = text("Note", "Anything worth saying.", section=PERIOD_SECTION)


@record("period_money", label="Money or staff line", plural="Money and staff", title="what")
class PeriodMoney:
    """Spend or staffing of one agreement in one period against what was planned."""

    uid: str
    agreement: str | None = link("Agreement", "The agreement.", target="agreement", need=Need.DESK)
    period: str | None = _period("Period", "The period.", need=Need.DESK)
    what: str | None = choice(
        "What", "What is compared.", list="spend_line", need=Need.DESK, section="What is compared"
    )
    plan: Decimal | None = decimal("Profile or plan", "As agreed.", need=Need.DESK, section=AGREED)
    actual: Decimal | None = decimal("Actual", "As it was.", need=Need.REQUIRED, section=PERIOD_SECTION)
    note: str | None = text("Note", "Why they differ.", section=PERIOD_SECTION)
