"""The invented borough adds up to the papers' figures, breaks no rule by accident, and its answers find their cells."""

import csv
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

import pytest
from ctdesk.domain.changes import RecordChange
from ctdesk.domain.checks import check_record
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.money import read_money
from ctdesk.domain.names import NameIndex
from ctdesk.domain.personal_data import personal_data_in
from ctdesk.domain.reading import Doubtful, Unreadable
from ctdesk.domain.values import UnknownName, ValueReader
from ctdesk.resources import resource
from ctdesk.services.demo_data import Answer, agency_answers, borough, demo_changes
from ctdesk.services.frameworks import framework

COUNCIL, NHS, POOL, ONCE_AREA_BASED_GRANT = 560_000_000, 920_000_000, 4_000_000_000, 302_500_000
"""The papers' figures in pence."""

GAPS = {
    "tier": {"CS-010", "CS-062", "NH-006", "SS-006", "DA-008", "CF-003", "CX-007", "PO-001", "NS-008", "WS-009"},
    "main_outcome": {"CS-017", "NH-031", "SS-010", "CF-011", "NS-004"},
    "lead_commissioner": {"CS-028", "NH-044", "CF-014", "YO-009", "WS-005"},
    "intention": {"CS-046", "NH-019", "PF-007", "DA-011", "CX-011", "PH-004"},
    "annual_value": {"CS-071", "SS-023", "PO-006"},
    "purpose": {"CS-079", "YO-005"},
    "client_groups": {"CS-085", "DA-010"},
    "areas": {"SS-020"},
    "age_to": {"PH-010"},
    "commissioning_percent": {"Quality assurance officer, providers"},
    "term": {"Individual packages nurse assessor"},
    "annual_cost": {"Childcare sufficiency officer"},
    "funding_source": {"Information officer"},
    "fte": {"Cluster bursar"},
}
"""What is left blank on purpose, so that there is something to fill in."""

UNREGISTERED = {"Priory Estates Youth Forum", "Selmarsh Saturday Schools Network"}
"""Voluntary bodies without a number, on purpose."""

SILENT = {"Selmarsh Police", "Selmarsh Children’s Fund"}
IN_ERROR = "Selmarsh Youth Offending Team"
SHEETS = {"Activity": "activity", "Staffing": "post", "Funding": "funding_line"}

Records = dict[str, dict[str, Value]]


@pytest.fixture(scope="module")
def lists() -> ReferenceLists:
    """Return the lists the demonstration uses."""
    return ReferenceLists(framework("every-child-matters").lists)


@pytest.fixture(scope="module")
def changes(lists: ReferenceLists) -> tuple[RecordChange, ...]:
    """Return everything the demonstration begins with."""
    return demo_changes(lists)


@pytest.fixture(scope="module")
def records(changes: tuple[RecordChange, ...]) -> dict[str, Records]:
    """Return the records by kind and by their reference, title or name."""
    found: dict[str, Records] = defaultdict(dict)
    for change in changes:
        named = str(change.after.get(DEFINITIONS[change.kind].reference))
        found[change.kind][named if change.kind in {"organisation", "activity"} else change.uid] = dict(change.after)
    return found


@pytest.fixture(scope="module")
def agencies(changes: tuple[RecordChange, ...]) -> dict[str, str]:
    """Return the names of the agencies by uid."""
    return {c.uid: str(c.after["name"]) for c in changes if c.kind == "organisation" and c.after["is_agency"]}


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a demonstration table as they are typed."""
    with resource("demo", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def block_lines(block: str) -> Iterator[tuple[str, int]]:
    """Yield source and pence of everything in a block, divided where there are funding lines."""
    lines = defaultdict(list)
    for line in table("funding.csv"):
        if line["year"] == borough_year():
            lines[line["activity"]].append((line["source"], read_money(line["amount"])))
    for row in table("activities.csv"):
        if row["block"] == block:
            whole = [(row["funding_source"], read_money(row["annual_value"]))]
            yield from lines.get(row["reference"], whole)
    for row in table("posts.csv"):
        if row["block"] == block:
            yield row["funding_source"], read_money(row["annual_cost"])


def borough_year() -> str:
    content = tomllib.loads(resource("demo", "borough.toml").read_text(encoding="utf-8"))
    return str(content["round"]["year"])


def test_there_are_twelve_agencies_about_260_activities_and_60_posts(records: dict[str, Records]) -> None:
    agencies = [values for values in records["organisation"].values() if values["is_agency"]]
    assert [len(agencies), len(records["activity"]), len(records["post"])] == [12, 268, 60]


@pytest.mark.parametrize(("block", "total"), [("council", COUNCIL), ("nhs", NHS), ("pool", POOL)])
def test_each_block_adds_up_to_the_papers_figure_to_the_penny(block: str, total: int) -> None:
    assert sum(pence for _, pence in block_lines(block)) == total
    content = tomllib.loads(resource("demo", "borough.toml").read_text(encoding="utf-8"))
    assert read_money(content["blocks"][block]["total"]) == total


def test_the_part_once_area_based_grant_is_the_papers_figure(lists: ReferenceLists) -> None:
    label = lists.label("funding_source", "former_area_based_grant")
    assert sum(pence for source, pence in block_lines("council") if source == label) == ONCE_AREA_BASED_GRANT


def test_the_eleven_integrated_services_and_the_seven_pooled_ones_are_all_there() -> None:
    content = tomllib.loads(resource("demo", "borough.toml").read_text(encoding="utf-8"))
    rows = table("activities.csv")
    integrated = {row["service"] for row in rows if row["block"] in {"council", "nhs"}}
    assert integrated == set(content["integrated"]["services"])
    assert len(integrated) == 11
    assert {row["service"] for row in rows if row["block"] == "pool"} == set(content["blocks"]["pool"]["services"])


def test_uids_are_distinct_and_content_is_the_same_each_time(
    lists: ReferenceLists, changes: tuple[RecordChange, ...]
) -> None:
    again = demo_changes(lists)
    assert len({change.uid for change in changes}) == len(changes)
    plain = DEFINITIONS["activity"].by_name.keys() - {"agency", "provider", "team"}
    first, second = (
        [{name: change.after.get(name) for name in plain} for change in made if change.kind == "activity"]
        for made in (changes, again)
    )
    assert first == second


def test_every_link_leads_to_a_record_and_every_choice_to_its_list(
    lists: ReferenceLists, changes: tuple[RecordChange, ...]
) -> None:
    kinds = {change.uid: change.kind for change in changes}
    for change in changes:
        for field in DEFINITIONS[change.kind].fields:
            value = change.after.get(field.name) or ()
            for item in (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ():
                assert not field.target or kinds[item] == field.target
                assert not field.list or lists.has(field.list, item), (change.after, field.name)


def test_only_the_gaps_left_on_purpose_break_a_rule(changes: tuple[RecordChange, ...]) -> None:
    broken = defaultdict(set)
    for change in changes:
        definition = DEFINITIONS[change.kind]
        for fault in check_record(definition, change.after):
            named = str(change.after[definition.reference])
            for name in fault.fields:
                broken[name if fault.rule == "required" else fault.rule].add(named)
    assert broken == GAPS | {"no_register_number": UNREGISTERED}


def test_titles_are_distinct_and_posts_can_be_told_apart(records: dict[str, Records]) -> None:
    titles = Counter(values["title"] for values in records["activity"].values())
    posts = Counter((values["title"], values["agency"]) for values in records["post"].values())
    assert max(titles.values()) == max(posts.values()) == 1


def test_funding_lines_of_a_year_add_up_to_the_annual_value(changes: tuple[RecordChange, ...]) -> None:
    values = {change.uid: change.after.get("annual_value") for change in changes if change.kind == "activity"}
    sums: Counter[tuple[str, str]] = Counter()
    for change in changes:
        if change.kind == "funding_line":
            sums[str(change.after["activity"]), str(change.after["year"])] += int(str(change.after["amount"]))
    assert all(total == values[activity] for (activity, _), total in sums.items())
    assert len({activity for activity, _ in sums}) >= 22


def test_nobody_and_nothing_in_the_borough_can_be_real() -> None:
    rows = [*table("organisations.csv"), *table("contacts.csv"), *table("activities.csv")]
    emails = [value for row in rows for value in row.values() if "@" in value]
    assert emails
    assert all(email.endswith(".example") for email in emails)
    assert all(row["charity_number"].startswith("99") for row in table("organisations.csv") if row["charity_number"])
    assert all(row["company_number"].startswith("99") for row in table("organisations.csv") if row["company_number"])
    assert all(row["telephone"].startswith("020 7946 0") for row in table("contacts.csv"))
    assert not any("name" in row for row in table("contacts.csv"))


def test_every_agency_has_one_contact_for_returns() -> None:
    asked = Counter(row["agency"] for row in table("contacts.csv") if row["for_returns"] == "Yes")
    assert asked == dict.fromkeys((row["name"] for row in table("organisations.csv") if row["is_agency"] == "Yes"), 1)


def test_the_round_is_the_one_of_2026() -> None:
    told = borough()
    assert (told.round, told.as_at, told.due) == ("Baseline 2026/27", date(2026, 3, 31), date(2026, 5, 15))


def test_a_word_that_is_not_in_the_lists_is_named_with_its_place() -> None:
    seven = ReferenceLists(framework("seven-outcomes").lists)
    with pytest.raises(DeskError, match=r"activities\.csv, line 2, main_outcome: “Achieve economic well-being”"):
        demo_changes(seven)


def answer(agency: str) -> Answer:
    """Return the answer of one agency."""
    return next(found for found in agency_answers() if found.agency == agency)


def test_every_agency_is_told_how_to_answer(agencies: dict[str, str]) -> None:
    answers = agency_answers()
    assert sorted(found.agency for found in answers) == sorted(agencies.values())
    assert {found.agency for found in answers if found.answered_on is None} == SILENT
    assert [found.agency for found in answers if found.format == "ods"] == ["Sure Start Selmarsh"]
    late = [found.agency for found in answers if found.answered_on and found.answered_on > borough().due]
    assert late == ["NHS Selmarsh"]
    assert [found.agency for found in answers if found.meanwhile] == ["Connexions Selmarsh"]


def headings(sheet: str, lists: ReferenceLists) -> set[str]:
    """Return the headings an agency finds on a sheet."""
    labels = {field.label for field in DEFINITIONS[SHEETS[sheet]].fields}
    return labels | {"Still yours?"} | {entry.short for entry in lists.all("cycle_stage") if sheet == "Staffing"}


def test_answers_name_rows_and_columns_that_exist(
    lists: ReferenceLists, records: dict[str, Records], agencies: dict[str, str]
) -> None:
    rows = {
        (agencies[str(values["agency"])], sheet, str(values[DEFINITIONS[kind].reference]))
        for sheet, kind in (("Activity", "activity"), ("Staffing", "post"))
        for values in records[kind].values()
    }
    for found in agency_answers():
        for edit in found.edits:
            assert (found.agency, edit.sheet, edit.row) in rows
            assert edit.column in headings(edit.sheet, lists)
        for row in found.new_rows:
            assert row.cells.keys() <= headings(row.sheet, lists)
        for told in found.meanwhile:
            assert (found.agency, "Activity", told.reference) in rows
            assert told.field in DEFINITIONS["activity"].by_name


def reads(reader: ValueReader, sheet: str, column: str, cell: object) -> type[Exception] | None:
    """Return what reading a cell raises, None if it reads."""
    field = next((field for field in DEFINITIONS[SHEETS[sheet]].fields if field.label == column), None)
    if field is None or field.target:
        return None
    try:
        reader.read(field, cell)
    except Unreadable as fault:
        return type(fault)
    return None


def test_only_the_agency_with_errors_types_what_cannot_be_read(lists: ReferenceLists) -> None:
    reader = ValueReader(lists, {})
    for found in agency_answers():
        cells = [(edit.sheet, edit.column, edit.value) for edit in found.edits]
        cells += [(row.sheet, column, value) for row in found.new_rows for column, value in row.cells.items()]
        faults = Counter(fault for cell in cells if (fault := reads(reader, *cell)))
        assert faults == ({Unreadable: 2, Doubtful: 1} if found.agency == IN_ERROR else {})


def test_the_good_agencies_fill_every_gap(records: dict[str, Records], agencies: dict[str, str]) -> None:
    open_gaps = set()
    for kind in ("activity", "post"):
        definition = DEFINITIONS[kind]
        for values in records[kind].values():
            agency, row = agencies[str(values["agency"])], str(values[definition.reference])
            filled = {edit.column for edit in answer(agency).edits if edit.row == row}
            missing = {field.name for field in definition.fields if row in GAPS.get(field.name, ())}
            open_gaps |= {(agency, row) for name in missing if definition[name].label not in filled}
    assert {agency for agency, _ in open_gaps} == {*SILENT, IN_ERROR}
    assert [row for agency, row in open_gaps if agency == IN_ERROR] == ["YO-009"]


def test_the_agency_with_errors_makes_each_kind_of_them(records: dict[str, Records]) -> None:
    typed = {(edit.row, edit.column): edit.value for edit in answer(IN_ERROR).edits}
    assert typed["YO-004", "End date"] == "31/02/2026"
    assert list(personal_data_in(str(typed["YO-002", "Comments"]))) == ["an NHS number"]
    assert str(typed["YO-007", "End date"])[-4:] < str(typed["YO-007", "Start date"])[-4:]
    names = NameIndex((name, name, ()) for name in records["organisation"])
    with pytest.raises(UnknownName):
        ValueReader(ReferenceLists({}), {"organisation": names}).read(
            DEFINITIONS["activity"]["provider"], typed["YO-010", "Provider"]
        )
    assert ("YO-006", "Still yours?") in typed
    assert "Annual value (£)" not in answer(IN_ERROR).new_rows[0].cells


def test_conflicts_are_fields_that_both_sides_change(records: dict[str, Records], lists: ReferenceLists) -> None:
    found = answer("Connexions Selmarsh")
    reader = ValueReader(lists, {})
    definition = DEFINITIONS["activity"]
    returned = {(edit.row, edit.column): edit.value for edit in found.edits}
    outcomes = Counter[str]()
    for told in found.meanwhile:
        field = definition[told.field]
        now = reader.read(field, told.value)
        assert now != records["activity"][told.reference].get(told.field), told
        theirs = returned.get((told.reference, field.label))
        same = theirs is not None and reader.read(field, theirs) == now
        outcomes["agreed" if same else "conflict" if theirs is not None else "desk only"] += 1
    assert outcomes == {"conflict": 3, "agreed": 1, "desk only": 1}


def test_edits_change_something(records: dict[str, Records], lists: ReferenceLists) -> None:
    """Two cells are typed again as they stand, as people do: a last day and a value."""
    reader, unchanged = ValueReader(lists, {}), []
    labels = {field.label: field for field in DEFINITIONS["activity"].fields if not field.target}
    for found in agency_answers():
        for edit in found.edits:
            if edit.sheet == "Activity" and edit.column in labels and found.agency != IN_ERROR:
                field = labels[edit.column]
                if reader.read(field, edit.value) == records["activity"][edit.row].get(field.name):
                    unchanged.append(edit.row)
    assert unchanged == ["DA-005", "NS-006"]


def test_dates_of_agreements_lie_around_the_round(records: dict[str, Records]) -> None:
    ends = [end for values in records["activity"].values() if isinstance(end := values.get("end"), date)]
    assert date_text(min(ends)) == "31/08/2025"
    assert date_text(max(ends)) == "31/03/2029"
    assert 40 < sum(date(2026, 3, 31) < end <= date(2027, 3, 31) for end in ends) < 120
