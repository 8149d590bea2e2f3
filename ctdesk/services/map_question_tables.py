"""What the service map tells as tables of figures, for workbooks, pages and the command line."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from ctdesk.domain.apportion import apportion
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.figure_table import Cell, Figure, FigureTable, Head, total_row
from ctdesk.domain.map_findings import Gap, Overlap
from ctdesk.domain.map_outlook import Cliffs, Market, Moved, Part, Reconciliation, Resource, ResourceLine
from ctdesk.domain.money import money_text
from ctdesk.domain.records.mapping import Verdict
from ctdesk.domain.rounding import nearest, percentage
from ctdesk.domain.service_lines import ServiceLine
from ctdesk.services.map_questions import Overlaps

_TEXT, _MONEY, _COUNT, _PERCENT, _NUMBER = Figure.TEXT, Figure.MONEY, Figure.COUNT, Figure.PERCENT, Figure.NUMBER
A_YEAR = "£ a year"
Row = tuple[Cell, ...]

GAP_WORDS = {
    "no service": "No service",
    "thin": "Far below the mean",
    "no outcome": "No outcome given",
    "one provider": "One provider alone",
}
"""What each kind of gap is called."""
NEED = "What the plan says is needed"


OVERLAPS, INTENDED = "Overlaps", "Intended overlaps"
MONEY_TWICE, MONEY_SETTLED = "Money passed on, to confirm", "Money passed on, settled"
"""What the tables of pairs are called."""


def overlap_tables(found: Overlaps) -> list[FigureTable]:
    """Return the overlaps to look at, those intended, and the pairs of money to confirm."""
    tables = [_overlaps(OVERLAPS, found.open, intended=False, of=found.count)]
    if found.intended:
        tables.append(_overlaps(INTENDED, found.intended, intended=True, of=len(found.intended)))
    if found.passed_on:
        tables.append(_passed_on(found))
    if found.settled:
        tables.append(_settled(found))
    return tables


def _overlaps(title: str, found: Sequence[Overlap], *, intended: bool, of: int) -> FigureTable:
    heads = [
        Head("First"), Head("Second"), Head("In the smaller", _MONEY, adds=True), Head("Evidence"),
        *([Head("Why it is intended")] if intended else []), Head("Agency of the first"), Head("Provider"),
        Head(A_YEAR, _MONEY), Head("Agency of the second"), Head("Provider"), Head(A_YEAR, _MONEY),
    ]  # fmt: skip
    rows: list[Row] = [
        (
            called(it.first), called(it.second), it.amount, "; ".join(it.evidence),
            *([it.reason] if intended else []), *_side(it.first), *_side(it.second),
        )
        for it in found
    ]  # fmt: skip
    notes = ["An overlap is a question, not a saving. One activity may stand in several pairs."]
    if of > len(found):
        notes.append(f"These are the largest {len(found):,} of {of:,}.")
    return FigureTable(title, heads, rows, total_row(heads, rows), notes=notes)


def _side(line: ServiceLine) -> Row:
    return line.agency, line.provider, line.value


def called(line: ServiceLine) -> str:
    """Return what an activity is known by: its reference and title."""
    return f"{line.reference} {line.title}".strip()


def _passed_on(found: Overlaps) -> FigureTable:
    heads = [
        Head("Paid by"), Head("Activity"), Head(A_YEAR, _MONEY), Head("Reported again by"), Head("Activity"),
        Head(A_YEAR, _MONEY), Head("Counted twice", _MONEY, adds=True), Head("Evidence"),
    ]  # fmt: skip
    rows: list[Row] = [
        (
            it.payer.agency, called(it.payer), it.payer.value, it.partner.agency, called(it.partner), it.partner.value,
            it.amount, "; ".join(it.evidence),
        )
        for it in found.passed_on
    ]  # fmt: skip
    notes = ["Until a pair is confirmed its money is in the totals twice."]
    return FigureTable(MONEY_TWICE, heads, rows, total_row(heads, rows), notes=notes)


def _settled(found: Overlaps) -> FigureTable:
    heads = [
        Head("Paid by"), Head("Activity"), Head(A_YEAR, _MONEY), Head("Reported again by"), Head("Activity"),
        Head(A_YEAR, _MONEY), Head("Settled as"),
    ]  # fmt: skip
    rows: list[Row] = [
        (
            payer.agency, called(payer), payer.value, partner.agency, called(partner), partner.value,
            "The same money, counted once" if verdict is Verdict.SAME_MONEY else "Different money",
        )
        for payer, partner, verdict in found.settled
    ]  # fmt: skip
    return FigureTable(MONEY_SETTLED, heads, rows)


def gap_tables(found: Sequence[Gap], notes: Sequence[str] = ()) -> list[FigureTable]:
    """Return the gaps; `notes` say which cannot be found."""
    heads = [
        Head("What"), Head("Outcome"), Head("Tier"), Head("Ages"), Head("Area"), Head(NEED),
        Head("Priority"), Head("Evidence"), Head("Would lead"), Head("Bought now, or £ a head", _MONEY),
        Head("Mean a head", _MONEY), Head("Activities", _COUNT),
    ]  # fmt: skip
    rows: list[Row] = [
        (
            GAP_WORDS[it.kind], it.outcome, it.tier, it.ages, it.area, it.need, "Yes" if it.priority else "",
            it.evidence, it.lead, it.amount, it.mean, len(it.uids) or None,
        )
        for it in found
    ]  # fmt: skip
    return [FigureTable("Gaps", heads, rows, notes=notes)]


def cliff_tables(found: Cliffs) -> list[FigureTable]:
    """Return what ends by month, outcome, area, provider and agency, who depends on it, and line by line."""
    span = f"after {date_text(found.as_at)} and by {date_text(found.horizon)}"
    heads = [
        Head("Month"),
        Head("Ends with nothing to follow", _MONEY, adds=True),
        Head("Activities", _COUNT, adds=True),
    ]
    heads.append(Head("Ends and is followed", _COUNT, adds=True))
    months: list[Row] = [(f"{it.first:%m/%Y}", it.amount, it.activities, it.followed) for it in found.months]
    note = f"Money of agreements that end {span}. An activity of several areas is shared equally among them."
    return [
        FigureTable("Ending by month", heads, months, total_row(heads, months), notes=[note]),
        _parts("Ending by outcome", "Main outcome", found.by_outcome, added=True),
        _parts("Ending by area", "Area", found.by_area, added=False),
        _parts("Ending by provider", "Provider", found.by_provider, added=True),
        _parts("Ending by agency", "Agency", found.by_agency, added=True),
        _dependence(found),
        _lines("What ends", found.lines),
        _lines("Outliving their funder", found.grants),
    ]


def _parts(title: str, name: str, parts: Iterable[Part], *, added: bool) -> FigureTable:
    heads = [Head(name), Head(A_YEAR, _MONEY, adds=True), Head("Activities", _COUNT, adds=added)]
    rows: list[Row] = [(it.name, it.amount, it.activities) for it in parts]
    return FigureTable(title, heads, rows, total_row(heads, rows))


def _dependence(found: Cliffs) -> FigureTable:
    heads = [
        Head("Provider"), Head("From all partners", _MONEY), Head("Ends", _MONEY), Head("Ends (%)", _PERCENT),
        Head("Largest partner"), Head("From it", _MONEY),
    ]  # fmt: skip
    rows: list[Row] = [
        (it.provider, it.amount, it.ending, it.percent_ending, it.largest_agency, it.largest) for it in found.dependence
    ]
    return FigureTable("Who depends on it", heads, rows)


def _lines(title: str, lines: Iterable[ServiceLine]) -> FigureTable:
    heads = [
        Head("Reference"), Head("Service title"), Head("Agency"), Head("Provider"), Head("Main outcome"),
        Head("Ends", Figure.DATE), Head("Intention"), Head(A_YEAR, _MONEY, adds=True),
    ]  # fmt: skip
    rows: list[Row] = [
        (it.reference, it.title, it.agency, it.provider, it.outcome, it.end, it.intention, it.value) for it in lines
    ]
    return FigureTable(title, heads, rows, total_row(heads, rows))


def market_tables(found: Market) -> list[FigureTable]:
    """Return the providers, and the money by sector and size."""
    heads = [
        Head("Provider"), Head("Sector"), Head("Small"), Head("Agreements", _COUNT, adds=True),
        Head("Agencies", _COUNT), Head(A_YEAR, _MONEY, adds=True), Head("Share (%)", _NUMBER), Head("Since last time"),
    ]  # fmt: skip
    rows: list[Row] = [
        (
            it.name, it.sector, {True: "Yes", False: "No", None: None}[it.small], it.agreements, it.agencies, it.amount,
            _share(it.amount, found.amount), "New" if it.new else "Gone" if it.gone else None,
        )
        for it in found.providers
    ]  # fmt: skip
    return [
        FigureTable("Providers", heads, rows, total_row(heads, rows), notes=market_notes(found)),
        _parts("By sector", "Sector", found.by_sector, added=True),
        _parts("By size", "Size", found.by_size, added=True),
    ]


def market_notes(found: Market) -> list[str]:
    """Return how far the money is concentrated, and who is new and gone."""
    tops = ", ".join(f"the largest {'one' if count == 1 else count} {percent}%" for count, percent in found.top)
    said = [f"What agencies deliver themselves is left out. Concentration: index {found.index:,} of 10,000; {tops}."]
    nobody = sum(it.amount for it in found.providers if not it.one_body)
    if nobody:
        said.append(f"{money_text(nobody)} stands under no one provider, and is nobody’s share.")
    if found.since:
        new = [it.name for it in found.providers if it.new]
        said.append(f"New {since(found)}: {', '.join(new) or 'none'}. Gone: {', '.join(found.gone) or 'none'}.")
    return said


def since(found: Market) -> str:
    """Return against which state new and gone are told."""
    return f"since the state {found.since}"


def _share(part: int, whole: int) -> Decimal:
    return Decimal(percentage(100 * part, whole)) / 100


def resource_tables(found: Resource) -> list[FigureTable]:
    """Return the posts by agency, with what they come to for every million commissioned, by step and by skill."""
    heads = [
        Head("Agency"), Head("Posts", _COUNT, adds=True), Head("FTE on commissioning", _NUMBER, adds=True),
        Head("Cost", _MONEY, adds=True), Head("Commissioned", _MONEY, adds=True), Head("FTE for £1m", _NUMBER),
        Head("Cost for £1m", _MONEY),
    ]  # fmt: skip
    totals = _resource_row(found.total, hundredths(found.total.fte))
    nobody = {"Steps nobody works on": found.without_stage, "Skills nobody has": found.without_skill}
    lacks = [f"{what}: {', '.join(them)}." for what, them in nobody.items() if them and found.total.posts]
    ftes = _ftes(found.by_agency, found.total)
    rows = [_resource_row(it, fte) for it, fte in zip(found.by_agency, ftes, strict=True)]
    return [
        FigureTable("By agency", heads, rows, totals, notes=lacks),
        _posts("By step of the cycle", "Step", found.by_stage, found.total),
        _posts("By skill", "Skill", found.by_skill, found.total),
    ]


def _resource_row(it: ResourceLine, fte: Decimal) -> Row:
    share, cost = it.per_million(it.fte), it.per_million(it.cost)
    rounded = None if cost is None else 100 * nearest(cost / 100)
    return it.name, it.posts, fte, it.cost, it.commissioned, _or_none(share), rounded


def _ftes(lines: Sequence[ResourceLine], total: ResourceLine) -> list[Decimal]:
    """Return the time of each line with two decimals, rounded so that the lines add up to the total."""
    return [Decimal(part) / 100 for part in apportion(nearest(total.fte * 100), [line.fte for line in lines])]


def _posts(title: str, name: str, lines: Sequence[ResourceLine], total: ResourceLine) -> FigureTable:
    fte, cost = Head("FTE on commissioning", _NUMBER, adds=True), Head("Cost", _MONEY, adds=True)
    heads, ftes = [Head(name), Head("Posts", _COUNT), fte, cost], _ftes(lines, total)
    rows: list[Row] = [(it.name, it.posts, time, it.cost) for it, time in zip(lines, ftes, strict=True)]
    totals = ("Total", total.posts, hundredths(total.fte), total.cost)
    note = f"{counted(total.posts, 'post')}; time and cost are shared equally among the lines a post stands in."
    return FigureTable(title, heads, rows, totals, notes=[note])


def _or_none(number: Fraction | None) -> Decimal | None:
    return None if number is None else hundredths(number)


def hundredths(number: Fraction) -> Decimal:
    """Return a number with two decimals, halves up."""
    return Decimal(nearest(number * 100)) / 100


ROUND_STEPS = ("New services", "Ended", "Gone from the desk", "Costing more", "Costing less", "The same")
"""What each step from one total to the next is called, in the order of the reconciliation."""
BETWEEN_ROUNDS = "Between rounds"
EVERY_SERVICE = "Every service"
"""What the table behind both totals is called."""


def round_tables(found: Reconciliation) -> list[FigureTable]:
    """Return the reconciliation of two totals, and for each of its steps that moves anything the services behind it."""
    heads = [Head("Step"), Head("Services", _COUNT), Head(A_YEAR, _MONEY, adds=True)]
    steps = list(zip(ROUND_STEPS, found.steps, strict=True))
    then = sum(it.before is not None for step in found.steps for it in step)
    now = sum(it.now is not None for step in found.steps for it in step)
    rows: list[Row] = [
        (f"Total {found.before_name}", then, found.last),
        *((name, len(moved), sum(it.change for it in moved)) for name, moved in steps),
    ]
    total = FigureTable(BETWEEN_ROUNDS, heads, rows, ("Total now", now, found.now), notes=_round_notes(found))
    return [total, *(_moved(name, moved) for name, moved in steps if moved), _every_service(steps)]


def _round_notes(found: Reconciliation) -> list[str]:
    first, last = date_text(found.before_day), date_text(found.now_day)
    said = [
        f"The first total is of services that had not ended by {first}, the last of those that have not by {last}.",
        "New services are those that were not running then.",
    ]
    if found.left_out:
        money = money_text(found.left_out_money)
        them = counted(found.left_out, "service that has ended", "services that have ended")
        said.append(f"The map counts {money} of {them} by then beside them.")
    return said


_MOVED = (
    Head("Reference"), Head("Service title"), Head("Agency"), Head("Before", _MONEY, adds=True),
    Head("Now", _MONEY, adds=True), Head("Change", _MONEY, adds=True),
)  # fmt: skip


def _moved(title: str, found: Sequence[Moved]) -> FigureTable:
    rows = [_moved_row(it) for it in found]
    return FigureTable(title, _MOVED, rows, total_row(_MOVED, rows))


def _moved_row(it: Moved) -> Row:
    return it.reference, it.title, it.agency, it.before, it.now, it.change


def _every_service(steps: Sequence[tuple[str, Sequence[Moved]]]) -> FigureTable:
    """Return all that is in either total, which its columns add up to."""
    heads = [Head("Step"), *_MOVED]
    rows: list[Row] = [(name, *_moved_row(it)) for name, moved in steps for it in moved]
    return FigureTable(EVERY_SERVICE, heads, rows, total_row(heads, rows))
