"""Editing, listing, exporting, looking back and keeping copies, as an officer types it."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.journeys.rounds import COUNCIL, NHS, ROUND, SmallRound, ctdesk

SET = [
    ("annual_value=1,250.50", "annual_value", 125_050),
    ("annual_value=£12k", "annual_value", 1_200_000),
    ("Annual value (£)=9000", "annual_value", 900_000),
    ("start=01/04/2025", "start", "2025-04-01"),
    ("end=1 April 2026", "end", "2026-04-01"),
    ("end=", "end", None),
    ("comments=clear", "comments", None),
    ("comments=a=b, and more", "comments", "a=b, and more"),
    ("provider=the old mill centre", "provider", "Old Mill Centre"),
    ("tier=TIER 3", "tier", "Specialist"),
    ("client_groups=Care leavers; Young carers", "client_groups", ["Care leavers", "Young carers"]),
    ("open_ended=no", "open_ended", False),
]

REFUSED = [
    ("annual_value=lots", "“lots” is not an amount of money"),
    ("annual_value=", "cannot be empty"),
    ("annual_value=-5", "is not between"),
    ("end=31/02/2026", "a day that does not exist"),
    ("end=01/01/2001", "before the start date"),
    ("tier=Targetted", "perhaps Targeted"),
    ("provider=Nobody at all", "is not known"),
    ("title=Case of NHS number 943 476 5919", "NHS number"),
    ("reference=wb-002", "already the reference of Short breaks at Weir House"),
    ("banana=1", "have no field “banana”"),
    ("banana", "is not of the form field=value"),
    ("uid=1", "have no field “uid”"),
]


@pytest.mark.parametrize(("pair", "field", "value"), SET)
def test_a_field_is_set_as_people_type_it(sent_round: SmallRound, pair: str, field: str, value: object) -> None:
    said = sent_round.do("set", "activity", "wb-001", pair, "--why", "Told by telephone")
    assert said.status == 0, said.err
    assert sent_round.record("WB-001")[field] == value
    step = sent_round.do("history", "--json").document[0]
    assert (step["action"], step["records"], step["why"]) == ("edit", 1, "Told by telephone")


@pytest.mark.parametrize(("pair", "words"), REFUSED)
def test_what_cannot_be_set_alters_nothing(sent_round: SmallRound, pair: str, words: str) -> None:
    before = sent_round.everything()
    assert words in sent_round.do("set", "activity", "WB-001", pair).refusal
    assert sent_round.everything() == before


def test_records_are_found_by_reference_title_and_uid(sent_round: SmallRound) -> None:
    uid = sent_round.record("WB-001")["uid"]
    for name, tier in (("WB-001", "Targeted"), ("parenting groups", "Specialist"), (uid, "Universal")):
        assert sent_round.do("set", "activity", name, f"tier={tier}").status == 0
        assert sent_round.record("WB-001")["tier"] == tier
    assert "There is no activity “NO-1”" in sent_round.do("set", "activity", "NO-1", "tier=Universal").refusal
    assert "is not a kind of record" in sent_round.do("set", "sheep", "NO-1", "tier=Universal").refusal


def test_two_records_of_one_name_are_told_apart_by_uid(sent_round: SmallRound) -> None:
    sent_round.do("set", "post", "Contracts officer", "title=Head of commissioning")
    refusal = sent_round.do("set", "post", "Head of commissioning", "fte=0.5").refusal
    assert "2 posts are called “Head of commissioning”; name one by its uid" in refusal


def test_setting_what_is_so_already_is_no_step(sent_round: SmallRound) -> None:
    steps = len(sent_round.do("history", "--json").document)
    assert "It is so already" in sent_round.do("set", "activity", "WB-001", "tier=Universal").out
    assert len(sent_round.do("history", "--json").document) == steps


def test_no_two_organisations_have_one_name(sent_round: SmallRound) -> None:
    assert "is taken" in sent_round.do("set", "organisation", NHS, f"name={COUNCIL}").refusal


# --- lists and exports


@pytest.mark.parametrize(
    ("where", "references"),
    [
        (["annual_value=£10,000"], ["WB-001"]),
        (["provider=lantern trust", "agency=weir health"], ["WH-001", "WH-004"]),
        (["end=31/03/2027", "reference=WB-002"], ["WB-002"]),
        (["client_groups=All children", "agency=Hollins School Cluster"], ["HS-001", "HS-002"]),
        (["tier=Specialist"], []),
        (["pool=", "reference=WB-003"], ["WB-003"]),
    ],
)
def test_filters_are_given_as_people_type_them(sent_round: SmallRound, where: list[str], references: list[str]) -> None:
    options = [part for pair in where for part in ("--where", pair)]
    listed = sent_round.do("list", "activities", *options, "--json")
    assert [record["reference"] for record in listed.document] == references
    path = sent_round.folder / "a.json"
    assert sent_round.do("export", "activity", "--to", path, *options).status == 0
    assert [record["reference"] for record in json.loads(path.read_text())] == references
    assert f"{len(references)} activit" in sent_round.do("list", "activity", *options).out


def test_an_export_holds_pence_iso_dates_and_names(sent_round: SmallRound) -> None:
    path = sent_round.folder / "a.json"
    sent_round.do("export", "activity", "--to", path, "--where", "reference=WB-001")
    record = json.loads(path.read_text(encoding="utf-8"))[0]
    wanted = {
        "reference": "WB-001",
        "title": "Parenting groups",
        "provider": "Lantern Trust",
        "agency": COUNCIL,
        "annual_value": 1_000_000,
        "start": "2024-04-01",
        "end": "2027-03-31",
        "tier": "Universal",
        "main_outcome": "Be healthy",
        "comments": "As last year",
    }
    assert record.items() >= wanted.items()
    assert len(record["uid"]) == 36
    sent_round.do("export", "post", "--to", path)
    posts = {post["title"]: post for post in json.loads(path.read_text(encoding="utf-8"))}
    assert posts["Maternity lead"]["fte"] == 0.8
    assert posts["Maternity lead"]["annual_cost"] == 4_500_000


def test_the_same_rows_go_into_csv_and_xlsx(sent_round: SmallRound) -> None:
    for ending in ("csv", "xlsx"):
        assert sent_round.do("export", "activity", "--to", sent_round.folder / f"a.{ending}").status == 0
    with (sent_round.folder / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        from_csv = [row["reference"] for row in csv.DictReader(file)]
    sheet = load_workbook(sent_round.folder / "a.xlsx").worksheets[0]
    head = next(row for row in sheet.iter_rows(values_only=True) if "reference" in row)
    at = head.index("reference")
    from_xlsx = [row[at] for row in sheet.iter_rows(values_only=True) if row[at] and row[at] != "reference"]
    assert from_csv == from_xlsx
    assert len(from_csv) == 12


def test_the_published_register_can_be_filtered(sent_round: SmallRound) -> None:
    path = sent_round.folder / "register.csv"
    assert sent_round.do("export", "transparency", "--to", path, "--where", "agency=Weir Health").status == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4
    assert rows[0]["Supplier name and details"] == "Lantern Trust"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "sheep"), "is not a kind of record"),
        (("list", "activity", "--where", "banana=1"), "have no field “banana”"),
        (("list", "activity", "--where", "annual_value=ten"), "“ten” is not an amount"),
        (("list", "activity", "--where", "provider=nobody"), "is not known"),
        (("export", "activity", "--to", "a.pdf"), "should end in .xlsx, .csv or .json"),
        (("send", "--round", "nope", "--to", "x"), "There is no round “nope”"),
        (("round", ROUND, "--as-at", "31/03/2026", "--due", "30/06/2026"), "already a round"),
        (("round", "X", "--as-at", "31/02/2026", "--due", "30/06/2026"), "--as-at: “31/02/2026”"),
        (("round", "X", "--as-at", "31/07/2026", "--due", "30/06/2026"), "due date is before"),
        (("round", "X", "--as-at", "31/03/2026", "--due", "30/06/2026", "--agency", "Nobody"), "no agency “Nobody”"),
        (("round", " ", "--as-at", "31/03/2026", "--due", "30/06/2026"), "needs a name"),
        (("report", "baseline", "--round", "nope", "--to", "a.pdf"), "no round “nope”"),
        (("undo", "99"), "no change set “99”"),
        (("undo", "1"), "cannot be undone"),
        (("contracts", "--as-at", ""), "argument --as-at: “” is not a date"),
        (("contracts", "--ending-within", "9" * 30), "is no number of months from 0 to 1,200"),
        (("contracts", "--ending-within", "-1"), "“-1” is no number of months"),
        (("cliffs", "--months", "1201"), "is no number of months from 0 to 1,200"),
        (("cliffs", "--months", "²"), "is no number of months"),
        (("backup", "--to", ""), "argument --to: no file or folder is named"),
        (("export", "activity", "--to", " "), "argument --to: no file or folder is named"),
        (("resource", "--where", "agency=Weir Health"), "unrecognized arguments: --where"),
        (("export", "transparency-grants", "--to", "a.csv", "--where", "tier=Universal"), "written whole; leave out"),
        (("report", "baseline", "--to", "report.docx"), "“report.docx” is not named as a PDF; end it in .pdf"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    sent_round: SmallRound, arguments: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sent_round.folder)
    before = sent_round.fingerprint()
    assert words in sent_round.do(*arguments).refusal
    assert sent_round.fingerprint() == before


# --- looking back, checking, keeping


def test_the_history_names_every_step(sent_round: SmallRound) -> None:
    steps = sent_round.do("history", "--json").document
    assert [step["action"] for step in reversed(steps)] == ["new workspace", "edit", "round", "send"]
    assert set(steps[0]) >= {"change_set", "number", "action", "title", "who", "when", "records"}
    told = sent_round.do("history").out
    assert "Send Baseline 2026/27 to 3 agencies" in told


def test_undoing_an_edit_by_its_number(sent_round: SmallRound) -> None:
    before = sent_round.everything()
    sent_round.do("set", "activity", "WB-001", "tier=Specialist", "client_groups=Care leavers")
    number = sent_round.do("history", "--json").document[0]["number"]
    assert sent_round.do("undo", str(number)).status == 0
    assert sent_round.everything() == before


def test_check_says_that_all_is_well(sent_round: SmallRound) -> None:
    assert "is sound" in sent_round.do("check").out
    assert sent_round.do("check", "--json").document["sound"] is True


def test_a_backup_is_brought_back(sent_round: SmallRound) -> None:
    before = sent_round.everything()
    folder = sent_round.folder / "kept"
    assert sent_round.do("backup", "--to", folder).status == 0
    copy = next(folder.glob("*.ctdesk"))
    sent_round.do("set", "activity", "WB-001", "tier=Specialist")
    said = ctdesk("restore", copy, sent_round.workspace)
    assert said.status == 0
    assert "before restore" in said.out
    assert sent_round.everything() == before


def test_a_backup_that_is_none_is_refused(sent_round: SmallRound) -> None:
    before = sent_round.fingerprint()
    (sent_round.folder / "letter.txt").write_text("Dear all")
    assert "is not a workspace" in ctdesk("restore", sent_round.folder / "letter.txt", sent_round.workspace).refusal
    assert "does not exist" in ctdesk("restore", sent_round.folder / "gone.ctdesk", sent_round.workspace).refusal
    cut = sent_round.folder / "cut.ctdesk"
    cut.write_bytes(sent_round.workspace.read_bytes()[:9_000])
    assert "damaged" in ctdesk("restore", cut, sent_round.workspace).refusal
    assert sent_round.fingerprint() == before


def test_a_new_workspace_takes_no_files_place(sent_round: SmallRound) -> None:
    before = sent_round.fingerprint()
    assert "exists already" in ctdesk("new", sent_round.workspace).refusal
    assert sent_round.fingerprint() == before


@pytest.mark.parametrize("content", ["", "title = 3", "nonsense", 'title = "X"\n[lists]\ntier = 3', "\x00"])
def test_a_framework_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "own.toml").write_text(content)
    made = ctdesk("new", tmp_path / "a.ctdesk", "--framework", tmp_path / "own.toml")
    assert "own.toml" in made.refusal
    assert not (tmp_path / "a.ctdesk").exists()
    assert "no-such" in ctdesk("new", tmp_path / "a.ctdesk", "--framework", "no-such").refusal


def test_every_command_with_json_prints_one_document(sent_round: SmallRound) -> None:
    folder = sent_round.folder / "again"
    for arguments in (
        ("receive", sent_round.sent(), "--json"),
        ("send", "--round", ROUND, "--to", folder, "--json"),
        ("list", "activity", "--json"),
        ("history", "--json"),
        ("check", "--json"),
    ):
        said = sent_round.do(*arguments)  # type: ignore[arg-type]  # the first is the command's name
        assert said.status == 0
        assert said.err == ""
        json.loads(said.out)
