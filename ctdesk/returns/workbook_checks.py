"""The Check column: what a row still needs, in words, as a formula and as its result."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ctdesk.domain.definition import Kind, Need
from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.records.agreement_watch import ActionState
from ctdesk.domain.records.monitoring import PER_CENT
from ctdesk.domain.review import plain_label
from ctdesk.returns.layout import Column, Role, SheetLayout
from ctdesk.returns.sheets import column_letters
from ctdesk.returns.workbook_conditions import (
    ROW,
    All,
    Any,
    Below,
    Blank,
    Condition,
    Filled,
    Not,
    PartOfOne,
    Repeated,
    RowCells,
    Says,
    Words,
    quoted,
    reference,
)
from ctdesk.returns.workbook_worked import AMBER, RED

OK, FILL_IN, LOOK_AT = "OK", "Fill in", "Look at"
"""How what Check says begins."""

NOT_FOUND = "Not on the sheet Activity"
"""What stands for the title of a service that a funding line names and the workbook does not have."""

MOST_ROWS_COMPARED = 2_000
"""Rows up to which a sheet looks for repeated references itself; beyond, only the desk does: it would take too long."""

_NUMBERS = {Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.MONEY}


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something to look at: when, in what words, and the columns it concerns."""

    condition: Condition
    words: str
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a sheet's prepared rows go, and how far it is printed: the sheet's own row numbers, both included."""

    last: int
    printed: int

    def area(self, column: int) -> str:
        """Return the whole of a column's data, like `$B$6:$B$205`."""
        letters = column_letters(column)
        return f"${letters}${SheetLayout.FIRST_ROW}:${letters}${self.last}"


class Check:
    """The Check column of one sheet."""

    def __init__(self, layout: SheetLayout, lists: ReferenceLists, extent: Extent) -> None:
        """Work out what the columns of a sheet ask for."""
        self.required = tuple(at for at, column in enumerate(layout.columns) if column.need is Need.REQUIRED)
        self.words = {at: column_words(column) for at, column in enumerate(layout.columns)}
        self.oddities = tuple(_oddities(layout, lists, extent))
        self.typed = typed_columns(layout)

    @property
    def formula(self) -> str:
        """The formula, with ROW for the row's number."""
        odd = "&".join(f'IF({o.condition.formula},{quoted("; " + o.words)},"")' for o in self.oddities)
        missing = "&".join(f'IF({Blank(at).formula},{quoted(", " + self.words[at])},"")' for at in self.required)
        odd, missing = f'SUBSTITUTE({odd},"; ","{LOOK_AT}: ",1)', f'SUBSTITUTE({missing},", ",". {FILL_IN}: ",1)'
        said = f'SUBSTITUTE("{OK}"&{odd}&{missing},"{OK}{LOOK_AT}","{LOOK_AT}",1)'
        return f'IF(COUNTA({self._typed_cells()})=0,"",SUBSTITUTE({said},"{OK}. {FILL_IN}","{FILL_IN}",1))'

    def result(self, row: RowCells) -> str:
        """Return what the formula comes to in a row."""
        if not any(row.cells[at] is not None for at in self.typed):
            return ""
        odd = "; ".join(oddity.words for oddity in self.oddities if oddity.condition.holds(row))
        missing = ", ".join(self.words[at] for at in self.required if row.is_blank(at))
        said = [f"{LOOK_AT}: {odd}"] if odd else []
        return ". ".join([*said, f"{FILL_IN}: {missing}"] if missing else said) or OK

    def _typed_cells(self) -> str:
        """Return the cells of a row that a person fills, as ranges without the columns between them."""
        return ",".join(
            f"${column_letters(first)}{ROW}:${column_letters(last)}{ROW}" for first, last in runs(self.typed)
        )


def typed_columns(layout: SheetLayout) -> tuple[int, ...]:
    """Return the positions of the columns that a person fills, or that say what a row given by the desk is about."""
    own = {Role.FIELD, Role.STEP, Role.STILL_YOURS}
    return tuple(at for at, column in enumerate(layout.columns) if column.role in own or column.tells_which)


def runs(positions: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return the stretches of neighbouring positions, first and last of each."""
    found: list[tuple[int, int]] = []
    for at in positions:
        if found and found[-1][1] == at - 1:
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found


def column_words(column: Column) -> str:
    """Return a column's heading inside a sentence."""
    return plain_label(column.field) if column.field else column.heading[:1].lower() + column.heading[1:]


def _oddities(layout: SheetLayout, lists: ReferenceLists, extent: Extent) -> Iterator[Oddity]:
    at = {column.name: position for position, column in enumerate(layout.columns)}
    yield from _OF_KIND[layout.kind](at, lists)
    for position, column in enumerate(layout.columns):
        kind = column.field.kind if column.field and column.role is not Role.GIVEN else None
        if kind in _NUMBERS or kind is Kind.DATE:
            what = "date" if kind is Kind.DATE else "number"
            yield Oddity(Words(position), f"{column_words(column)} is not a {what}", (position,))
    if layout.kind == "activity" and extent.last - layout.FIRST_ROW < MOST_ROWS_COMPARED:
        own = at["reference"]
        yield Oddity(Repeated(own, extent.area(own)), "reference stands higher up already", ())


def _of_activities(at: Mapping[str, int], lists: ReferenceLists) -> Iterator[Oddity]:
    start, end, open_ended, still = at["start"], at["end"], at["open_ended"], at[Role.STILL_YOURS]
    ended, for_ever = Says(still, "Ended"), Says(open_ended, "Yes")
    yield Oddity(Below(end, start), "end date is before start date", (start, end))
    yield Oddity(All((ended, Blank(end))), "ended, so give the end date", (end,))
    neither = All((Filled(start), Blank(end), Not(for_ever), Not(ended)))
    yield Oddity(neither, "give an end date or say open-ended", (end, open_ended))
    yield Oddity(All((Filled(end), for_ever)), "an end date and open-ended as well", (end, open_ended))
    yield Oddity(Below(at["age_to"], at["age_from"]), "age to is below age from", (at["age_from"], at["age_to"]))
    pooled = _says_any(at["funding_arrangement"], lists, "arrangement", "pooled")
    yield Oddity(All((pooled, Blank(at["pool"]))), "pooled, so name the pool", (at["pool"],))
    turning = _says_any(at["intention"], lists, "intention", "vary", "decommission")
    yield Oddity(All((turning, Blank(at["intention_reason"]))), "say why you intend it", (at["intention_reason"],))


def _of_posts(at: Mapping[str, int], lists: ReferenceLists) -> Iterator[Oddity]:
    fixed = _says_any(at["term"], lists, "term", "fixed_term")
    yield Oddity(All((fixed, Blank(at["end"]))), "fixed term, so give the end date", (at["end"],))
    yield Oddity(Below(at["headcount"], at["fte"]), "FTE is more than headcount", (at["fte"], at["headcount"]))


def _of_lines(at: Mapping[str, int], lists: ReferenceLists) -> Iterator[Oddity]:
    yield Oddity(Says(at[Role.LOOKUP], NOT_FOUND), "reference is not on the sheet Activity", (at["activity"],))


def _of_results(at: Mapping[str, int], _lists: ReferenceLists) -> Iterator[Oddity]:
    missed = Any((Says(at[Role.STATE], RED), Says(at[Role.STATE], AMBER)))
    why = All((missed, Blank(at["commentary"])))
    yield Oddity(why, "not green, so say why under commentary", (at[Role.STATE], at["commentary"]))
    half = Any(
        (
            All((Filled(at["numerator"]), Blank(at["denominator"]))),
            All((Filled(at["denominator"]), Blank(at["numerator"]))),
        )
    )
    yield Oddity(half, "a rate needs both its parts", (at["numerator"], at["denominator"]))
    in_per_cent = Any(tuple(Says(at["unit"], unit) for unit in sorted(PER_CENT)))
    part = All((in_per_cent, PartOfOne(at["actual"]), Blank(at["denominator"])))
    yield Oddity(part, "per cent as 84, not 0.84; if under 1, give both parts", (at["actual"],))


def _of_actions(at: Mapping[str, int], _lists: ReferenceLists) -> Iterator[Oddity]:
    done = All((Says(at["state"], ActionState.DONE), Blank(at["done_on"])))
    yield Oddity(done, "done, so give the day", (at["done_on"],))


def _of_counts(_at: Mapping[str, int], _lists: ReferenceLists) -> Iterator[Oddity]:
    yield from ()


_OF_KIND = {
    "activity": _of_activities,
    "post": _of_posts,
    "funding_line": _of_lines,
    "measure_result": _of_results,
    "period_count": _of_counts,
    "period_money": _of_counts,
    "action": _of_actions,
}
"""What may be odd in a row, by the kind of record it is."""


def _says_any(column: int, lists: ReferenceLists, name: str, *codes: str) -> Condition:
    """The cell says one of these entries of a list, in the words of the workspace."""
    return Any(tuple(Says(column, lists.label(name, code)) for code in codes))


def yellow(layout: SheetLayout, column: int) -> str:
    """Return the condition under which a required cell is shown as still empty: the row is begun and it is blank."""
    title = next(
        at for at, found in enumerate(layout.columns) if found.role is Role.FIELD and found.need is Need.REQUIRED
    )
    letters = column_letters(column)
    return f'AND({reference(0)}&{reference(title)}<>"",{letters}{ROW}="")'
