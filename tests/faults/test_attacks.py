"""Files meant to harm: each is refused in a sentence or read for what it says, soon, and shows no other's row.

They come in by every door: `receive`, `monitor receive`, `adopt`, and the window, which says what was dropped on it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.identity import row_key
from ctdesk.returns.filling import TypedCell, fill_in
from ctdesk.returns.reader import read_book
from ctdesk.services.adopting import AdoptionWishes, adopt_register
from ctdesk.services.desk import Desk, at_desk
from ctdesk.services.exporting import export_records
from ctdesk.services.inspecting import inspect_file
from ctdesk.services.receipt import Receipt
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.recognising import what_is
from tests.faults.attacks import (
    ATTACKS,
    BOMBS,
    ENTITIES,
    FORMULAS,
    HIDDEN,
    LINKS,
    STRINGS,
    Parts,
    packed,
    parts_of,
)
from tests.faults.attacks_by_format import BY_FORMAT, GOOD_OLD, GOOD_OPEN
from tests.faults.conftest import Counts
from tests.faults.trials import NAME
from tests.services.small_borough import COUNCIL, HOSPITAL
from tests.worked import worked

SECONDS = 30
OF_ROWS = ("Speech clinic", "Home visits", "Oak Families")
"""Words that stand in the hospital's rows alone; nothing said to the council may hold them."""
OTHERS = (*OF_ROWS, "Birch")
"""With the hospital's own name, which every workbook has in a list, so that a text put elsewhere may bring it up."""


@dataclass
class Bench:
    """A desk that only reads, the council's workbook in parts, and the counts of what came of the attacks."""

    desk: Desk
    sent: Path
    monitoring: Path

    @property
    def parts(self) -> Parts:
        return parts_of(self.sent)


@pytest.fixture(scope="module")
def bench(monitored_place: Path, base: Path) -> Iterator[Bench]:
    sent, monitoring = (
        next((base / "sent").glob("*Alder Council.xlsx")),
        min((monitored_place / "monitoring").glob("*.xlsx")),
    )
    with Workspace.open(monitored_place / NAME, read_only=True) as workspace:
        yield Bench(Desk(workspace, "sam"), sent, monitoring)


def said_of(receipt: Receipt) -> str:
    """Return all words that go back to an agency from a return."""
    return " ".join(finding.message for finding in receipt.findings)


def one_sentence(words: str) -> bool:
    return words.endswith(".") and not unseen(words)


def unseen(words: str) -> list[str]:
    """Return the letters that command a terminal or turn the writing about."""
    return [letter for letter in words if unicodedata.category(letter) in {"Cc", "Cf", "Cs"}]


Found = TypeVar("Found")


def within_bounds(do: Callable[[], Found]) -> Found | None:
    """Do what a door does with a file; None if it was refused, which takes one sentence, and soon."""
    begun, found, refusal = worked(), None, ""
    try:
        found = do()
    except DeskError as fault:
        refusal = str(fault)
    assert worked() - begun < SECONDS
    assert not refusal or one_sentence(refusal), refusal
    return found


def taken_in(bench: Bench, path: Path) -> Receipt | None:
    """Receive a file as far as that goes; None if it was refused."""
    return within_bounds(lambda: receive(bench.desk, path, Wishes())[0])


def by_the_other_doors(bench: Bench, path: Path) -> bool:
    """Drop a file on the window and adopt it as a register; return whether it was read as one."""
    said = within_bounds(lambda: what_is(path, bench.desk))
    assert said is not None
    assert one_sentence(said.sentence), said.sentence
    adopted = within_bounds(lambda: adopt_register(bench.desk, path, AdoptionWishes(agency="Alder Council")))
    return adopted is not None


def hospital_s(desk: Desk) -> set[str]:
    kinds = ("activity", "post")
    return {uid for kind in kinds for uid, values in desk.load(kind).items() if values.get("agency") == HOSPITAL}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_does_no_harm(bench: Bench, tmp_path: Path, counts: Counts, name: str) -> None:
    path = tmp_path / "returned.xlsx"
    path.write_bytes(packed(ATTACKS[name](bench.parts)))
    receipt = taken_in(bench, path)
    counts("attack files: a return", {"refused" if receipt is None else "read": 1}, wanted=1)
    if receipt is not None:
        assert not any(word in said_of(receipt) for word in OTHERS)
        assert not {change.uid for change in receipt.changes} & hospital_s(bench.desk)
        assert "root:" not in said_of(receipt)
        assert not unseen(said_of(receipt))
        by_the_other_doors(bench, path)
    assert sorted(tmp_path.iterdir()) == [path]
    with suppress(DeskError):
        inspect_file(path)


@pytest.mark.parametrize("name", [*BOMBS, *ENTITIES, *LINKS])
def test_an_attack_on_monitoring_does_no_harm(bench: Bench, tmp_path: Path, counts: Counts, name: str) -> None:
    path = tmp_path / "monitoring.xlsx"
    path.write_bytes(packed(ATTACKS[name](parts_of(bench.monitoring))))
    receipt = taken_in(bench, path)
    counts("attack files: monitoring", {"refused" if receipt is None else "read": 1}, wanted=1)
    if receipt is not None:
        assert "root:" not in said_of(receipt)
        assert not unseen(said_of(receipt))


@pytest.mark.parametrize("name", BY_FORMAT)
def test_a_file_of_another_format_does_no_harm(bench: Bench, tmp_path: Path, counts: Counts, name: str) -> None:
    ending, make = BY_FORMAT[name]
    path = tmp_path / f"register{ending}"
    path.write_bytes(make())
    assert taken_in(bench, path) is None
    adopted = by_the_other_doors(bench, path)
    counts("attack files: other formats", {"read" if adopted else "refused": 1}, wanted=1)
    assert sorted(tmp_path.iterdir()) == [path]


def test_the_attacks_of_other_formats_stand_beside_good_files(tmp_path: Path) -> None:
    for path, content in (("a.xls", GOOD_OLD), ("a.ods", GOOD_OPEN)):
        (tmp_path / path).write_bytes(content)
        assert read_book(tmp_path / path).sheets[0].rows in ([[5.0]], [["x"]])


@pytest.mark.parametrize("worth", ["baseline-99", "monitoring-99", "1e400", "-1", "{0}", "' OR 1=1 --"])
def test_a_form_of_the_future_is_no_matter_or_said(bench: Bench, tmp_path: Path, worth: str) -> None:
    forms = re.findall(r">((?:baseline|monitoring)-\d+)</t>", bench.parts[STRINGS].decode())
    assert forms
    path = tmp_path / "future.xlsx"
    path.write_bytes(packed(with_texts(bench.parts, dict.fromkeys(forms, worth))))
    receipt = taken_in(bench, path)
    if receipt is not None:
        assert not {change.uid for change in receipt.changes} & hospital_s(bench.desk)


def with_texts(parts: Parts, swaps: dict[str, str]) -> Parts:
    """Put other texts in the place of whole texts of the workbook."""
    xml = parts[STRINGS].decode()
    for old, new in swaps.items():
        assert f">{old}</t>" in xml, old
        xml = xml.replace(f">{old}</t>", f">{new}</t>")
    return {**parts, STRINGS: xml.encode()}


def keys_of(desk: Desk, agency: str) -> list[str]:
    found: dict[str, dict[str, Value]] = desk.load("activity", agency=agency)
    return sorted(row_key(uid) for uid in found)


def test_a_row_key_of_another_agency_gains_nothing(bench: Bench, tmp_path: Path) -> None:
    swaps = dict(zip(keys_of(bench.desk, COUNCIL), keys_of(bench.desk, HOSPITAL), strict=False))
    path = tmp_path / "forged.xlsx"
    path.write_bytes(packed(with_texts(bench.parts, swaps)))
    receipt = taken_in(bench, path)
    if receipt is not None:
        assert not {change.uid for change in receipt.changes} & hospital_s(bench.desk)
        assert not any(word in said_of(receipt) for word in OTHERS)


def test_every_row_under_one_key_is_asked_about_and_none_is_lost(bench: Bench, tmp_path: Path) -> None:
    first, *others = keys_of(bench.desk, COUNCIL)
    path = tmp_path / "one key.xlsx"
    path.write_bytes(packed(with_texts(bench.parts, dict.fromkeys(others, first))))
    receipt = taken_in(bench, path)
    assert receipt is not None
    assert receipt.counts("activity")["read"] == 3


def test_another_agency_s_request_in_the_hidden_sheet_opens_nothing(bench: Bench, tmp_path: Path) -> None:
    requests = {values["agency"]: uid for uid, values in bench.desk.load("request").items()}
    swaps = {requests[COUNCIL]: requests[HOSPITAL], COUNCIL: HOSPITAL}
    path = tmp_path / "swapped.xlsx"
    path.write_bytes(packed(with_texts(bench.parts, swaps)))
    with pytest.raises(DeskError, match="its rows are those of another"):
        receive(bench.desk, path, Wishes())


def test_a_hidden_sheet_that_is_no_sheet_is_no_matter(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "no hidden.xlsx"
    path.write_bytes(packed({**bench.parts, HIDDEN: b"<worksheet><sheetData><row"}))
    taken_in(bench, path)


@pytest.mark.parametrize("typed", ["=cmd|' /c calc'!A1", "@SUM(A1)", "+44 20", "-2+3", "\t=1"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_formula_that_came_in_as_text_goes_out_as_text(base: Path, tmp_path: Path, typed: str, ending: str) -> None:
    workspace = tmp_path / NAME
    workspace.write_bytes((base / NAME).read_bytes())
    with at_desk(workspace) as desk:
        sent = next((base / "sent").glob("*Alder Council.xlsx"))
        fill_in(
            sent, tmp_path / "back.xlsx", desk.lists, [TypedCell("Activity", "AC-002", "Comments", typed)], confirm=True
        )
        receive(desk, tmp_path / "back.xlsx", Wishes(apply=True))
        export_records(desk, "activity", tmp_path / f"out.{ending}")
        desk.workspace.changed = False
    concerns = {remark.concern.name for remark in inspect_file(tmp_path / f"out.{ending}")}
    assert "FORMULA" not in concerns


def test_the_formulas_among_the_attacks_are_seen_by_inspection(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"
    for name in ("a link in a title", "a fetch in a title", "a reference to another file"):
        path.write_bytes(packed(FORMULAS[name](bench.parts)))
        assert any(remark.concern.name == "FORMULA" for remark in inspect_file(path)), name
