"""Findings: what is wrong or odd in a return, graded, in the words an agency reads.

Every rule's wording stands here once. A finding is a value; how it is shown or handed back is decided elsewhere.
"""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How much a finding matters."""

    MUST_FIX = "must fix"
    EXPLAIN = "please explain"
    BETTER = "could be better"


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule's grade, its sentence with {gaps}, and what to do about it."""

    grade: Grade
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to fix, explain or better: the sentence, where it is, and which record and field it is about.

    `cells` are like `Activity!H12`. `withholds` are the fields whose returned values are not applied because of
    it; `whole_row` says that nothing of the row is.
    """

    rule: str
    message: str
    cells: tuple[str, ...] = ()
    kind: str = ""
    uid: str = ""
    field: str = ""
    value: str = ""
    name: str = ""
    withholds: tuple[str, ...] = ()
    whole_row: bool = False

    @property
    def grade(self) -> Grade:
        """How much it matters, as its rule says."""
        return RULES[self.rule].grade

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return RULES[self.rule].remedy


_FIX, _ASK, _BETTER = Grade.MUST_FIX, Grade.EXPLAIN, Grade.BETTER

RULES: dict[str, RuleText] = {
    # values
    "required": RuleText(
        _FIX, "{fields} {verb} empty{last}.", "Fill the cells named; for a sum, put 0 if nothing is paid."
    ),
    "unreadable": RuleText(_FIX, "{label}: “{cell}” {reason}.", "Correct the cell."),
    "doubtful": RuleText(_ASK, "{label}: “{cell}” {reason}.", "Correct the cell, or say that the guess is right."),
    "range": RuleText(_FIX, "{label}: {value} is not between {least} and {most}.", "Correct the figure."),
    "pattern": RuleText(_FIX, "{label}: “{value}” does not look right; it should be {words}.", "Correct the cell."),
    "personal_data": RuleText(
        _FIX,
        "{label} seems to hold {what}; children, families and workers must not be identifiable.",
        "Take it out: what stands here is read by every partner.",
    ),
    "error_cell": RuleText(_FIX, "{label} holds the error {error}.", "Put the value itself in place of the formula."),
    "uncomputed": RuleText(
        _FIX, "{label} holds a formula without a result.", "Put the value itself in place of the formula."
    ),
    # a record's own fields against each other
    "dates_reversed": RuleText(
        _FIX,
        "The end date, {end}, is before the start date, {start}.",
        "Put the right dates. If the service has ended, say Ended in Still yours?",
    ),
    "end_and_open": RuleText(
        _ASK, "There is an end date, and Open-ended says Yes.", "Clear one of the two with the word clear."
    ),
    "no_end": RuleText(_ASK, "There is neither an end date nor Yes under Open-ended.", "Give one of the two."),
    "ages_reversed": RuleText(_FIX, "Age to, {to}, is below age from, {from}.", "Correct the ages."),
    "no_pool": RuleText(_ASK, "The money is pooled, but no pool is named.", "Name the pooled fund."),
    "no_reason": RuleText(_ASK, "The intention needs a reason.", "Say why under Reason for intention."),
    "outcome_twice": RuleText(
        _BETTER, "The main outcome stands again under Other outcomes.", "Nothing, if it is meant."
    ),
    "fte_over_headcount": RuleText(_FIX, "FTE, {fte}, is more than the headcount, {heads}.", "Correct one of the two."),
    "no_term_end": RuleText(_ASK, "The post is for a fixed term, but has no end date.", "Give the end date."),
    "no_register_number": RuleText(
        _BETTER, "A voluntary body without a charity or company number.", "Give one if there is one."
    ),
    "due_before_as_at": RuleText(_FIX, "Due back, {due}, is before as at, {as_at}.", "Correct one of the two."),
    # agreements and monitoring
    "termination_unexplained": RuleText(
        _FIX,
        "It was ended early, and not all is said of why, after what notice, and with what plan.",
        "Give the reason, the day notice was given, and the plan for those who use it.",
    ),
    "no_rating_reason": RuleText(
        _FIX, "The Procurement Act rating is said not to apply, without a reason.", "Say why it does not apply."
    ),
    "review_after_end": RuleText(_BETTER, "The next review is after the end date.", "Nothing, if it is meant."),
    "extension_undecided": RuleText(_FIX, "The extension was decided, but not when.", "Give the day under Decided on."),
    "variation_without_figure": RuleText(
        _FIX, "The variation says what changes, but not to what.", "Give the new value, the uplift or the new end."
    ),
    "no_evidence": RuleText(_ASK, "It is held, but no evidence is named.", "Say what was seen, and when."),
    "action_without_date": RuleText(_FIX, "The action is done, but not when.", "Give the day under Done on."),
    "concern_without_date": RuleText(_FIX, "The plan has no day by which it is done.", "Give one under By."),
    "target_no_share": RuleText(
        _FIX, "A target in per cent lies between 0 and 100.", "Correct the target, or its unit."
    ),
    "rate_without_part": RuleText(_FIX, "A rate needs both parts.", "Say what is counted above and below the line."),
    "unasked_row": RuleText(
        _ASK, "{name} is not among what was asked about, so it was not read.", "Tell us if it should be added."
    ),
    "missed_unexplained": RuleText(
        _ASK, "{name} is {rating}, and there is no commentary: {reason}.", "Say why, what you are doing, and by when."
    ),
    "over_hundred": RuleText(_ASK, "{name}: {now} is above 100%.", "Correct the figure, or say how that comes."),
    "far_from_past": RuleText(
        _ASK,
        "{name}: {now} is far from what you reported before, {least} to {most}.",
        "Correct the figure, or say what has changed.",
    ),
    "too_good": RuleText(
        _ASK,
        "{name}: {now} is more than three times better than the target of {target}, where {way} is good.",
        "Correct the figure, or say how that comes; tell us if target or direction are not what was agreed.",
    ),
    "sum_has_fallen": RuleText(
        _ASK,
        "{name} adds up over the year and was {before} in the period before; now it is {now}.",
        "Give the figure from 1 April to the end of the period.",
    ),
    "ages_do_not_add": RuleText(
        _ASK, "The ages add up to {total}, all users are {users}.", "Correct the counts, or say who has no age."
    ),
    "over_spent": RuleText(
        _ASK,
        "Spend in the year, {spent}, is more than the agreement is worth a year, {value}.",
        "Correct it or say why.",
    ),
    "denominator_nought": RuleText(
        _FIX, "The denominator is 0, so there is no rate.", "Correct it, or clear both parts."
    ),
    "judgement_without_reason": RuleText(_FIX, "The officer’s judgement has no reason.", "Give the reason."),
    # an agreement with what belongs to it
    "successor_overlaps": RuleText(
        _ASK,
        "{successor} starts on {start}, {days} before this one has ended on {end}: both would be paid.",
        "Move one of the two dates, or say under Comments why both run.",
    ),
    "successor_gap": RuleText(
        _ASK,
        "For {days}, {first} to {last}, there is no agreement: this one ends on {end}, {successor} starts on {start}.",
        "Extend this one, or let the successor start sooner.",
    ),
    "shares_sum": RuleText(_FIX, "The providers’ shares add up to {total} per cent, not 100.", "Correct the shares."),
    "paid_after_end": RuleText(
        _FIX, "{sum} was paid for after the end, {end}.", "Stop the payments, or vary or extend the agreement."
    ),
    "paid_over_value": RuleText(
        _ASK, "{paid} has been paid, and the value over the term is {value}.", "Vary the value, or correct a payment."
    ),
    "profile_over_value": RuleText(
        _BETTER, "The payments agreed add up to {profile}, the value over the term is {value}.", "Correct one of them."
    ),
    "requirement_not_held": RuleText(_FIX, "The provider does not hold: {detail}.", "Ask for it at once."),
    "requirement_expired": RuleText(_FIX, "Expired on {expires}: {detail}.", "Ask for the new evidence."),
    "procurement_late": RuleText(
        _ASK,
        "The time to start procurement, {day}, has passed, and nothing is settled for after {end}.",
        "Use an extension, take a shorter route, or say under Plan at the end what is to happen.",
    ),
    # against what was sent, and between records
    "value_jump": RuleText(
        _ASK,
        "{label} is {share} {direction} than last round: {before} then, {after} now.",
        "Say why in Your answer or in Comments, or correct it. An explanation is not asked for twice.",
    ),
    "funding_sum": RuleText(
        _ASK,
        "The funding lines for {year} add up to {total}, the annual value is {value}.",
        "Correct the lines or the value.",
    ),
    "conflict": RuleText(
        _ASK,
        "{label} was {sent} when sent, you say {returned}, and the desk has meanwhile been told {now}.",
        "Say which is right.",
    ),
    "new_name": RuleText(
        _ASK,
        "{label}: “{cell}” is not known; it looks like {suggestion}.",
        "Say whether it is the same organisation.",
    ),
    "possible_match": RuleText(
        _ASK,
        "This row has no key, and looks like {suggestion}, which was sent to you.",
        "Say whether it is the same or a new one.",
    ),
    "ended_without_date": RuleText(
        _FIX, "Still yours? says Ended, but there is no end date.", "Give the last day under End date."
    ),
    "ended_later": RuleText(
        _ASK,
        "Still yours? says Ended, but the end date, {end}, is after the round.",
        "Give the last day under End date, or say Yes.",
    ),
    "unknown_answer": RuleText(_ASK, "Still yours? says “{cell}”.", "Say Yes, Ended or Not ours."),
    "not_ours": RuleText(_ASK, "Still yours? says Not ours.", "Say whose it is, if you know."),
    "not_confirmed": RuleText(
        _BETTER,
        "Still yours? is empty in {count} with no other change.",
        "Say Yes, Ended or Not ours.",
    ),
    "missing_row": RuleText(
        _ASK,
        "{name} was sent to you and is not in the return.",
        "Say whether it has ended; nothing is deleted.",
    ),
    # rows, columns and sheets
    "copied_row": RuleText(
        _ASK, "The key of this row stands twice; the second is read as new.", "Clear the key of a copied row."
    ),
    "same_row": RuleText(
        _ASK, "The row says the same as row {row} in every column.", "Delete it, or say in what it differs."
    ),
    "altered_key": RuleText(
        _ASK,
        "The key “{key}” is not one the desk gave; the row was found by {means}.",
        "Leave the key as it is.",
    ),
    "foreign_key": RuleText(
        _FIX, "The key “{key}” belongs to another workbook; the row was not read.", "Clear the key."
    ),
    "sorted_apart": RuleText(
        _FIX,
        "{label} holds what belongs to other rows in {count} rows: the sheet was sorted without all its columns, and "
        "they were not read.",
        "Start again from a fresh workbook, or put the columns right.",
    ),
    "duplicate_reference": RuleText(
        _FIX,
        "The reference {reference} is that of another row.",
        "Give each row a reference of its own.",
    ),
    "unknown_activity": RuleText(
        _FIX, "The line names no activity of the sheet Activity, so it was not read.", "Correct the reference."
    ),
    "no_agency": RuleText(_FIX, "The row does not say which agency commissions.", "Name the agency."),
    "no_title": RuleText(_FIX, "The row has no {label}, so it cannot be told what it is.", "Give it a {label}."),
    "not_data": RuleText(_BETTER, "The row was not read: {reason}.", "Nothing, if it is meant."),
    "repeated_row": RuleText(_BETTER, "The row repeats row {row} in every column that was used.", "Nothing."),
    "missing_column": RuleText(_ASK, "The column {label} is missing from the sheet {sheet}.", "Put it back."),
    "absent_fields": RuleText(
        _BETTER, "The register says nothing of {fields}{where}.", "The agencies will be asked in the next round."
    ),
    "unknown_column": RuleText(_BETTER, "The column “{heading}” was not read: the form has none such.", "Nothing."),
    "doubled_column": RuleText(
        _FIX,
        "The column {label} stands twice on the sheet {sheet}, so neither was read.",
        "Delete one of them.",
    ),
    "missing_sheet": RuleText(_ASK, "The sheet {sheet} is missing.", "Put it back from the workbook you were sent."),
    "no_headings": RuleText(
        _FIX, "The sheet {sheet} has no row of headings, so it was not read.", "Put the row of headings back."
    ),
    "second_sheet": RuleText(
        _ASK,
        "The sheet {found} is another {sheet}, and was not read.",
        "Bring its rows together on one sheet, or delete it.",
    ),
    "extra_sheet": RuleText(_BETTER, "The sheet {found} was not read: the form has none such.", "Nothing."),
    "renamed_sheet": RuleText(_BETTER, "The sheet {sheet} is now called “{found}”.", "Nothing."),
    "merged_cells": RuleText(
        _ASK, "Cells are merged on the sheet {sheet}; only the first of them has a value.", "Unmerge them."
    ),
}
"""Every rule by its code."""


CONFLICT_WITH_REGISTER = "{label}: the register says {returned}, and the desk says {now}."
"""What a conflict says where nothing was sent to anybody: the sentence of a register, in place of the rule's own."""

DECISIONS = frozenset({"conflict", "new_name", "possible_match", "same_row", "doubtful"})
"""Rules whose question is settled by a decision, not by an explanation."""


def can_be_explained(rule: str) -> bool:
    """Whether an explanation answers the rule's question, so that it need not be asked again."""
    return RULES[rule].grade is Grade.EXPLAIN and rule not in DECISIONS


def sentence(rule: str, **words: str) -> str:
    """Return the rule's sentence with its gaps filled; what fills them stands in one line, however it was typed."""
    return RULES[rule].sentence.format(**{gap: " ".join(word.split()) for gap, word in words.items()})
