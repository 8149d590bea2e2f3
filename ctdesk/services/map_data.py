"""What the service map works on: all activities’ dimensions and amounts, in step with the workspace."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from ctdesk.analysis.spread import Spread, spread
from ctdesk.db.workspace import Workspace
from ctdesk.domain.age_bands import served
from ctdesk.domain.column import Column, Mask
from ctdesk.domain.dates import financial_year
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.domain.records.mapping import Verdict
from ctdesk.domain.records.round import ANSWERED, RequestState
from ctdesk.domain.service_map import Basis, Dimension, Measure
from ctdesk.services.age_bands import age_bands
from ctdesk.services.desk import Desk
from ctdesk.services.list_sheet import Sheet, sheet_of
from ctdesk.services.map_dimensions import (
    NONE,
    Buckets,
    Way,
    Weights,
    dimension,
    joined,
    keys_of,
    labelled,
    levels,
    nested,
    way_named,
    with_own,
)
from ctdesk.services.newest_baseline import newest_baseline
from ctdesk.services.stated_weights import as_called

PLACES = "places"
"""The unit of capacity that counts as places."""

_KEPT_SPREADS = 12
_Amounts = Sequence[int]


class MapData:
    """All activities of a workspace as they are now; dimensions and spreads are worked out when first asked for."""

    def __init__(self, desk: Desk, sheet: Sheet) -> None:
        """Look at the sheet; its lock must be held as long as this is used."""
        self.desk, self.sheet = desk, sheet
        self.step = sheet.columns.step
        self._dimensions: dict[str, Dimension] = {}
        self._spreads: dict[tuple[str, str, Measure], Spread] = {}
        self._amounts: dict[Measure, _Amounts] = {}
        self.passed_on = 0
        """What was taken off as money that two partners report, once the money has been asked for."""

    @property
    def uids(self) -> Sequence[str]:
        """The uids of all activities, in the order of their places."""
        return self.sheet.columns.uids

    def column(self, name: str) -> Column:
        """Return a column of the activities."""
        return self.sheet.column(name)

    def value(self, name: str, place: int) -> Value:
        """Return one value of one activity."""
        return self.column(name).value(place)

    def spread(self, rows: str, columns: str, measure: Measure) -> Spread:
        """Return the amounts of a measure over two dimensions."""
        wanted = (rows, columns, measure)
        if wanted not in self._spreads:
            if len(self._spreads) >= _KEPT_SPREADS:
                del self._spreads[next(iter(self._spreads))]
            self._spreads[wanted] = spread(self.dimension(rows), self.dimension(columns), self.amounts(measure))
        return self._spreads[wanted]

    def dimension(self, name: str) -> Dimension:
        """Return a dimension by its name."""
        if name not in self._dimensions:
            self._dimensions[name] = self._made(way_named(name))
        return self._dimensions[name]

    def _made(self, way: Way) -> Dimension:
        if len(levels(way.name)) > 1:
            outer, inner = (self.dimension(name) for name in levels(way.name))
            return nested(way, outer, inner)
        if way is NONE:
            size = self.sheet.size
            return Dimension(way.name, way.label, ("All",), bytes(size), (((0, 1),),), always=frozenset({0}))
        special: dict[str, Callable[[Way], Dimension]] = {
            "outcomes": self._outcomes,
            "age_band": self._age_bands,
            "sector": self._sectors,
            "funding_source": self._funding_sources,
            "year": self._years,
        }
        return special.get(way.name, self._plain)(way)

    def _plain(self, way: Way) -> Dimension:
        column = self.column(way.fields[0])
        return self._with_stated(way, keys_of(column.values), column.codes, self._buckets(way.fields[0], column))

    def _buckets(self, name: str, *columns: Column) -> Buckets:
        """Return the entries of a list, the retired only where they occur; of links those that occur."""
        field, used = (
            DEFINITIONS["activity"][name],
            {key for c in columns for keys in keys_of(c.values) for key in keys},
        )
        if field.list is None:
            names = self.desk.names[field.target or ""]
            return Buckets(labelled(used, names.name), frozenset())
        return self._listed(field.list, used)

    def _listed(self, name: str, used: set[str]) -> Buckets:
        entries = [entry for entry in self.desk.lists.all(name) if entry.code in used or not entry.retired]
        offered = frozenset(entry.code for entry in entries if not entry.retired)
        return Buckets({entry.code: entry.label for entry in entries}, offered)

    def _with_stated(
        self, way: Way, keys: list[tuple[str, ...] | Weights], codes: Sequence[int], buckets: Buckets
    ) -> Dimension:
        own = {
            place: weights
            for uid, weights in self._stated.get(way.name, {}).items()
            if (place := self.sheet.columns.place_of(uid)) is not None
        }
        if own:
            keys, codes = with_own(keys, codes, own)
        return dimension(way, keys, codes, buckets)

    @cached_property
    def _stated(self) -> Mapping[str, Mapping[str, Weights]]:
        """Weights that somebody stated: dimension -> activity -> bucket -> weight."""
        stated: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        for it in self.desk.load("weight").values():
            if isinstance(it["weight"], int) and it["weight"]:
                called = as_called(self.desk, it)
                if called is not None:
                    stated[called[0]][str(it["activity"])][called[1]] = it["weight"]
        return stated

    def _outcomes(self, way: Way) -> Dimension:
        main, others = (self.column(name) for name in way.fields)
        codes, pairs = joined(main.codes, others.codes)
        main_keys, other_keys = keys_of(main.values), keys_of(others.values)
        keys: list[Any] = [tuple(dict.fromkeys((*main_keys[one], *other_keys[two]))) for one, two in pairs]
        return self._with_stated(way, keys, codes, self._buckets("main_outcome", main, others))

    def _age_bands(self, way: Way) -> Dimension:
        low, high = (self.column(name) for name in way.fields)
        codes, pairs = joined(low.codes, high.codes)
        bands = age_bands(self.desk)
        keys: list[Any] = [served(bands, _whole(low.values[one]), _whole(high.values[two])) for one, two in pairs]
        names = [band.name for band in bands]
        return self._with_stated(way, keys, codes, Buckets(dict(zip(names, names, strict=True)), frozenset(names)))

    def _sectors(self, way: Way) -> Dimension:
        providers = self.column("provider")
        sectors = [self.desk.organisations.get(str(uid), {}).get("sector") for uid in providers.values]
        used = {str(sector) for sector in sectors if sector}
        return dimension(way, keys_of(sectors), providers.codes, self._listed("sector", used))

    def _funding_sources(self, way: Way) -> Dimension:
        column = self.column("funding_source")
        lines = self._lines_of_one_year("source")
        used = {str(it) for it in column.values if it} | {source for found in lines.values() for source in found}
        keys, codes = with_own(keys_of(column.values), column.codes, lines)
        return dimension(way, keys, codes, self._listed("funding_source", used))

    def _years(self, way: Way) -> Dimension:
        """Part money by the years of its funding lines, else put it in the year of the newest round."""
        lines = self._funding_lines("year")
        year = self.year
        used = sorted({year for found in lines.values() for year in found} | ({year} if year else set()))
        keys, codes = with_own([(year,) if year else ()], [0] * self.sheet.size, lines)
        return dimension(way, keys, codes, Buckets(dict(zip(used, used, strict=True)), frozenset()))

    @cached_property
    def _lines(self) -> list[tuple[int, dict[str, Value]]]:
        """Every funding line with an amount, with the place of its activity."""
        found = self.desk.load_fields("funding_line", "activity", "year", "source", "amount").values()
        placed = ((self.sheet.columns.place_of(str(line["activity"])), line) for line in found if line["amount"])
        return [(place, line) for place, line in placed if place is not None]

    def _funding_lines(self, name: str) -> dict[int, dict[str, int]]:
        """Return by activity what its funding lines come to, by the values of one of their fields."""
        sums: dict[int, Counter[str]] = defaultdict(Counter)
        for place, line in self._lines:
            amount = line["amount"]
            if line[name] and isinstance(amount, int):
                sums[place][str(line[name])] += amount
        return {place: dict(found) for place, found in sums.items()}

    def _lines_of_one_year(self, name: str) -> dict[int, dict[str, int]]:
        """Return the same of one year's lines: that of the newest round, else the last that the activity has."""
        years: dict[int, set[str]] = defaultdict(set)
        for place, line in self._lines:
            years[place].add(str(line["year"] or ""))
        chosen = {place: self.year if self.year in found else max(found) for place, found in years.items()}
        sums: dict[int, Counter[str]] = defaultdict(Counter)
        for place, line in self._lines:
            amount = line["amount"]
            if line[name] and isinstance(amount, int) and str(line["year"] or "") == chosen[place]:
                sums[place][str(line[name])] += amount
        return {place: dict(found) for place, found in sums.items()}

    def amounts(self, measure: Measure) -> _Amounts:
        """Return what every activity comes to; for a cost per place, the money of those with places alone."""
        if measure not in self._amounts:
            self._amounts[measure] = self._counted(measure)
        return self._amounts[measure]

    def _counted(self, measure: Measure) -> _Amounts:
        match measure:
            case Measure.ACTIVITIES:
                return [1] * self.sheet.size
            case Measure.PLACES:
                unit = self.column("capacity_unit")
                counts = unit.each([value == PLACES for value in unit.values])
                return [int(it) if yes else 0 for it, yes in zip(self._numbers("capacity"), counts, strict=True)]
            case Measure.USERS:
                return self._numbers("users_last_year")
            case Measure.COST_PER_PLACE:
                money, places = self.amounts(Measure.MONEY), self.amounts(Measure.PLACES)
                return [pence if number else 0 for pence, number in zip(money, places, strict=True)]
            case Measure.COST_PER_HEAD:
                return self.amounts(Measure.MONEY)
        return self._less_passed_on(self._numbers("annual_value"))

    def _numbers(self, name: str) -> list[int]:
        return [int(number) for number in self.column(name).amounts()]

    def _less_passed_on(self, money: list[int]) -> list[int]:
        """Take off what a partner reports again, so that money passed between partners is counted once."""
        for mark in self.desk.load("mark", verdict=Verdict.SAME_MONEY.value).values():
            payer, partner = (self.sheet.columns.place_of(str(mark[name])) for name in ("first", "second"))
            if payer is not None and partner is not None:
                again = min(money[payer], int(self.column("annual_value").amounts()[partner]))
                money[payer] -= again
                self.passed_on += again
        return money

    @cached_property
    def round(self) -> tuple[str, Values] | None:
        """The newest baseline round, if there is one."""
        return newest_baseline(self.desk)

    @cached_property
    def year(self) -> str:
        """The financial year of the newest round, or nothing."""
        day = self.round[1].get("due") if self.round else None
        return financial_year(day) if isinstance(day, date) else ""

    @cached_property
    def _requests(self) -> Mapping[str, str]:
        """How far each agency's part of the newest round has come."""
        if self.round is None:
            return {}
        found = self.desk.load("request", round=self.round[0]).values()
        return {str(it["agency"]): str(it["state"]) for it in found}

    @cached_property
    def bases(self) -> Sequence[Basis]:
        """What every activity's figures rest on."""
        agency, estimated = self.column("agency"), self.column("estimated")
        of_agency = [self._basis(str(uid)) for uid in agency.values]
        guessed = estimated.each([bool(value) for value in estimated.values])
        return [Basis.ESTIMATED if yes else it for it, yes in zip(agency.each(of_agency), guessed, strict=True)]

    @cached_property
    def grounds(self) -> tuple[Sequence[int], Sequence[tuple[str, Basis]]]:
        """For every activity the number of what its figures rest on, and for each number agency and basis."""
        agency = self.dimension("agency")
        order = list(Basis)
        codes, pairs = joined(agency.codes, [order.index(basis) for basis in self.bases])
        names = [agency.buckets[shares[0][0]] for shares in agency.shares]
        return codes, [(names[code], order[basis]) for code, basis in pairs]

    @cached_property
    def unvalued(self) -> Mask:
        """The mask of the activities that give no value."""
        return self.column("annual_value").where(lambda value: value is None)

    def _basis(self, agency: str) -> Basis:
        state = self._requests.get(agency, RequestState.EXCUSED.value)
        if state in ANSWERED:
            return Basis.RETURNED
        return Basis.KNOWN if state == RequestState.EXCUSED.value else Basis.LAST_KNOWN

    @cached_property
    def silent(self) -> list[str]:
        """The agencies that were asked in the newest round, have not answered, and are not wholly estimated."""
        of_agency: dict[str, set[Basis]] = defaultdict(set)
        agency = self.column("agency")
        for uid, basis in set(zip(agency.each(agency.values), self.bases, strict=True)):
            of_agency[str(uid)].add(basis)
        names = self.desk.names["organisation"]
        return [
            names.name(uid)
            for uid, state in self._requests.items()
            if state not in ANSWERED and state != RequestState.EXCUSED.value and of_agency[uid] != {Basis.ESTIMATED}
        ]


_DATA: WeakKeyDictionary[Workspace, MapData] = WeakKeyDictionary()


@contextmanager
def map_data(desk: Desk) -> Iterator[MapData]:
    """Yield the data in step with the workspace, which nobody else reads or writes until the block ends."""
    with sheet_of(desk, "activity").now(desk) as sheet:
        held = _DATA.get(desk.workspace)
        if held is None or held.sheet is not sheet or held.step != sheet.columns.step or held.desk is not desk:
            held = _DATA[desk.workspace] = MapData(desk, sheet)
        yield held


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) else None
