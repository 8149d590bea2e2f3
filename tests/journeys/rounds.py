"""A small round for the journeys: three agencies, twelve activities, four posts, workbooks sent; and its attackers."""

import hashlib
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ctdesk.cli import run
from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action, RecordChange, created
from ctdesk.domain.records import DEFINITIONS
from ctdesk.services.desk import Desk
from openpyxl import Workbook as Book
from openpyxl import load_workbook

ROUND = "Baseline 2026/27"
COUNCIL, NHS, SCHOOLS = "Weir Borough Council", "Weir Health", "Hollins School Cluster"
HEAD_ROW, FIRST_ROW = 5, 6
"""The rows of headings and of the first record on every sheet of the form."""

KINDS = ("organisation", "team", "contact", "activity", "funding_line", "post", "round", "request", "finding", "list")


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Return the JSON document on standard output, which must hold nothing else."""
        return json.loads(self.out)

    @property
    def refusal(self) -> str:
        """Return the one sentence of a command that could not be done."""
        assert self.status == 2, (self.status, self.out, self.err)
        assert self.out == ""
        return self.sentence

    @property
    def sentence(self) -> str:
        """Return standard error, which must be exactly one line that is a sentence."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].endswith("."), self.err
        assert "Traceback" not in self.err
        assert "program's fault" not in self.err
        return lines[0]

    @property
    def rules(self) -> list[str]:
        """Return the rules of the findings in the document."""
        return [finding["rule"] for finding in self.document["findings"]]

    def finding(self, rule: str) -> dict[str, Any]:
        """Return the first finding of a rule."""
        return next(finding for finding in self.document["findings"] if finding["rule"] == rule)


def ctdesk(*arguments: object) -> Said:
    """Run one command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = run([str(argument) for argument in arguments])
        except SystemExit as stop:  # argparse ends the process itself
            status = int(stop.code or 0)
    return Said(status, out.getvalue(), err.getvalue())


@dataclass(frozen=True)
class SmallRound:
    """A workspace with a round sent, and where its files are."""

    folder: Path

    @property
    def workspace(self) -> Path:
        return self.folder / "weir.ctdesk"

    def sent(self, agency: str = COUNCIL) -> Path:
        """Return the workbook an agency was sent."""
        return self.folder / "sent" / f"{ROUND.replace('/', '-')} - {agency}.xlsx"

    def do(self, command: str, *arguments: object) -> Said:
        """Run a command on the workspace."""
        return ctdesk(command, self.workspace, *arguments)

    def receive(self, *arguments: object) -> Said:
        """Receive with a document as the answer."""
        return self.do("receive", *arguments, "--json")

    def edited(self, alter: Callable[[Any], None], agency: str = COUNCIL, *, name: str = "returned.xlsx") -> Path:
        """Return a copy of an agency's workbook, every row confirmed and then altered."""
        book = load_workbook(self.sent(agency))
        confirm(book)
        alter(book)
        path = self.folder / name
        book.save(path)
        return path

    def confirmed(self, agency: str = COUNCIL) -> Path:
        """Return a copy of an agency's workbook with every row confirmed and nothing altered."""
        return self.edited(lambda _: None, agency, name="confirmed.xlsx")

    def fingerprint(self) -> str:
        """Return the fingerprint of the workspace's bytes."""
        return hashlib.sha256(self.workspace.read_bytes()).hexdigest()

    def records(self, kind: str = "activity") -> list[dict[str, Any]]:
        """Return the exported records of a kind."""
        said = self.do("list", kind, "--json")
        assert said.status == 0, said.err
        return said.document  # type: ignore[no-any-return]  # a list of objects by the command's promise

    def record(self, reference: str) -> dict[str, Any]:
        """Return one activity."""
        return next(record for record in self.records() if record["reference"] == reference)

    def everything(self) -> dict[str, list[dict[str, Any]]]:
        """Return every record of the kinds people know."""
        return {kind: self.records(kind) for kind in KINDS if kind in DEFINITIONS}

    def open_findings(self) -> list[dict[str, Any]]:
        """Return the questions that still wait."""
        return [kept for kept in self.records("finding") if not kept["answered"]]


def columns(sheet: Any, head_row: int = HEAD_ROW) -> dict[str, int]:
    """Return the one-based column of each heading."""
    return {str(cell.value): cell.column for cell in sheet[head_row] if cell.value is not None}


def rows(sheet: Any) -> Iterator[int]:
    """Yield the numbers of the rows that hold a record."""
    key = columns(sheet)["Key"]
    for number in range(FIRST_ROW, sheet.max_row + 1):
        if sheet.cell(number, key).value:
            yield number


def row_of(sheet: Any, name: str) -> int:
    """Return the row of the record with a reference or title."""
    return next(
        number for number in range(FIRST_ROW, sheet.max_row + 1) if name in {cell.value for cell in sheet[number][:6]}
    )


def cell(book: Any, name: str, heading: str, sheet: str = "Activity") -> Any:
    """Return the cell of a record, found by its reference or title."""
    return book[sheet].cell(row_of(book[sheet], name), columns(book[sheet])[heading])


def put(book: Any, name: str, heading: str, value: object, sheet: str = "Activity") -> None:
    """Type a value into the cell of a record."""
    cell(book, name, heading, sheet).value = value


def add(book: Any, values: Mapping[str, object], sheet: str = "Activity", *, at: int | None = None) -> int:
    """Type a new row below the others and return its number."""
    at = at or max(rows(book[sheet]), default=FIRST_ROW - 1) + 1
    while any(book[sheet].cell(at, column).value for column in (3, 4)):
        at += 1
    for heading, value in values.items():
        book[sheet].cell(at, columns(book[sheet])[heading]).value = value
    return at


def confirm(book: Any) -> None:
    """Answer Yes in every row."""
    for name in ("Activity", "Staffing"):
        at = columns(book[name])["Still yours?"]
        for number in rows(book[name]):
            book[name].cell(number, at).value = "Yes"


NEW_ROW: Mapping[str, object] = {
    "Service title": "Holiday clubs",
    "Still yours?": "Yes",
    "Provider": "Lantern Trust",
    "Agreement type": "Grant",
    "Annual value (£)": 12_000,
    "Funding source": "Council base budget",
    "Funding arrangement": "Single agency",
    "Start date": date(2026, 4, 1),
    "End date": date(2027, 3, 31),
    "Main outcome": "Enjoy and achieve",
    "Tier": "Universal",
    "Purpose": "Prevention",
    "Age from": 5,
    "Age to": 11,
    "Client groups": "All children",
    "Areas": "Borough-wide",
    "Lead commissioner": "Play manager",
    "Intention": "Continue",
}
"""A whole new row as an agency would type it."""


def make_round(folder: Path) -> SmallRound:
    """Make the workspace, start its round and send it."""
    made = SmallRound(folder)
    assert ctdesk("new", made.workspace, "--name", "Weir children’s trust").status == 0
    with Workspace.open(made.workspace) as workspace:
        Desk(workspace, "tester").apply(Action.EDIT, "What the partners knew", records())
    asked = made.do("round", ROUND, "--as-at", "31/03/2026", "--due", "30/06/2026")
    assert asked.status == 0, asked.err
    sent = made.do("send", "--round", ROUND, "--to", folder / "sent")
    assert sent.status == 0, sent.err
    return made


def copy_of(made: SmallRound, folder: Path) -> SmallRound:
    """Return a round of one's own to spoil; the sent workbooks are shared."""
    shutil.copyfile(made.workspace, folder / made.workspace.name)
    (folder / "sent").symlink_to(made.folder / "sent", target_is_directory=True)
    return SmallRound(folder)


_AGENCIES = ((COUNCIL, "WB", 6), (NHS, "WH", 4), (SCHOOLS, "HS", 2))
_TITLES = (
    "Parenting groups", "Short breaks at Weir House", "Speech therapy in nurseries", "Young carers’ club",
    "School counselling", "Advice on benefits", "Community midwives", "Eating disorder clinic",
    "Health visiting drop-in", "Sleep clinic", "Breakfast clubs", "Reading mentors",
)  # fmt: skip


def records() -> list[RecordChange]:
    """Return what the partners knew before the round."""
    made = [_organisation(name, agency=True) for name, _, _ in _AGENCIES]
    providers = [_organisation(name) for name in ("Lantern Trust", "Bridge Street Project Limited", "Old Mill Centre")]
    activities = []
    at = 0
    for agency, (_, letters, count) in zip(made, _AGENCIES, strict=True):
        for number in range(1, count + 1):
            values = _activity(f"{letters}-{number:03d}", _TITLES[at], agency.uid, providers[at % 3].uid, at)
            activities.append(created("activity", values))
            at += 1
    posts = [created("post", _post(title, made[n].uid)) for title, n in _POSTS]
    return [*made, *providers, *activities, *posts]


_POSTS = (("Head of commissioning", 0), ("Contracts officer", 0), ("Maternity lead", 1), ("Cluster manager", 2))


def _organisation(name: str, *, agency: bool = False) -> RecordChange:
    role = "is_agency" if agency else "is_provider"
    return created("organisation", {"name": name, role: True, "sector": "other_public" if agency else "voluntary"})


def _activity(reference: str, title: str, agency: str, provider: str, at: int) -> dict[str, Any]:
    return {
        "reference": reference,
        "title": title,
        "agency": agency,
        "provider": provider,
        "agreement_type": "contract",
        "agreement_reference": f"00{at}7",
        "annual_value": (10_000 + at * 1_000) * 100,
        "funding_source": "council_base",
        "funding_arrangement": "single_agency",
        "start": date(2024, 4, 1),
        "end": date(2027, 3, 31),
        "main_outcome": "be_healthy",
        "tier": "universal",
        "purpose": "prevention",
        "age_from": 0,
        "age_to": 18,
        "client_groups": ("all_children",),
        "areas": ("borough_wide",),
        "lead_commissioner": "Commissioning manager",
        "lead_email": "team@example.org",
        "intention": "continue",
        "comments": "As last year",
    }


def _post(title: str, agency: str) -> dict[str, Any]:
    return {
        "title": title,
        "agency": agency,
        "employer": agency,
        "vacant": False,
        "term": "permanent",
        "fte": Decimal("0.80"),
        "headcount": 1,
        "commissioning_percent": 50,
        "annual_cost": 4_500_000,
        "funding_source": "council_base",
        "cycle_stages": ("buy", "review"),
        "skills": ("procurement",),
    }


def spreadsheet(path: Path, table: list[list[object]], *, title: str = "Register") -> Path:
    """Write a plain spreadsheet of somebody's own."""
    book = Book()
    sheet = book.active
    sheet.title = title
    for row in table:
        sheet.append(row)
    book.save(path)
    return path


def as_root() -> bool:
    """Whether permissions stop nobody here."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
