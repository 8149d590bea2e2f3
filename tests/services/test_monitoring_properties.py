"""Whatever is typed into a monitoring workbook is what the desk would hold, and what is not typed changes nothing."""

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action
from ctdesk.domain.definition import Value
from ctdesk.domain.periods import read_period
from ctdesk.returns.reader import read_book
from ctdesk.returns.sheets import Book, Cell
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk
from ctdesk.services.monitoring import send_period, start_period
from ctdesk.services.receiving import Wishes, receive, take_in
from hypothesis import given
from hypothesis import strategies as st
from tests.services.monitored_borough import GOALS, SEEN, TALK, WAIT, monitored
from tests.services.small_borough import borough

Sent = tuple[Desk, Book]
HEAD = 4
"""The row of the headings, from nought."""

_figures = st.decimals(-99_999, 99_999, places=2) | st.integers(-1000, 1_000_000).map(Decimal)
_words = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=40).map("Because {}".format)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    """A desk that has sent a quarter, and the workbook of one agreement."""
    folder: Path = tmp_path_factory.mktemp("sent")
    workspace: Workspace = create_workspace(folder / "borough.ctdesk", name="Small borough")
    desk = Desk(workspace, "sam")
    desk.apply(Action.EDIT, "Take over what is known", borough())
    organisations = list(desk.load("organisation"))
    desk.apply(Action.EDIT, "Add agreements", monitored(organisations[0], organisations[1], organisations[2]))
    items = send_period(desk, start_period(desk, read_period("2026-Q1")), folder)
    yield desk, read_book(next(item.workbook for item in items if item.request.agreement_uid == TALK))
    workspace.changed = False
    workspace.close()


def typed_into(book: Book, typed: dict[str, dict[str, Cell]], order: random.Random) -> Book:
    """Return a workbook with cells of Measures typed, by measure and heading, its rows in another order."""
    sheets = []
    for sheet in book.sheets:
        rows = [[*row] for row in sheet.rows]
        if sheet.name == "Measures":
            heads = rows[HEAD]
            for row in rows[HEAD + 1 :]:
                for heading, value in typed.get(str(row[heads.index("Measure")]), {}).items():
                    row[heads.index(heading)] = value
            rows[HEAD + 1 :] = order.sample(rows[HEAD + 1 :], len(rows) - HEAD - 1)
        sheets.append(replace(sheet, rows=rows))
    return replace(book, sheets=tuple(sheets))


def test_what_was_sent_changes_nothing(sent: Sent) -> None:
    desk, book = sent
    receipt, _ = receive(desk, book.path, Wishes())
    assert receipt.changes == []
    assert receipt.conflicts == []


@given(
    figures=st.tuples(_figures, _figures, st.decimals(6, 100, places=2)),
    why=_words,
    order=st.randoms(use_true_random=False),
    left=st.sets(st.integers(0, 3)),
)
def test_what_is_typed_is_what_would_be_held(
    sent: Sent, figures: tuple[Decimal, ...], why: str, order: random.Random, left: set[int]
) -> None:
    desk, book = sent
    waiting, seen, goals = (None if at in left else figure for at, figure in enumerate(figures))
    words = None if 3 in left else why
    wanted: dict[str, dict[str, Value]] = {
        WAIT: {"actual": waiting, "commentary": words}, SEEN: {"actual": seen}, GOALS: {"actual": goals},
    }  # fmt: skip
    typed: dict[str, dict[str, Cell]] = {
        "Waiting time": {"Actual": as_cell(waiting), "Commentary": words},
        "Children seen": {"Actual": as_cell(seen)},
        "Goals met at discharge": {"Actual": as_cell(goals)},
    }
    receipt, _ = take_in(desk, typed_into(book, typed, order), lambda: b"", Wishes())
    results = desk.load("measure_result", agreement=TALK)
    told = {str(results[change.uid]["measure"]): dict(change.after) for change in receipt.changes}
    said = {uid: {name: value for name, value in held.items() if value is not None} for uid, held in wanted.items()}
    assert told == {uid: held for uid, held in said.items() if held}


def as_cell(figure: Decimal | None) -> float | None:
    """Return a figure as a spreadsheet holds it."""
    return None if figure is None else float(figure)
