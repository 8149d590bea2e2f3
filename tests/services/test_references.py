"""The references the desk gives: each agency's own series, whoever makes the activity, and none given twice."""

from pathlib import Path

import pytest
from ctdesk.domain.definition import Value
from ctdesk.services.adopting import AdoptionWishes, adopt_register
from ctdesk.services.desk import Desk
from ctdesk.services.records import new_record
from ctdesk.services.references import next_references, numbered
from tests.services.small_borough import COUNCIL, HOSPITAL

LIKE_THE_COUNCIL = "Aspen Centre"


@pytest.mark.parametrize(
    ("own", "agency", "expected"),
    [
        (["SS-001", "SS-017", "old"], "Any", "SS-018"),
        (["SS-1", "SS-2", "CS-9"], "Any", "SS-003"),
        ([], "Children and Families of the North", "CFN-001"),
        ([], "NHS", "NHS-001"),
        ([], "X", "XX-001"),
        ([], "123", "NEW-001"),
    ],
)
def test_a_reference_goes_on_with_the_agencys_series(own: list[str], agency: str, expected: str) -> None:
    assert next_references(own, agency, 1) == [expected]


def test_a_series_passes_over_what_another_agency_has(desk: Desk) -> None:
    assert next_references([], LIKE_THE_COUNCIL, 2, ["AC-003", "BH-009"]) == ["AC-004", "AC-005"]


def test_two_agencies_of_the_same_letters_are_given_no_reference_twice(desk: Desk) -> None:
    uid = new_record(desk, "organisation", {"name": LIKE_THE_COUNCIL, "is_agency": True})
    records: list[dict[str, Value]] = [
        {"agency": uid},
        {"agency": COUNCIL},
        {"agency": HOSPITAL},
        {"agency": uid, "reference": "AC-004"},
    ]
    given = [values["reference"] for values in numbered(desk, "activity", records)]
    assert given == ["AC-005", "AC-006", "BH-003", "AC-004"]


def test_a_record_of_an_agency_with_anothers_letters_can_be_made(desk: Desk) -> None:
    uid = new_record(desk, "organisation", {"name": LIKE_THE_COUNCIL, "is_agency": True})
    made = new_record(desk, "activity", {"title": "Toy library", "agency": uid})
    assert desk.load("activity")[made]["reference"] == "AC-004"


def test_a_register_of_several_agencies_gives_each_its_own_series(desk: Desk, tmp_path: Path) -> None:
    rows = ("Alder Council", "Birch Hospital Trust", "Cedar Youth Board", "Alder Council")
    lines = [f"Service {at},{agency},Bridge,{at},01/04/2026,31/03/2027" for at, agency in enumerate(rows)]
    path = tmp_path / "register.csv"
    path.write_text("\n".join(["Title,Agency,Provider,Value,Start date,End date", *lines]), encoding="utf-8")
    adopt_register(desk, path, AdoptionWishes(apply=True))
    made = {values["title"]: values["reference"] for values in desk.load("activity").values()}
    assert [made[f"Service {at}"] for at in range(4)] == ["AC-004", "BH-003", "CYB-001", "AC-005"]


def test_a_record_of_an_agency_made_with_it_bears_that_agencys_letters(desk: Desk) -> None:
    made = new_record(desk, "activity", {"title": "Toy library"}, {"agency": "Cedar Youth Board"})
    assert desk.load("activity")[made]["reference"] == "CYB-001"
