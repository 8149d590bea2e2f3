"""The demo borough: a whole round, twelve agencies, and what each answer is meant to show."""

import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ctdesk.resources import resource
from ctdesk.returns.reader import read_book
from pypdf import PdfReader
from tests.journeys.libreoffice import running_office
from tests.journeys.rounds import Said, ctdesk

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Demo:
    """The folder of a demo, and what was said while it was made."""

    folder: Path
    said: Said

    @property
    def workspace(self) -> Path:
        (found,) = self.folder.glob("*.ctdesk")
        return found

    def records(self, kind: str) -> list[dict[str, Any]]:
        said = ctdesk("list", self.workspace, kind, "--json")
        assert said.status == 0, said.err
        return said.document  # type: ignore[no-any-return]  # a list of objects by the command's promise

    def books(self) -> Iterator[Path]:
        for folder in ("1 sent", "2 returned", "3 handed back"):
            yield from sorted(p for p in (self.folder / folder).iterdir() if p.suffix in {".xlsx", ".ods"})


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    said = ctdesk("demo", folder, "--no-window")
    assert said.status == 0, said.err
    assert said.err == ""
    return Demo(folder, said)


def _answers() -> dict[str, dict[str, Any]]:
    told = tomllib.loads(resource("demo", "answers.toml").read_text(encoding="utf-8"))["agency"]
    return {agency["name"]: agency for agency in told}


EXPECTED = {
    # agency: services changed, new, ended, conflicts, whether anything is asked
    "Selmarsh Children’s Services": (17, 2, 1, 0, True),
    "NHS Selmarsh": (9, 0, 0, 0, False),
    "Selmarsh Pooled Fund Board": (4, 0, 0, 0, False),
    "Sure Start Selmarsh": (8, 1, 0, 0, False),
    "Selmarsh Drug Action Team": (4, 0, 0, 0, False),
    "Connexions Selmarsh": (3, 0, 0, 3, True),
    "Selmarsh Youth Offending Team": (4, 1, 0, 0, True),
    "Northgate Schools Cluster": (3, 0, 0, 0, False),
    "Weirside Schools Cluster": (2, 0, 0, 0, False),
    "Selmarsh Public Health": (3, 0, 0, 0, False),
}


def test_each_agency_is_said_to_have_answered_as_it_does(demo: Demo) -> None:
    for agency, (changed, new, ended, conflicts, asked) in EXPECTED.items():
        line = next(line for line in demo.said.out.splitlines() if line.startswith(f"{agency}: services"))
        counts = f"changed {changed}, new {new}, ended {ended}; conflicts {conflicts}, questions "
        assert counts in line
        assert (int(line.rstrip(".").rpartition(" ")[2]) > 0) == asked, line
    silent = {name for name, answer in _answers().items() if "answered_on" not in answer}
    assert silent == {"Selmarsh Children’s Fund", "Selmarsh Police"}
    assert f"Not answered: {', '.join(sorted(silent))}." in demo.said.out


def test_requests_stand_as_the_answers_left_them(demo: Demo) -> None:
    requests = {request["agency"]: request for request in demo.records("request") if not request["agreement"]}
    assert len(requests) == 12
    for agency, answer in _answers().items():
        request = requests[agency]
        answered = answer.get("answered_on")
        assert request["received_on"] == (answered.isoformat() if answered else None)
        state = "sent" if answered is None else "queried" if EXPECTED[agency][4] else "accepted"
        assert request["state"] == state, agency
    late = [agency for agency, request in requests.items() if (request["received_on"] or "") > "2026-05-15"]
    assert late == ["NHS Selmarsh"]


def test_the_errors_are_found_and_not_taken_in(demo: Demo) -> None:
    activities = {record["reference"]: record for record in demo.records("activity")}
    open_rules = Counter(
        finding["rule"]
        for finding in demo.records("finding")
        if not finding["answered"] and finding["grade"] == "must fix"
    )
    assert {"personal_data", "unreadable", "dates_reversed", "required"} <= open_rules.keys()
    assert "999 007 9196" not in (activities["YO-002"]["comments"] or "")
    assert activities["YO-007"]["start"] < activities["YO-007"]["end"]
    assert activities["YO-013"]["annual_value"] == 2_200_000
    assert activities["YO-008"]["users_last_year"] == 52


def test_conflicts_keep_what_the_desk_was_told(demo: Demo) -> None:
    activities = {record["reference"]: record for record in demo.records("activity")}
    assert activities["CX-001"]["annual_value"] == 27_990_000
    assert activities["CX-008"]["end"] == "2026-12-31"
    assert activities["CX-004"]["annual_value"] == 4_020_000
    assert activities["CX-006"]["users_last_year"] == 301


def test_typed_values_arrive_however_they_were_typed(demo: Demo) -> None:
    activities = {record["reference"]: record for record in demo.records("activity")}
    assert activities["CS-007"]["annual_value"] == 12_146_000
    assert activities["CS-008"]["annual_value"] == 8_435_000
    assert activities["CS-078"]["end"] == "2026-08-31"
    assert activities["CS-016"]["end"] == "2026-03-31"
    assert activities["SS-023"]["annual_value"] == 6_150_000  # from the .ods
    assert activities["NH-039"]["areas"] == ["Hollins", "Northgate", "Old Town", "Weirside"]
    lines = [line for line in demo.records("funding_line") if line["activity"] == "PH-001"]
    assert {line["amount"] for line in lines if line["year"] == "2026/27"} >= {6_000_000, 2_460_000}


def test_files_are_there_for_the_reader(demo: Demo) -> None:
    sent = [path.name for path in (demo.folder / "1 sent").iterdir()]
    assert Counter(Path(name).suffix for name in sent) == {".xlsx": 12, ".txt": 24}
    returned = [path.suffix for path in (demo.folder / "2 returned").iterdir()]
    assert Counter(returned) == {".xlsx": 9, ".ods": 1}
    handed_back = [path.name for path in (demo.folder / "3 handed back").iterdir()]
    assert len(handed_back) == 10
    assert sum("please fix" in name for name in handed_back) == sum(asked for *_, asked in EXPECTED.values())
    assert ctdesk("check", demo.workspace).status == 0
    for path in demo.books():
        assert {"Activity", "Staffing", "Funding"} <= {sheet.name for sheet in read_book(path).sheets}


def test_the_report_counts_who_answered(demo: Demo) -> None:
    pages = [page.extract_text() for page in PdfReader(demo.folder / "Baseline report.pdf").pages]
    words = " ".join(pages)
    assert len(pages) > 5
    assert all(agency in words for agency in ("NHS Selmarsh", "Selmarsh Police", "Connexions Selmarsh"))


def test_every_workbook_opens_in_libreoffice(demo: Demo, tmp_path: Path) -> None:
    books = list(demo.books())
    with running_office(tmp_path) as office:
        shown = office.work([{"source": path, "show": ["Activity"]} for path in books])
    assert len(shown) == len(books) == 25
    for cells, path in zip(shown, books, strict=True):
        assert any("Service title" in row for row in cells["Activity"]), path


def test_every_return_taken_in_again_changes_nothing(demo: Demo) -> None:
    before = {kind: demo.records(kind) for kind in ("activity", "post", "funding_line", "finding", "request")}
    for path in sorted((demo.folder / "2 returned").iterdir()):
        said = ctdesk("receive", demo.workspace, path, "--apply", "--json")
        assert not said.document["applied"], (path.name, said.document["findings"])
    assert {kind: demo.records(kind) for kind in before} == before


def test_the_pack_of_the_demo_shows_its_one_exempt_price_in_the_restricted_edition_alone(
    demo: Demo, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.ctdesk"
    shutil.copyfile(demo.workspace, copy)
    said = ctdesk("pack", copy, "July board", "--to", tmp_path)
    assert said.status == 0, said.err
    public, restricted = (
        "".join(page.extract_text() for page in PdfReader(tmp_path / f"July board, {edition} edition.pdf").pages)
        for edition in ("public", "restricted")
    )
    assert "£1,517,206" in restricted
    assert not {"1,517,206", "1,486,000", "1,512,400", "1,286,000"} & set(re.findall(r"[\d,]+", public))
    assert "All agencies, all activities but 2 exempt" in " ".join(public.split())
    assert "An agreement about care in hospital" in public


def test_a_second_demo_in_the_folder_is_refused(demo: Demo) -> None:
    files = {path: path.stat().st_mtime_ns for path in demo.folder.rglob("*") if path.is_file()}
    refused = ctdesk("demo", demo.folder, "--no-window")
    assert "already a demo" in refused.refusal
    assert {path: path.stat().st_mtime_ns for path in demo.folder.rglob("*") if path.is_file()} == files
