"""Sixty files meant to harm: each is refused in a sentence or read for what it says, soon, and shows no other's row."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.identity import row_key
from ctdesk.returns.filling import TypedCell, fill_in
from ctdesk.services.desk import Desk, at_desk
from ctdesk.services.exporting import export_records
from ctdesk.services.inspecting import inspect_file
from ctdesk.services.receipt import Receipt
from ctdesk.services.receiving import Wishes, receive
from tests.faults.attacks import ATTACKS, FORMULAS, HIDDEN, STRINGS, Parts, packed, parts_of
from tests.faults.trials import NAME
from tests.services.small_borough import COUNCIL, HOSPITAL

SECONDS = 30
OTHERS = ("Speech clinic", "Home visits", "Oak Families", "Birch")
"""Words that stand in the hospital's rows alone; nothing said to the council may hold them."""


@dataclass
class Bench:
    """A desk that only reads, the council's workbook in parts, and the counts of what came of the attacks."""

    desk: Desk
    sent: Path
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def parts(self) -> Parts:
        return parts_of(self.sent)


@pytest.fixture(scope="module")
def bench(base: Path) -> Iterator[Bench]:
    with Workspace.open(base / NAME, read_only=True) as workspace:
        made = Bench(Desk(workspace, "sam"), next((base / "sent").glob("*Alder Council.xlsx")))
        yield made


def said_of(receipt: Receipt) -> str:
    """Return all words that go back to an agency from a return."""
    return " ".join(finding.message for finding in receipt.findings)


def taken_in(bench: Bench, path: Path) -> Receipt | None:
    """Receive a file as far as that goes; None if it was refused, which takes one sentence."""
    begun = time.monotonic()
    try:
        receipt, _ = receive(bench.desk, path, Wishes())
    except DeskError as fault:
        words = str(fault)
        assert words.endswith(".")
        assert "\n" not in words
        receipt = None
    assert time.monotonic() - begun < SECONDS
    return receipt


def hospital_s(desk: Desk) -> set[str]:
    kinds = ("activity", "post")
    return {uid for kind in kinds for uid, values in desk.load(kind).items() if values.get("agency") == HOSPITAL}


def test_there_are_more_than_forty_attacks() -> None:
    assert len(ATTACKS) >= 40


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_does_no_harm(bench: Bench, tmp_path: Path, name: str) -> None:
    path = tmp_path / "returned.xlsx"
    path.write_bytes(packed(ATTACKS[name](bench.parts)))
    receipt = taken_in(bench, path)
    bench.outcomes["refused" if receipt is None else "read"] += 1
    if receipt is not None:
        assert not any(word in said_of(receipt) for word in OTHERS)
        assert not {change.uid for change in receipt.changes} & hospital_s(bench.desk)
        assert "root:" not in said_of(receipt)
    assert sorted(tmp_path.iterdir()) == [path]
    with suppress(DeskError):
        inspect_file(path)


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
