"""Records that are parts of another and are typed at its form, as the funding lines of an activity are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.money import money_text
from ctdesk.services.desk import Desk
from ctdesk.services.faults import figures_year, plain


@dataclass(frozen=True, slots=True)
class PartKind:
    """How records of one kind are parts of another.

    `link` is their field that points at the whole, `heading` what a table of them is called, `columns` the fields
    typed in it. `amount` is summed, year by year, and compared with the whole's `against`. `given` are fields that a
    new part takes from the whole, as its own field -> the whole's.
    """

    kind: str
    link: str
    heading: str
    columns: tuple[str, ...]
    amount: str
    against: str
    given: Mapping[str, str]

    @property
    def unseen(self) -> frozenset[str]:
        """The fields that a part takes from the whole and that are not typed in its row."""
        return frozenset(self.given) - set(self.columns)


_PARTS = {
    "activity": PartKind(
        kind="funding_line",
        link="activity",
        heading="Funding",
        columns=("year", "source", "funder", "amount"),
        amount="amount",
        against="annual_value",
        given={"arrangement": "funding_arrangement", "source": "funding_source"},
    )
}


@dataclass(frozen=True, slots=True)
class PartEdit:
    """What becomes of one part: it is new where `uid` is None, and taken out where `after` is None.

    `before` is what it held as it was shown.
    """

    kind: str
    uid: str | None
    before: Values
    after: Values | None


@dataclass(frozen=True, slots=True)
class PartSum:
    """The parts of one year: their total in pence, and how it stands to the whole; `adds_up` is None if nothing does.

    Only the year that figures are for is compared.
    """

    year: str
    total: int
    words: str
    adds_up: bool | None


def part_kind(kind: str) -> PartKind | None:
    """Return what is part of a kind of record and typed at its form, or None."""
    return _PARTS.get(kind)


def parts_of(desk: Desk, kind: str, uid: str) -> dict[str, dict[str, Value]]:
    """Return the parts of a record, uid -> fields: the newest year first, in it the largest amount."""
    part = _PARTS[kind]
    held = desk.load(part.kind, **{part.link: uid})
    by_amount = sorted(held.items(), key=lambda it: -_pence(it[1].get(part.amount)))
    return dict(sorted(by_amount, key=lambda it: str(it[1].get("year") or ""), reverse=True))


def new_part(desk: Desk, kind: str, whole: Values, parts: Sequence[Values]) -> dict[str, Value]:
    """Return what a new part begins with: this year, what the whole says already, and the amount still missing."""
    part, year = _PARTS[kind], figures_year(desk)
    told = {own: whole.get(others) for own, others in part.given.items() if whole.get(others)}
    if any(each.get("year") == year for each in parts):
        told.pop("source", None)
    missing = _pence(whole.get(part.against)) - sum(
        _pence(it.get(part.amount)) for it in parts if it.get("year") == year
    )
    return {**told, "year": year, part.amount: missing if missing > 0 else None}


def part_sums(desk: Desk, kind: str, whole: Values, parts: Iterable[Values]) -> list[PartSum]:
    """Return the total of each year, the newest first, in words beside the whole's own figure."""
    part, year = _PARTS[kind], figures_year(desk)
    totals: dict[str, int] = {}
    for each in parts:
        of = str(each.get("year") or "")
        totals[of] = totals.get(of, 0) + _pence(each.get(part.amount))
    return [_sum(kind, whole, of, totals[of], compared=of == year) for of in sorted(totals, reverse=True)]


def _sum(kind: str, whole: Values, year: str, total: int, *, compared: bool) -> PartSum:
    field = DEFINITIONS[kind][_PARTS[kind].against]
    name, value = plain(field).lower(), whole.get(field.name)
    if not compared:
        return PartSum(year, total, "", None)
    if not isinstance(value, int):
        return PartSum(year, total, f"The {name} is not given", None)
    if total == value:
        return PartSum(year, total, f"Adds up to the {name}", adds_up=True)
    which = "less" if total < value else "more"
    words = f"{money_text(abs(value - total))} {which} than the {name}, {money_text(value)}"
    return PartSum(year, total, words, adds_up=False)


def _pence(value: Value) -> int:
    return value if isinstance(value, int) else 0
