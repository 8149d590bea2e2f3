"""Real registers of real bodies: adopted with every row accounted for, sent out, edited in LibreOffice, received."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.libreoffice import Office, append, running_office, sort, type_in
from tests.journeys.rounds import NEW_ROW, Said, ctdesk

pytestmark = pytest.mark.slow
TRAFFORD = "real/real-trafford/transparency_code/grants/trafford_council_voluntary_sector_grants.csv"
CONTRACTS = "real/real-contracts-finder/uk_contracts_finder.csv"
ABCT = "real/real-360giving/tools/data/original/a001p00000zgyHZAAY.xlsx"
REGISTERS = {TRAFFORD: (555, ()), CONTRACTS: (683, ()), ABCT: (783, ("--agency", "ABCT"))}
"""Each register with its rows of data, and how it is adopted."""


@dataclass
class Borough:
    """A workspace that has adopted the registers, and what was said of each."""

    folder: Path
    adopted: dict[str, dict[str, Any]]

    def do(self, command: str, *arguments: object) -> Said:
        return ctdesk(command, self.folder / "real.ctdesk", *arguments)

    def records(self, kind: str = "activity") -> list[dict[str, Any]]:
        return self.do("list", kind, "--json").document  # type: ignore[no-any-return]  # a list by the command's promise

    def sent(self, agency: str) -> Path:
        (found,) = (self.folder / "sent").glob(f"* - {agency}.xlsx")
        return found


@pytest.fixture(scope="module")
def borough(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Borough:
    made = Borough(tmp_path_factory.mktemp("real"), {})
    assert made.do("new").status == 0
    for name, (_, more) in REGISTERS.items():
        said = made.do("adopt", corpus / name, "--as", "activity", *more, "--apply", "--json")
        assert said.status in {0, 1}, said.err
        made.adopted[name] = said.document
    assert made.do("round", "Baseline", "--as-at", "31/03/2026", "--due", "30/06/2026").status == 0
    assert made.do("send", "--round", "Baseline", "--to", made.folder / "sent").status == 0
    return made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.mark.parametrize("name", REGISTERS)
def test_every_row_of_a_register_is_accounted_for(name: str, borough: Borough, corpus: Path) -> None:
    document, (rows, _) = borough.adopted[name], REGISTERS[name]
    counts = dict(document["rows"]["activity"])
    assert counts.pop("missing") == 0
    assert counts.pop("read") + len(document["skipped"]) == rows
    assert sum(counts.values()) + len(document["skipped"]) == rows
    assert all(row["reason"] for row in document["skipped"])
    reasons = {cell for f in document["findings"] for cell in f["cells"]}
    made = {change["uid"] for change in document["changes"] if change["kind"] == "activity"}
    assert len(made) == counts["new"]
    unread = rows - len(document["skipped"]) - counts["new"]
    assert counts["unreadable"] + counts["unchanged"] == unread
    assert len({_row(cell) for cell in reasons}) >= counts["unreadable"]
    print(f"\n{Path(name).name}: {counts}, skipped {Counter(r['reason'] for r in document['skipped'])}")  # noqa: T201


def _row(cell: str) -> str:
    return cell.rpartition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def test_grants_stand_in_the_desk_as_in_the_file(borough: Borough, corpus: Path) -> None:
    """Money and days are compared with the file itself, read by nothing of the desk's."""
    with (corpus / TRAFFORD).open(encoding="utf-8-sig", newline="") as file:
        told = {row["Identifier"]: row for row in csv.DictReader(file)}
    records = {record["reference"]: record for record in borough.records() if record["reference"] in told}
    assert len(records) == len(told)
    for reference, row in told.items():
        record = records[reference]
        assert record["title"].split() == row["Title"].split()
        assert record["annual_value"] == (round(float(row["Amount Awarded"]) * 100) if row["Amount Awarded"] else None)
        assert record["agency"] == "Trafford Metropolitan Borough Council"


def test_a_register_adopted_again_changes_nothing(borough: Borough, corpus: Path) -> None:
    before = borough.records()
    for name, (_, more) in REGISTERS.items():
        said = borough.do("adopt", corpus / name, "--as", "activity", *more, "--apply", "--json")
        assert said.document["applied"] is False
        assert said.document["changes"] == []
    assert borough.records() == before
    assert borough.do("check").status == 0


def _largest(borough: Borough, how_many: int) -> list[str]:
    """Return the agencies with most activities."""
    return [agency for agency, _ in Counter(r["agency"] for r in borough.records()).most_common(how_many)]


@pytest.mark.parametrize("form", ["xlsx", "ods", "xls"])
def test_only_opened_and_saved_nothing_has_changed(form: str, borough: Borough, office: Office, tmp_path: Path) -> None:
    for number, agency in enumerate(_largest(borough, 4)):
        saved = tmp_path / f"{number}.{form}"
        office.save(borough.sent(agency), saved)
        direct, back = (borough.do("receive", path, "--json").document for path in (borough.sent(agency), saved))
        assert back["agency"] == agency
        assert back["changes"] == back["conflicts"] == []
        assert back["rows"] == direct["rows"]
        assert [f["message"] for f in back["findings"]] == [f["message"] for f in direct["findings"]]


def test_exactly_the_edits_come_back(borough: Borough, office: Office, tmp_path: Path) -> None:
    """Three agencies edit rows spread over their workbooks, add one and sort, each in another form."""
    for form, agency in zip(("xlsx", "ods", "xls"), _largest(borough, 3), strict=True):
        own = sorted((r for r in borough.records() if r["agency"] == agency), key=lambda r: r["reference"])
        chosen = own[:: max(1, len(own) // 12)][:12]
        wanted: dict[tuple[str, str], object] = {}
        edits = []
        for number, record in enumerate(chosen):
            edits.append(type_in(record["reference"], "Comments", f"Looked at, no. {number}"))
            wanted[record["reference"], "comments"] = f"Looked at, no. {number}"
            edits.append(type_in(record["reference"], "Annual value (£)", 1_000.37 + number))
            wanted[record["reference"], "annual_value"] = (1_000 + number) * 100 + 37
        path = tmp_path / f"edited.{form}"
        office.save(borough.sent(agency), path, *edits, append(NEW_ROW), sort("Service title", ascending=False))
        said = borough.do("receive", path, "--apply", "--json")
        assert said.status == 1, said.err  # a register leaves required cells blank, and they are asked about
        document, known = said.document, {record["reference"] for record in own}
        changed = {(c["reference"], c["field"]): c["after"] for c in document["changes"] if c["reference"] in known}
        assert changed == wanted
        new = {c["after"] for c in document["changes"] if c["reference"] not in known and c["field"] == "title"}
        assert new == {"Holiday clubs"}
        rows = document["rows"]["activity"]
        assert (rows["read"], rows["changed"], rows["new"], rows["missing"]) == (len(own) + 1, len(chosen), 1, 0)
        assert document["applied"]
        print(f"\n{agency}, .{form}: {len(own)} rows, {len(wanted)} edits and a new row, exactly those back")  # noqa: T201
        assert borough.do("receive", path, "--apply", "--json").document["applied"] is False
    assert borough.do("check").status == 0
