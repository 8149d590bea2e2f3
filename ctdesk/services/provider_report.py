"""Printing the provider report: all that the partners buy from one provider."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from ctdesk.domain import clock
from ctdesk.domain.contract_lines import ContractLine, PartLine
from ctdesk.domain.contract_paper import public_lines
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.domain.monitoring_lines import AgreementPeriod
from ctdesk.domain.published_monitoring import published_period
from ctdesk.domain.records.agreement_watch import FINISHED
from ctdesk.domain.register_paper import ProviderPaper
from ctdesk.domain.service_lines import ServiceLine
from ctdesk.domain.suppression import SETTING
from ctdesk.services.contracts import register
from ctdesk.services.desk import Desk
from ctdesk.services.monitoring_board import board, periods
from ctdesk.services.published_services import delivered_by, unpublished
from ctdesk.services.service_lines import service_lines

_ORGANISATION = DEFINITIONS["organisation"]


def print_provider(desk: Desk, path: Path, provider: str, *, on: date | None = None, public: bool = False) -> None:
    """Write the report of a provider, named by name or uid, as PDF; `public` leaves out what is exempt.

    Raises DeskError if there is no such organisation or the file cannot be written.
    """
    from ctdesk.reports.provider import write_provider

    printed = clock.now()
    uid, _ = desk.find("organisation", provider)
    write_provider(provider_paper(desk, uid, on or printed.date(), public=public), path, printed=printed)


def provider_paper(desk: Desk, uid: str, on: date, *, public: bool = False) -> ProviderPaper:
    """Return all that is known of what the partners buy from a provider, as on a day."""
    shares = {
        str(it["agreement"]): percent
        for it in desk.load("agreement_share", provider=uid).values()
        if isinstance(percent := it.get("percent"), int)
    }
    lines = [it for it in register(desk, on) if it.values.get("provider") == uid or it.uid in shares]
    shown = [it for it in public_lines(lines) if "provider" not in it.exempt] if public else lines
    kept = {it.uid for it in shown}
    everything = service_lines(desk)
    hidden = delivered_by(desk, [it.uid for it in lines if it.uid not in kept])
    priced = unpublished(desk) if public else frozenset()
    own = (it for it in everything if it.provider_uid == uid and it.uid not in hidden)
    return ProviderPaper(
        trust=desk.setting("name"),
        on=on,
        name=str(desk.organisations[uid]["name"]),
        facts=tuple(_facts(desk, uid)),
        lines=shown,
        shares=shares,
        activities=[replace(it, value=None) if it.uid in priced else it for it in own],
        bought=_bought(it for it in everything if it.uid not in priced),
        standings=_standings(desk, kept, on, public=public),
        papers=tuple(_papers(desk, shown)),
        left_out=len(lines) - len(shown),
        public=public,
    )


def _facts(desk: Desk, uid: str) -> Iterator[tuple[str, str]]:
    values = desk.organisations[uid]
    sector = desk.show(_ORGANISATION["sector"], values.get("sector"))
    kinds = [sector, "small or medium-sized" if values.get("sme") else ""]
    yield "Kind", ", ".join(filter(None, kinds)) or "Not given"
    registers = (("charity_number", "Charity number"), ("company_number", "Company number"))
    yield from [(label, str(values[name])) for name, label in registers if values.get(name)][:1]


def _bought(lines: Iterable[ServiceLine]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        sums[line.agency] += line.money
    return dict(sums)


def _standings(desk: Desk, agreements: Collection[str], on: date, *, public: bool) -> dict[str, AgreementPeriod]:
    """Return how each agreement stands in the newest period that was started; for the public without small numbers."""
    newest = next(iter(periods(desk)), None)
    lines = board(desk, newest.quarter, on).lines if newest and agreements else ()
    smallest = int(desk.setting(SETTING))
    told = (published_period(it, smallest) if public else it for it in lines)
    return {it.agreement: it for it in told if it.agreement in agreements}


def _papers(desk: Desk, lines: Iterable[ContractLine]) -> Iterator[PartLine]:
    """Yield what the provider must hold, and the actions still to be done."""
    exempt = {line.uid: line.exempt for line in lines}
    for kind in ("requirement", "action"):
        fields = DEFINITIONS[kind].fields
        for uid, values in desk.load(kind).items():
            agreement = str(values.get("agreement"))
            done = values.get("state") in FINISHED
            if agreement in exempt and kind not in exempt[agreement] and not done:
                yield PartLine(kind, uid, values, {it.name: desk.show(it, values.get(it.name)) for it in fields})
