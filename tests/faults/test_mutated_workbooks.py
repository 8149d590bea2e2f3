"""Good spreadsheets with something knocked about in them: read or refused, never a crash or another's row.

CTDESK_MUTANTS says how many (10000 for a night), CTDESK_MUTANTS_FROM with which number they begin. A mutant found at
fault is made again by its number alone.
"""

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from itertools import product
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.errors import DeskError
from ctdesk.returns.reader import STANDARD_LIMITS, _attempt
from ctdesk.returns.sheets import Cell
from ctdesk.services.adopting import AdoptionWishes, adopt_register
from ctdesk.services.desk import Desk
from ctdesk.services.exporting import export_records
from ctdesk.services.receipt import Receipt
from ctdesk.services.receiving import Wishes, receive
from tests.faults.conftest import Counts
from tests.faults.mutations import Template, mutant, spread
from tests.faults.test_attacks import OF_ROWS, hospital_s, said_of
from tests.faults.trials import NAME
from tests.worked import children_below, largest_child, worked

MUTANTS = int(os.environ.get("CTDESK_MUTANTS", "200"))
FIRST = int(os.environ.get("CTDESK_MUTANTS_FROM", "0"))
SHARD = 50
FROM_CORPUS, LARGEST = 60, 150_000
SUFFIXES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv"}
SECONDS, MEGABYTES = 30, 1_000


@pytest.fixture(scope="module")
def desk(monitored_place: Path) -> Iterator[Desk]:
    """A desk that only reads, so that no trial can alter the next."""
    with closing(Workspace.open(monitored_place / NAME, read_only=True)) as workspace:
        yield Desk(workspace, "sam")


@pytest.fixture(scope="module")
def forms(base: Path, monitored_place: Path) -> list[Path]:
    """Good workbooks of the desk: as sent, as returned, and as saved by another program."""
    sent = [*(base / "sent").glob("*.xlsx"), *(monitored_place / "monitoring").glob("*.xlsx")]
    return [*sorted(sent), base / "returned.xlsx", monitored_place / "saved.ods"]


@pytest.fixture(scope="module")
def registers(request: pytest.FixtureRequest, desk: Desk, monitored_place: Path) -> list[Path]:
    """Registers of two formats, and as many spreadsheets of other people where their folder is present."""
    own = []
    for kind, ending in product(("activity", "agreement"), ("xlsx", "csv")):
        own.append(monitored_place / f"{kind}.{ending}")
        export_records(desk, kind, own[-1])
    try:
        corpus: Path = request.getfixturevalue("corpus")
    except pytest.skip.Exception:
        return own
    others = [*_of_corpus(corpus / "real"), *_of_corpus(corpus / "hostile")]
    return [*own * (len(others) // len(own)), *others]


def _of_corpus(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return spread((path for path in found if 0 < path.stat().st_size < LARGEST), FROM_CORPUS // 2)


def take_in(desk: Desk, path: Path, *, form: bool) -> Receipt:
    """Take in a return, or look at a stranger's register as the council's."""
    if form:
        return receive(desk, path, Wishes())[0]
    return adopt_register(desk, path, AdoptionWishes(agency="Alder Council"))[0]


def outcome(desk: Desk, path: Path, *, form: bool) -> str:
    """Say what came of a file; anything but a receipt or a sentence is a fault."""
    begun = worked()
    try:
        receipt = take_in(desk, path, form=form)
    except DeskError as fault:
        sentence = str(fault)
        return "refused" if sentence.endswith(".") and "\n" not in sentence else f"FAULT: {sentence!r}"
    except Exception as fault:  # this is what is looked for
        return f"FAULT: {type(fault).__name__}: {fault}"
    if worked() - begun > SECONDS:
        return "FAULT: too slow"
    if form and receipt.agency.startswith("Alder"):
        shown = [word for word in OF_ROWS if word in said_of(receipt)]
        if shown or {change.uid for change in receipt.changes} & hospital_s(desk):
            return f"FAULT: shows another's row: {shown}"
    return "read"


@pytest.fixture(scope="module")
def templates(forms: list[Path], registers: list[Path]) -> dict[bool, list[Template]]:
    """What mutants are made of: the forms under True, registers under False."""
    held = {path: Template.of(path) for path in {*forms, *registers}}
    return {True: [held[path] for path in forms], False: [held[path] for path in registers]}


@pytest.mark.parametrize("first", range(FIRST, FIRST + MUTANTS, SHARD))
def test_mutants(desk: Desk, templates: dict[bool, list[Template]], tmp_path: Path, counts: Counts, first: int) -> None:
    numbers = range(first, min(first + SHARD, FIRST + MUTANTS))
    outcomes: Counter[str] = Counter()
    faults, slowest = [], 0.0
    with children_below(MEGABYTES):
        for number in numbers:
            form = number % 2 == 0
            template, name, content = mutant(templates[form], number)
            path = tmp_path / f"mutant{template.path.suffix}"
            path.write_bytes(content)
            begun = worked()
            came = outcome(desk, path, form=form)
            slowest = max(slowest, worked() - begun)
            outcomes[f"{'return' if form else 'register'} {came[:7]}"] += 1
            if came.startswith("FAULT"):
                faults.append(f"{number}, {template.path.name}, {name}: {came}")
    counts("mutated workbooks", outcomes, wanted=len(numbers), seconds=round(slowest, 1), MB=largest_child())
    assert not faults, "\n".join(faults)
    if len(numbers) == SHARD:
        for came in ("return read", "return refused", "register read"):
            assert outcomes[came] > SHARD // 20


def _plain(cell: Cell) -> object:
    """Return a cell as both readers must give it; whole numbers and days may come as either sort."""
    if type(cell) is date:
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - cells know no zone
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def _read_by(reader: str, path: Path) -> list[tuple[str, bool, list[list[object]]]]:
    deadline = time.monotonic() + 600
    answer = _attempt(path.read_bytes(), reader, None, STANDARD_LIMITS, deadline, heard=lambda _: None)
    assert answer.refusal is None
    sheets = [sheet for _, sheet in sorted(answer.sheets, key=lambda item: item[0])]
    return [(sheet.name, sheet.hidden, [[_plain(cell) for cell in row] for row in sheet.rows]) for sheet in sheets]


def test_the_two_readers_agree_on_every_good_workbook(forms: list[Path], counts: Counts) -> None:
    books = [path for path in forms if path.suffix == ".xlsx"]
    for path in books:
        assert _read_by("calamine", path) == _read_by("openpyxl", path), path.name
    counts("good workbooks on which both readers agree", {"the same": len(books)}, wanted=4)
