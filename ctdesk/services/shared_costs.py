"""A cost shared among partners by what the records know of them: what they commission, or who commissions for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ctdesk.analysis.shares import Share
from ctdesk.domain.apportion import apportion
from ctdesk.domain.counting import counted
from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import Cell, Figure, FigureTable, Head, total_row
from ctdesk.domain.money import money_text
from ctdesk.domain.rounding import nearest
from ctdesk.domain.service_map import NOT_GIVEN
from ctdesk.services.cost_shares import read_cost, read_weight, shared
from ctdesk.services.desk import Desk
from ctdesk.services.published_services import left_out
from ctdesk.services.service_lines import post_resources
from ctdesk.services.service_map import MapView, service_map


class By(StrEnum):
    """What a cost is shared by."""

    BUDGET = "budget"
    HEADCOUNT = "headcount"
    STATED = "stated"


WORDS = {By.BUDGET: "Size of budget", By.HEADCOUNT: "Headcount", By.STATED: "Stated shares"}
"""What people call each way."""

_HEADS = {
    By.BUDGET: Head("Commissioned, £ a year", Figure.MONEY, adds=True),
    By.HEADCOUNT: Head("FTE on commissioning", Figure.NUMBER, adds=True),
    By.STATED: Head("Weight", Figure.NUMBER, adds=True),
}
_NOTES = {
    By.BUDGET: "Shared by size of budget: what each partner commissions in a year.",
    By.HEADCOUNT: "Shared by headcount: the full-time posts of each partner, as far as they are on commissioning.",
    By.STATED: "Shared by the weights stated.",
}
_NAMED = 3
UNTOLD = "The shares of a cost are left out: they rest on sums of which some are not for publication."
SEPARATOR = ";"
"""What stands between partners on one line."""


@dataclass(frozen=True, slots=True)
class CostToShare:
    """A cost as a person wants it shared: the amount as typed, by what, and among whom.

    `partners` are names, each with a weight behind = where it is not to be taken from the records; none of them
    means all that the records know.
    """

    amount: str
    by: By = By.BUDGET
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedCost:
    """A cost in pence, shared; the parts add up to it, their percentages to 100."""

    amount: int
    by: By
    shares: Sequence[Share]
    missing: tuple[str, ...] = ()
    """Who has not answered in the newest round, where weights are budgets of the records."""


def by_named(text: str) -> By:
    """Return the way a person means by its name or its words; nothing means by budget. DeskError lists them."""
    wanted = text.strip().casefold()
    found = next((by for by in By if wanted in {by.value, WORDS[by].casefold()}), None if wanted else By.BUDGET)
    if found is None:
        raise DeskError(f"A cost cannot be shared by “{text}”; choose one of {', '.join(By)}.")
    return found


def partners_of(text: str) -> tuple[str, ...]:
    """Return the partners of one line, `Council; NHS=9,200k`."""
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def known_weights(desk: Desk, by: By) -> dict[str, Fraction]:
    """Return what the records know of each agency, largest first: pounds it commissions a year, or full-time posts."""
    found: dict[str, Fraction] = {}
    if by is By.BUDGET:
        found = {name: Fraction(pence, 100) for name, pence in commissioned(desk).items()}
    elif by is By.HEADCOUNT:
        for post in post_resources(desk):
            found[post.agency] = found.get(post.agency, Fraction(0)) + post.commissioning_fte
    named = ((name, weight) for name, weight in found.items() if name and weight)
    return dict(sorted(named, key=lambda it: (-it[1], it[0].casefold())))


def commissioned(desk: Desk) -> dict[str, int]:
    """Return the pence a year that each agency commissions, what partners report twice counted once."""
    matrix = service_map(desk, MapView("agency")).matrix
    named = zip(matrix.rows, matrix.row_totals, strict=True)
    return {"" if name == NOT_GIVEN else name: pence or 0 for name, pence in named}


def rests_on_exempt(desk: Desk, wanted: CostToShare) -> bool:
    """Whether what is made now is for the public, and a weight rests on sums of which some may not be published.

    With them the weights would tell the sums; without them the shares would be others than those that are paid.
    """
    return wanted.by is By.BUDGET and bool(left_out(desk)) and not all("=" in it for it in wanted.partners or [""])


def share_known(desk: Desk, wanted: CostToShare) -> SharedCost:
    """Share a cost; DeskError if something cannot be read, or the records know nothing to share it by."""
    amount, known = read_cost(wanted.amount), known_weights(desk, wanted.by)
    weights = [_weight(desk, text, wanted.by, known) for text in wanted.partners] or list(known.items())
    if not weights:
        raise DeskError(f"{WORDS[wanted.by]}: name each partner with its weight, for instance NHS=9,200k.")
    missing = service_map(desk, MapView("agency")).cover.missing if wanted.by is By.BUDGET else ()
    return SharedCost(amount, wanted.by, shared(amount, weights), missing)


def _weight(desk: Desk, text: str, by: By, known: Mapping[str, Fraction]) -> tuple[str, Fraction]:
    name, equals, typed = (part.strip() for part in text.rpartition("="))
    if equals and name:
        return name, read_weight(name, typed)
    uid = desk.names["organisation"].find(text.strip())
    called = desk.names["organisation"].name(uid) if uid else text.strip()
    if called not in known:
        raise DeskError(
            f"{called}: the records give no weight by {WORDS[by].lower()}; write it behind the name, as =5."
        )
    return called, known[called]


def shares_heads(by: By) -> list[Head]:
    """Return the heads of the table of shares."""
    share, amount = Head("Share (%)", Figure.PERCENT, adds=True), Head("Amount", Figure.MONEY, adds=True)
    return [Head("Partner"), _HEADS[by], share, amount, Head("How it is worked out")]


def shares_table(found: SharedCost) -> FigureTable:
    """Return the shares with their weights, whole percentages that add to 100, and how each amount comes about."""
    heads = shares_heads(found.by)
    rows: list[tuple[Cell, ...]] = [
        (it.name, shown, it.percent, it.amount, _worked_out(found, it, weights_sum(found)))
        for it, shown in zip(found.shares, _weights_shown(found), strict=True)
    ]
    notes = [_NOTES[found.by], "Amounts are rounded so that they add up to the penny, shares so that they add to 100%."]
    if found.missing:
        notes.append(f"Budgets are as last known of those who have not answered: {', '.join(found.missing)}.")
    title = f"{money_text(found.amount)} shared by {WORDS[found.by].lower()}"
    return FigureTable(title, heads, rows, total_row(heads, rows), notes=notes, sheet="Shares")


def weights_sum(found: SharedCost) -> Fraction:
    """Return what all weights come to."""
    return sum((it.weight for it in found.shares), Fraction(0))


def _weights_shown(found: SharedCost) -> list[Cell]:
    """Return the weights as pence or with two decimals, rounded so that they add up."""
    hundredths = apportion(nearest(weights_sum(found) * 100), [it.weight for it in found.shares])
    if _HEADS[found.by].figure is Figure.MONEY:
        return list(hundredths)
    return [Decimal(part) / 100 for part in hundredths]


def _worked_out(found: SharedCost, share: Share, whole: Fraction) -> str:
    exact = found.amount * share.weight / whole
    how = "" if share.amount == exact else f", rounded {'up' if share.amount > exact else 'down'}"
    said = f"{weight_text(found.by, share.weight)} ÷ {weight_text(found.by, whole)}"
    return f"{money_text(found.amount)} × {said}{how}"


def weight_text(by: By, weight: Fraction) -> str:
    """Return a weight as people read and type it, pounds or a number: £5,600,000, 14.535, 62."""
    if by is By.BUDGET:
        return money_text(nearest(weight * 100))
    whole, _, rest = f"{Decimal(nearest(weight * 10_000)) / 10_000:,.4f}".partition(".")
    return f"{whole}.{rest.rstrip('0')}".removesuffix(".")


def shares_sentence(found: SharedCost) -> str:
    """Return who bears most of a shared cost, in one sentence."""
    largest = sorted(found.shares, key=lambda it: -it.amount)
    first, others = largest[:_NAMED], largest[_NAMED:]
    parts = [f"{it.name} {it.percent}%, {money_text(it.amount)}" for it in first]
    if others:
        rest = sum(it.percent for it in others), money_text(sum(it.amount for it in others))
        parts.append(f"{counted(len(others), 'other')} {rest[0]}%, {rest[1]}")
    return f"{money_text(found.amount)} shared by {WORDS[found.by].lower()}: {'; '.join(parts)}."
