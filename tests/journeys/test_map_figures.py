"""The figures of the map beside those that plain Python gives over the exported file: the demo, and real grants."""

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.rounds import ctdesk

TRAFFORD = "real/real-trafford/transparency_code/grants/trafford_council_voluntary_sector_grants.csv"
Row = dict[str, str]
Table = dict[tuple[str, str], int]
BANDS = {"Early years and pregnancy": range(5), "School age": range(5, 13), "Young people": range(13, 26)}
NOT_GIVEN = ["Not given"]


@pytest.fixture(scope="module", params=["demo", "trafford"])
def workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "demo":
        assert ctdesk("demo", folder, "--no-window").status == 0
        return next(folder.glob("*.ctdesk"))
    register = request.getfixturevalue("corpus") / TRAFFORD
    made = folder / "real.ctdesk"
    assert ctdesk("new", made).status == 0
    assert ctdesk("adopt", made, register, "--as", "activity", "--apply", "--json").status in {0, 1}
    return made


@pytest.fixture(scope="module")
def exported(workspace: Path) -> list[Row]:
    path = workspace.with_name("activities.csv")
    assert ctdesk("export", workspace, "activity", "--to", path).status == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def one(field: str) -> Callable[[Row], list[str]]:
    return lambda row: [row[field]] if row[field] else NOT_GIVEN


def several(field: str) -> Callable[[Row], list[str]]:
    return lambda row: row[field].split("; ") if row[field] else NOT_GIVEN


def bands(row: Row) -> list[str]:
    if not row["age_from"] and not row["age_to"]:
        return NOT_GIVEN
    ages = range(int(row["age_from"] or 0), int(row["age_to"] or 25) + 1)
    return [name for name, years in BANDS.items() if set(years) & set(ages)]


def parted(pence: int, buckets: list[str], order: list[str]) -> dict[str, int]:
    """Equal parts, the odd pennies to those that stand first in the table."""
    each, over = divmod(pence, len(buckets))
    return {bucket: each + (at < over) for at, bucket in enumerate(sorted(buckets, key=order.index))}


def asked(workspace: Path, *arguments: str) -> dict[str, Any]:
    said = ctdesk("map", workspace, *arguments, "--json")
    assert said.status == 0, said.err
    return said.document  # type: ignore[no-any-return]  # an object by the command's promise


ONE = {
    "outcome": one("main_outcome"),
    "tier": one("tier"),
    "agency": one("agency"),
    "purpose": one("purpose"),
    "agreement_type": one("agreement_type"),
    "provider": one("provider"),
}


@pytest.mark.parametrize("rows", ONE)
@pytest.mark.parametrize("columns", ONE)
def test_every_cell_is_what_the_export_adds_up_to(
    workspace: Path, exported: list[Row], rows: str, columns: str
) -> None:
    if rows == columns:
        return
    found = asked(workspace, "--rows", rows, "--columns", columns)
    wanted: Table = defaultdict(int)
    for row in exported:
        wanted[ONE[rows](row)[0], ONE[columns](row)[0]] += int(row["annual_value"] or 0)
    given: Table = defaultdict(int)
    for label, cells in zip(found["rows"], found["cells"], strict=True):
        for column, cell in zip(found["columns"], cells, strict=True):
            given[label, column] += cell
    assert {at: pence for at, pence in given.items() if pence} == {at: p for at, p in wanted.items() if p}
    assert found["total"] == sum(int(row["annual_value"] or 0) for row in exported)
    assert found["total"] == sum(found["row_totals"]) == sum(found["column_totals"])


def test_each_column_parted_once_more_is_what_the_export_adds_up_to(workspace: Path, exported: list[Row]) -> None:
    found = asked(workspace, "--rows", "outcome", "--columns", "tier,purpose")
    wanted: Table = defaultdict(int)
    for row in exported:
        column = f"{ONE['tier'](row)[0]}, {ONE['purpose'](row)[0]}"
        wanted[ONE["outcome"](row)[0], column] += int(row["annual_value"] or 0)
    for label, cells in zip(found["rows"], found["cells"], strict=True):
        assert cells == [wanted[label, column] for column in found["columns"]]
    assert sum(wanted.values()) == found["total"]


@pytest.mark.parametrize(
    ("name", "buckets"), [("age_band", bands), ("area", several("areas")), ("client_group", several("client_groups"))]
)
def test_shared_money_is_parted_to_the_penny(
    workspace: Path, exported: list[Row], name: str, buckets: Callable[[Row], list[str]]
) -> None:
    found = asked(workspace, "--rows", name)
    wanted: dict[str, int] = defaultdict(int)
    for row in exported:
        for bucket, pence in parted(int(row["annual_value"] or 0), buckets(row), found["rows"]).items():
            wanted[bucket] += pence
    assert dict(zip(found["rows"], found["row_totals"], strict=True)) == {row: wanted[row] for row in found["rows"]}
    assert sum(found["row_totals"]) == found["total"] == sum(wanted.values())


def test_counts_users_and_costs_per_place_are_those_of_the_export(workspace: Path, exported: list[Row]) -> None:
    assert asked(workspace, "--rows", "tier", "--measure", "activities")["total"] == len(exported)
    users = sum(int(row["users_last_year"] or 0) for row in exported)
    assert asked(workspace, "--rows", "tier", "--measure", "users")["total"] == users
    with_places = [row for row in exported if row["capacity_unit"] == "Places" and int(row["capacity"] or 0)]
    places = sum(int(row["capacity"]) for row in with_places)
    money = sum(int(row["annual_value"] or 0) for row in with_places)
    cost = asked(workspace, "--rows", "tier", "--measure", "cost-per-place")["total"]
    assert cost == ((2 * money + places) // (2 * places) if places else None)


def test_filters_are_those_of_the_list_in_any_order(workspace: Path, exported: list[Row]) -> None:
    wheres = [("tier", "Targeted"), ("agreement_type", "Grant")]
    pairs = [argument for field, value in wheres for argument in ("--where", f"{field}={value}")]
    one_way = asked(workspace, "--rows", "outcome", *pairs)
    other_way = asked(workspace, "--rows", "outcome", *pairs[2:], *pairs[:2])
    kept = [row for row in exported if all(row[field] == value for field, value in wheres)]
    assert one_way == other_way
    assert one_way["total"] == sum(int(row["annual_value"] or 0) for row in kept)


def test_the_coverage_adds_up_to_the_total_and_names_who_is_missing(workspace: Path) -> None:
    found = asked(workspace, "--rows", "outcome", "--columns", "tier")
    coverage = found["coverage"]
    parts = [coverage[name] for name in ("returned", "estimated", "last_known", "known")]
    assert sum(parts) == found["total"] == sum(line["amount"] for line in coverage["agencies"])
    silent = {line["agency"] for line in coverage["agencies"] if line["rests_on"] == "last known"}
    assert set(coverage["missing"]) <= silent
