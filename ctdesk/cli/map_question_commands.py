"""The commands that ask what the service map tells; all of them print, write JSON or write a file alike."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ctdesk.cli import map_question_documents as documents
from ctdesk.cli.map_documents import cover_document
from ctdesk.cli.speech import say, say_document, say_table
from ctdesk.cli.statuses import DONE
from ctdesk.domain import clock
from ctdesk.domain.errors import DeskError
from ctdesk.domain.figure_table import FigureTable
from ctdesk.services.desk import Desk, at_desk

if TYPE_CHECKING:
    from ctdesk.services.map_questions import Asked
    from ctdesk.services.shared_costs import CostToShare

_SHOWN = 20
"""Rows of each table that are printed; a file or JSON has them all."""


def overlaps(wanted: Namespace) -> int:
    """Tell what is bought twice, or at two prices."""
    from ctdesk.services.map_question_tables import overlap_tables
    from ctdesk.services.map_questions import find_overlaps

    with at_desk(wanted.workspace, read_only=True) as desk:
        found = find_overlaps(desk, _asked(desk, wanted))
        return _answer(desk, wanted, overlap_tables(found), lambda: documents.overlaps_document(found))


def gaps(wanted: Namespace) -> int:
    """Tell what is needed and not bought."""
    from ctdesk.services.map_question_tables import gap_tables
    from ctdesk.services.map_questions import find_gaps, gap_notes

    with at_desk(wanted.workspace, read_only=True) as desk:
        found = find_gaps(desk, _asked(desk, wanted))
        return _answer(desk, wanted, gap_tables(found, gap_notes(desk)), lambda: documents.gaps_document(found))


def cliffs(wanted: Namespace) -> int:
    """Tell what ends with nothing to follow."""
    from ctdesk.services.map_question_tables import cliff_tables
    from ctdesk.services.map_questions import find_cliffs

    with at_desk(wanted.workspace, read_only=True) as desk:
        found = find_cliffs(desk, wanted.as_at or clock.today(), _asked(desk, wanted))
        return _answer(desk, wanted, cliff_tables(found), lambda: documents.cliffs_document(found))


def market(wanted: Namespace) -> int:
    """Tell who delivers."""
    from ctdesk.services.map_question_tables import market_tables
    from ctdesk.services.map_questions import find_market

    with at_desk(wanted.workspace, read_only=True) as desk:
        found = find_market(desk, _asked(desk, wanted))
        return _answer(desk, wanted, market_tables(found), lambda: documents.market_document(found))


def resource(wanted: Namespace) -> int:
    """Tell who commissions."""
    from ctdesk.services.map_question_tables import resource_tables
    from ctdesk.services.map_questions import find_resource
    from ctdesk.services.shared_costs import share_known, shares_table

    cost = _cost_to_share(wanted)
    with at_desk(wanted.workspace, read_only=True) as desk:
        found = find_resource(desk)
        shared = share_known(desk, cost) if cost else None
        tables = [*resource_tables(found), *([shares_table(shared)] if shared else [])]
        return _answer(desk, wanted, tables, lambda: documents.resource_document(found, shared))


def _cost_to_share(wanted: Namespace) -> "CostToShare | None":
    from ctdesk.services.shared_costs import CostToShare, by_named

    if wanted.share is None and (wanted.by or wanted.partner):
        raise DeskError("There is no cost to share; name it with --share, for instance --share £118,400.")
    return None if wanted.share is None else CostToShare(wanted.share, by_named(wanted.by), tuple(wanted.partner))


def scenario(wanted: Namespace) -> int:
    """Compare what is with what would be, or with every scenario kept; with --apply steps become intentions."""
    from ctdesk.services.kept_scenarios import all_side_by_side, keep_scenario, scenario_named, throw_away
    from ctdesk.services.scenario import scenario_tables
    from ctdesk.services.scenario_intentions import turn_into_intentions
    from ctdesk.services.scenario_steps import read_steps

    _refuse_half_a_scenario(wanted)
    with at_desk(wanted.workspace, read_only=not (wanted.apply or wanted.keep or wanted.throw_away)) as desk:
        kept = scenario_named(desk, wanted.name) if wanted.name else None
        lines = kept.steps if kept else wanted.steps
        if not lines:
            tables = all_side_by_side(desk)
            if not tables:
                raise DeskError("No scenario is kept yet; write steps, for instance “end CS-001”, and --keep NAME.")
            return _answer(desk, wanted, tables, lambda: documents.scenarios_document(tables))
        steps = read_steps(desk, lines)
        tables = scenario_tables(desk, steps)
        if wanted.keep:
            kept = keep_scenario(desk, wanted.keep, lines)
            wanted.name = kept.name
            _say(wanted, f"The scenario is kept as {kept.name}.")
        if wanted.apply and turn_into_intentions(desk, steps, kept.uid if kept else None):
            _say(wanted, "The steps are intentions of their activities now.")
        if wanted.throw_away and kept:
            throw_away(desk, kept)
            _say(wanted, f"{kept.name} is thrown away; undo brings it back.")
        return _answer(desk, wanted, tables, lambda: documents.scenario_document(tables))


def _refuse_half_a_scenario(wanted: Namespace) -> None:
    """Refuse what contradicts itself in one sentence."""
    if wanted.name and wanted.steps:
        raise DeskError("Give the steps or the name of a scenario that is kept, not both.")
    if wanted.throw_away and not wanted.name:
        raise DeskError("Say with --name which scenario is to be thrown away.")
    if (wanted.keep or wanted.apply) and not (wanted.name or wanted.steps):
        raise DeskError("There is no step; write one, for instance “end CS-001”, or name a scenario that is kept.")


def _say(wanted: Namespace, words: str) -> None:
    if not wanted.json:
        say(words)


def _asked(desk: Desk, wanted: Namespace) -> "Asked":
    from ctdesk.services.editing import split_pairs
    from ctdesk.services.map_questions import YEAR, Asked
    from ctdesk.services.map_where import read_where

    share = _cost_to_share(wanted) if "share" in wanted else None
    where = read_where(desk, split_pairs(getattr(wanted, "where", [])))
    return Asked(*where, share=share, months=getattr(wanted, "months", YEAR))


def _answer(desk: Desk, wanted: Namespace, tables: Sequence[FigureTable], document: Callable[[], object]) -> int:
    for table in tables:
        table.check()
    if wanted.json:
        told = document()
        say_document({**told, "coverage": _covered(desk, wanted)} if isinstance(told, dict) else told)
    elif wanted.to is not None:
        from ctdesk.services.map_files import write_tables

        on = getattr(wanted, "as_at", None) or clock.today()
        write_tables(
            desk, wanted.run, tables, wanted.to, _asked(desk, wanted), on=on, name=getattr(wanted, "name", None) or ""
        )
        say(f"{wanted.to} is written.")
    else:
        from ctdesk.services.map_questions import coverage
        from ctdesk.services.map_tables import cover_words

        _tell(tables)
        say(cover_words(coverage(desk, _asked(desk, wanted))))
    return DONE


def _covered(desk: Desk, wanted: Namespace) -> dict[str, object]:
    from ctdesk.services.map_questions import coverage

    return cover_document(coverage(desk, _asked(desk, wanted)))


def _tell(tables: Sequence[FigureTable]) -> None:
    from ctdesk.services.figure_words import row_words

    for table in tables:
        rows = [row_words(table.heads, row) for row in table.rows[:_SHOWN]]
        totals = [row_words(table.heads, table.totals)] if table.totals else []
        say(f"{table.title}:")
        say_table([head.label for head in table.heads], [*rows, *totals])
        if len(table.rows) > _SHOWN:
            say(f"… and {len(table.rows) - _SHOWN:,} more; write them all with --to.")
        say(*table.notes, "")
