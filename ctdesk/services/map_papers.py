"""The pages about the service map: titles that say the finding, leads, and what every page says of itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from ctdesk.domain import clock
from ctdesk.domain.apportion import apportion
from ctdesk.domain.counting import counted
from ctdesk.domain.heat import PAPER, heat_steps
from ctdesk.domain.map_outlook import Cliffs, Market, Resource
from ctdesk.domain.map_paper import MapHead, MapPaper, QuestionPaper
from ctdesk.domain.money import money_text
from ctdesk.domain.rounding import nearest
from ctdesk.domain.service_map import NOT_GIVEN, Cover, Measure
from ctdesk.reports.numbers import pounds
from ctdesk.services.desk import Desk
from ctdesk.services.last_baseline import reconcile_rounds
from ctdesk.services.map_gaps import gap_cells, low_cells, low_words
from ctdesk.services.map_question_tables import (
    EVERY_SERVICE,
    ROUND_STEPS,
    cliff_tables,
    gap_tables,
    market_tables,
    overlap_tables,
    resource_tables,
    round_tables,
)
from ctdesk.services.map_questions import (
    ALL,
    YEAR,
    Asked,
    Overlaps,
    coverage,
    find_cliffs,
    find_gaps,
    find_market,
    find_overlaps,
    find_resource,
    gap_notes,
)
from ctdesk.services.map_tables import (
    MEASURES,
    cover_words,
    coverage_table,
    filter_words,
    notes,
    smallest_words,
    title_of,
)
from ctdesk.services.newest_baseline import newest_baseline
from ctdesk.services.prevention import prevention_tables
from ctdesk.services.service_map import MapView, ServiceMap, service_map
from ctdesk.services.shared_costs import UNTOLD, rests_on_exempt, share_known, shares_sentence, shares_table

_MOST_OVERLAPS = 2_000
"""More overlaps than this nobody reads; the largest are printed, and the others counted."""

STANDARD = MapView("outcome", "tier")
"""The map that is printed where nobody says which."""


def map_paper(desk: Desk, found: ServiceMap) -> MapPaper:
    """Return a map as it stands on paper."""
    measure = found.view.measure
    whole = service_map(desk, MapView(found.view.rows, found.view.columns, measure, public=found.view.public))
    figures = [cell for row in whole.matrix.cells for cell in row if cell is not None]
    words, kept_back, low = notes(found), smallest_words(desk, found.view), low_cells(desk, found)
    return MapPaper(
        head=_head(desk, filter_words(desk, found.view), found.cover),
        title=_map_title(found),
        measure=f"{MEASURES[measure]}{_in_units(measure)}",
        rows=found.rows.label,
        columns=found.columns.label if found.view.columns != "none" else "None",
        matrix=found.matrix,
        is_money=measure.is_money,
        adds_up=measure.adds_up,
        steps=heat_steps(max(figures, default=0), PAPER),
        cover=found.cover,
        gaps=gap_cells(desk, found),
        notes=[
            *[("Public edition", said) for said in kept_back],
            ("What it rests on", words[0]),
            *([("How it was counted", " ".join(words[1:]))] if words[1:] else []),
            *([("Low per head", low_words(found, low))] if low else []),
        ],
        tables=[coverage_table(found)],
        levels=_levels(found),
        low=low,
    )


def _levels(found: ServiceMap) -> list[tuple[str, str]]:
    """Return the two heads of each column shown, where the columns are nested."""
    if not found.columns.levels:
        return []
    pairs = (found.columns.parts(code) for code in found.column_codes)
    return [(outer[1], inner[1]) for outer, inner in pairs]


def _in_units(measure: Measure) -> str:
    return "; activities in small figures" if measure is not Measure.ACTIVITIES else ""


def _map_title(found: ServiceMap) -> str:
    """Say where most of the money is; where nothing can be said safely, what the map shows."""
    matrix = found.matrix
    if found.view.measure is not Measure.MONEY or not matrix.total or found.cover.missing:
        return title_of(found)
    amount, name = max(
        (total or 0, name) for name, total in zip(matrix.rows, matrix.row_totals, strict=True) if name != NOT_GIVEN
    )
    pennies = (200 * amount + matrix.total) // (2 * matrix.total)
    return f"{pennies}p of every pound: {name}" if amount else title_of(found)


def _head(desk: Desk, filter_: str, cover: Cover) -> MapHead:
    newest = newest_baseline(desk)
    as_at = newest[1].get("as_at") if newest else None
    now = clock.now()
    silent = f"; {counted(len(cover.missing), 'agency', 'agencies')} not answered" if cover.missing else ""
    return MapHead(
        trust=desk.setting("name"),
        round=str(newest[1]["name"]) if newest else "none yet",
        as_at=as_at if isinstance(as_at, date) else now.date(),
        filter=filter_,
        coverage=f"{len({line.agency for line in cover.lines if line.activities}):,} agencies in the figures{silent}",
        printed=now,
    )


def print_map(desk: Desk, path: Path, view: MapView = STANDARD) -> None:
    """Write a map as PDF; DeskError if it cannot be written."""
    from ctdesk.reports.service_map import write_service_map

    write_service_map(map_paper(desk, service_map(desk, view)), path)


def print_question(desk: Desk, question: str, path: Path, asked: Asked = ALL, *, on: date | None = None) -> None:
    """Write the answer to a question, by its name in commands, as PDF; DeskError if it cannot be written."""
    from ctdesk.reports.map_questions import write_question

    day = on or clock.today()
    write_question(PAPERS[question](desk, asked, day), path)


def _pounds(pence: int | Fraction) -> str:
    """Return money to the nearest pound, as charts and sentences give it; tables give the pence."""
    return money_text(100 * nearest(pence, 100))


def asked_head(desk: Desk, asked: Asked) -> MapHead:
    """Return what stands on every page of the answer to a question."""
    view = MapView("outcome", filters=asked.filters, buckets=asked.buckets)
    cover = coverage(desk, asked)
    return replace(_head(desk, filter_words(desk, view), cover), rests_on=cover_words(cover))


def _overlaps(desk: Desk, asked: Asked, _on: date) -> QuestionPaper:
    found = find_overlaps(desk, asked, most=_MOST_OVERLAPS)
    return QuestionPaper(
        head=asked_head(desk, asked),
        kicker="Overlaps",
        title=f"{counted(found.count, 'overlap')} to look at" if found.open else "No overlap to look at",
        lead=_overlap_lead(found),
        tables=overlap_tables(found)[1:],  # on paper both sides of an overlap stand below each other
        overlaps=found.open,
    )


def _overlap_lead(found: Overlaps) -> tuple[str, str]:
    uids = {it.second.uid: it.amount for it in found.open}
    first = f"{pounds(sum(uids.values()))} a year is bought in activities that overlap a larger one."
    rest = ["That is a question, not a saving: each pair may be intended."]
    if found.intended:
        rest.append(f"{counted(len(found.intended), 'pair is', 'pairs are')} marked as intended.")
    if found.passed_on:
        rest.append(f"{counted(len(found.passed_on), 'pair looks', 'pairs look')} like the same money reported twice.")
    return first, " ".join(rest)


def _gaps(desk: Desk, asked: Asked, _on: date) -> QuestionPaper:
    found = find_gaps(desk, asked)
    unmet = [gap for gap in found if gap.kind == "no service"]
    needs = len(desk.load("need"))
    words = f"{counted(len(unmet), 'need')} with no service" if unmet else "No need without a service"
    has = "has" if len(unmet) == 1 else "have"
    first = f"The plan names {counted(needs, 'need')}; {len(unmet) or 'none'} of them {has} nothing bought."
    rest = "A gap may be filled by an agency that has not answered."
    if not needs:
        words, first = "Gaps cannot be told yet", "No need of the plan is entered, so none can be found unmet."
        rest = "Enter what the plan says is needed; then this page names what nobody buys."
    return QuestionPaper(
        asked_head(desk, asked), "Gaps", words, (first, rest), gap_tables(found, gap_notes(desk)), gaps=tuple(found)
    )


def _prevention(desk: Desk, asked: Asked, _on: date) -> QuestionPaper:
    tables = prevention_tables(desk, asked.filters, asked.buckets)
    matrix = service_map(desk, MapView("purpose", filters=asked.filters, buckets=asked.buckets)).matrix
    total = matrix.total or 0
    amounts = [amount or 0 for amount in matrix.row_totals]
    percents = apportion(100 if total else 0, amounts)
    parts = list(zip(matrix.rows, amounts, percents, strict=True))
    bars = [(name, amount, f"{_pounds(amount)}, {percent}%") for name, amount, percent in parts if amount]
    first = f"Of {pounds(total)} a year, {', '.join(f'{percent}% {name.lower()}' for name, _, percent in parts)}."
    return QuestionPaper(
        head=replace(asked_head(desk, asked), rests_on=""),  # each of its tables says so
        kicker="Prevention balance",
        title="How the money is balanced between prevention and crisis",
        lead=(first, "Each table adds to the same total."),
        tables=tables,
        bars=bars,
        chart="By purpose",
    )


def _cliffs(desk: Desk, asked: Asked, on: date) -> QuestionPaper:
    found = find_cliffs(desk, on, asked)
    within = "a year" if asked.months == YEAR else counted(asked.months, "month")
    return QuestionPaper(
        head=replace(asked_head(desk, asked), as_at=on),
        kicker="Cliff edges",
        title=f"{pounds(found.amount)} ends within {within} with nothing to follow",
        lead=_cliff_lead(found),
        tables=cliff_tables(found),
        bars=[(f"{it.first:%m/%Y}", it.amount, _pounds(it.amount)) for it in found.months if it.amount],
        chart="Ending with nothing to follow, by month",
    )


def _cliff_lead(found: Cliffs) -> tuple[str, str]:
    first = f"{counted(len(found.lines), 'agreement ends', 'agreements end')} by {found.horizon:%d/%m/%Y}."
    rest = [f"{counted(len(found.followed), 'more ends and is', 'more end and are')} followed by another."]
    if not found.followed:
        rest = ["Nothing else ends that another follows."]
    if found.dependence:
        worst = found.dependence[0]
        rest.append(f"{worst.provider} would lose {worst.percent_ending}% of what the partners pay it.")
    if found.grants:
        rest.append(f"{counted(len(found.grants), 'agreement outlives', 'agreements outlive')} the money of a funder.")
    return first, " ".join(rest)


def _market(desk: Desk, asked: Asked, on: date) -> QuestionPaper:
    found = find_market(desk, asked, on)
    return QuestionPaper(
        head=asked_head(desk, asked),
        kicker="Market",
        title=f"{counted(len(found.providers), 'provider')} share {pounds(found.amount)} a year",
        lead=_market_lead(found),
        tables=market_tables(found),
        bars=[(it.name, it.amount, _pounds(it.amount)) for it in found.by_sector if it.amount],
        chart="By sector",
    )


def _market_lead(found: Market) -> tuple[str, str]:
    tops = dict(found.top)
    first = f"The largest provider has {tops.get(1, 0)}% of it, the largest five {tops.get(5, 100)}%."
    small = sum(1 for it in found.providers if it.small)
    rest = f"{counted(small, 'provider is', 'providers are')} small or medium-sized. "
    return first, rest + "What agencies deliver themselves is left out."


def _resource(desk: Desk, asked: Asked, _on: date) -> QuestionPaper:
    found = find_resource(desk)
    untold = asked.share is not None and rests_on_exempt(desk, asked.share)
    shared = share_known(desk, asked.share) if asked.share and not untold else None
    first, rest = _resource_lead(found)
    rest += f" {UNTOLD}" if untold else f" {shares_sentence(shared)}" if shared else ""
    return QuestionPaper(
        head=asked_head(desk, asked),
        kicker="Resource and shares" if shared else "Resource",
        title=f"{float(found.total.fte):.1f} full-time posts commission {pounds(found.total.commissioned)}",
        lead=(first, rest),
        tables=[*resource_tables(found), *([shares_table(shared)] if shared else [])],
        bars=[(it.name, it.cost, _pounds(it.cost)) for it in found.by_stage if it.cost],
        chart="Cost by step of the cycle",
    )


def _resource_lead(found: Resource) -> tuple[str, str]:
    cost = found.total.per_million(found.total.cost)
    first = f"Commissioning costs {pounds(found.total.cost)} a year."
    rest = f"That is {_pounds(cost)} for every £1m commissioned. " if cost is not None else ""
    nobody = ", ".join(found.without_skill)
    return first, rest + (f"Skills nobody has: {nobody}." if nobody else "Every skill is held by somebody.")


def _rounds(desk: Desk, asked: Asked, on: date) -> QuestionPaper:
    found = reconcile_rounds(desk, on)
    head = replace(asked_head(desk, asked), as_at=on)
    if found is None:
        return QuestionPaper(head, "Between rounds", "No round has been sent yet", ("Nothing to compare with.", ""), ())
    change = found.now - found.last
    words = f"{pounds(abs(change))} {'more' if change >= 0 else 'less'} than {found.before_name}"
    first = f"From {pounds(found.last)} to {pounds(found.now)}."
    rest = f"{len(found.new)} new, {len(found.ended)} ended, {len(found.gone)} gone, {len(found.more)} dearer, "
    rest += f"{len(found.less)} cheaper, {len(found.same)} the same."
    tables = [table for table in round_tables(found) if table.title not in {ROUND_STEPS[-1], EVERY_SERVICE}]
    return QuestionPaper(head, "Between rounds", words, (first, rest), tables)


PAPERS: dict[str, Callable[[Desk, Asked, date], QuestionPaper]] = {
    "overlaps": _overlaps,
    "gaps": _gaps,
    "prevention": _prevention,
    "cliffs": _cliffs,
    "market": _market,
    "resource": _resource,
    "rounds": _rounds,
}
"""What makes the paper of each question."""
