"""The figures an officer is asked for on the telephone, each with what it rests on, and what changed lately."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from ctdesk.db.totals import Total, running, totals
from ctdesk.domain.dates import date_text, financial_year
from ctdesk.domain.money import money_text
from ctdesk.domain.records.round import ANSWERED
from ctdesk.services.agreements import Agreement, agreements
from ctdesk.services.desk import Desk
from ctdesk.services.past import NOT_UNDONE, past
from ctdesk.services.tracker import Tracker, newest_round


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it counts, the figure in words, and its coverage or parts."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Lately:
    """One step of the history, as told to a person; `who` is *You* for one's own."""

    change_set: str
    number: int
    when: datetime
    who: str
    what: str
    undone: bool
    can_undo: bool


@dataclass(frozen=True, slots=True)
class _Coverage:
    """The agencies of the newest round by what is known of them."""

    returned: Collection[str]
    estimated: Collection[str]
    missing: Collection[str]

    @property
    def words(self) -> str:
        asked = len(self.returned) + len(self.estimated) + len(self.missing)
        parts = [f"{len(self.returned)} of {asked} agencies returned"]
        parts += [f"{len(self.estimated)} estimated by us"] if self.estimated else []
        parts += [f"{len(self.missing)} missing"] if self.missing else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class _Part:
    """The activities of one agency that are estimated, or those that are not; `value` is pence a year."""

    agency: str
    estimated: bool
    count: int
    value: int


def _part(total: Total) -> _Part:
    (agency, estimated), (value,) = total.sort, total.sums
    return _Part(str(agency), bool(estimated), total.count, int(value))


def figures(desk: Desk, today: date, found: list[Agreement] | None = None, now: Tracker | None = None) -> list[Figure]:
    """Return the figures with their coverage in the newest round; without a round they are what the desk knows.

    The agreements and the newest round may be given where they have been read already.
    """
    now = now or newest_round(desk, today)
    parts = [_part(it) for it in totals(desk.workspace, "activity", ["annual_value"], by=["agency", "estimated"])]
    coverage = _coverage(now, {it.agency for it in parts if it.estimated})
    known = f"{sum(it.count for it in parts):,}"
    return [
        Figure("Activities", known, coverage.words if coverage else "as the desk knows them; no round yet"),
        _money(parts, now, coverage, today),
        *([_answered(now)] if now else []),
        _running(desk, agreements(desk, today) if found is None else found, today),
        _posts(desk),
    ]


def copied(desk: Desk, found: list[Figure], at: datetime) -> str:
    """Return the figures with their coverage as lines of text, for the clipboard."""
    head = f"{desk.setting('name')}, as at {date_text(at)} {at:%H:%M}"
    return "\n".join([head, *(f"{it.label}: {it.value} ({it.note})" for it in found)]) + "\n"


def changed_lately(desk: Desk, limit: int = 8) -> list[Lately]:
    """Return the newest steps of the history."""
    return [
        Lately(
            change_set=line.uid,
            number=line.number,
            when=line.when,
            who="You" if line.who == desk.who else line.who,
            what=line.title,
            undone=bool(line.undone_by),
            can_undo=not line.undone_by and line.action not in NOT_UNDONE and not desk.workspace.read_only,
        )
        for line in past(desk)[:limit]
    ]


def _coverage(now: Tracker | None, estimated: Collection[str]) -> _Coverage | None:
    """Part the agencies of a round as the baseline report does."""
    if now is None:
        return None
    expected = [line for line in now.lines if line.group != "Excused"]
    returned = {line.agency_uid for line in expected if line.state in ANSWERED}
    rest = {line.agency_uid for line in expected} - returned
    return _Coverage(returned, rest & set(estimated), rest - set(estimated))


def _money(parts: Collection[_Part], now: Tracker | None, coverage: _Coverage | None, today: date) -> Figure:
    """Return what is commissioned in the year of the newest round, in the parts it rests on."""
    label = f"Commissioned in {financial_year(now.round.due if now else today)}"
    known = sum(it.value for it in parts)
    if coverage is None:
        return Figure(label, money_text(known), "as the desk knows it; no round yet")
    returned = sum(it.value for it in parts if it.agency in coverage.returned)
    estimated = sum(it.value for it in parts if it.agency in coverage.estimated and it.estimated)
    if not returned and not estimated:
        return Figure(label, "–", f"no agency has answered yet; {money_text(known)} as last known")
    words = [f"{money_text(returned)} returned", *([f"{money_text(estimated)} estimated"] if estimated else [])]
    missing = len(coverage.missing)
    out = f"; {missing} {'agency is' if missing == 1 else 'agencies are'} not in it" if missing else ""
    return Figure(label, money_text(returned + estimated), ", ".join(words) + out)


def _answered(now: Tracker) -> Figure:
    summary = now.round.summary
    share = f" ({summary.on_time * 100 // summary.expected}%)" if summary.expected else ""
    excused = f"; {summary.excused} of {summary.asked} excused" if summary.excused else ""
    note = f"{summary.on_time} on time{share}{excused}"
    return Figure("Agencies answered", f"{summary.answered} of {summary.expected}", note)


def _running(desk: Desk, found: list[Agreement], today: date) -> Figure:
    count, value = running(desk.workspace, today)
    notice = sum(1 for it in found if it.in_notice_period(today))
    note = f"{money_text(value)} a year" + (f"; {notice} in their notice period" if notice else "")
    return Figure("Agreements running", f"{count:,}", note)


def _posts(desk: Desk) -> Figure:
    (posts,) = totals(desk.workspace, "post", ["fte", "annual_cost"])
    fte, cost = posts.sums
    return Figure("Commissioning posts", f"{posts.count:,}", f"{fte:.1f} FTE, {money_text(int(cost))} a year")
