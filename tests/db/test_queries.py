"""Reading a workspace."""

import pytest
from ctdesk.db.listing import count_incomplete
from ctdesk.db.queries import load, names, records, reference_lists, settings
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import created
from ctdesk.domain.records import Activity
from tests.db.desk_rows import entries, step


@pytest.fixture
def titles(workspace: Workspace) -> dict[str, str]:
    """Three activities, by their uids."""
    made = [
        created("activity", {"title": "Mentoring", "annual_value": 100, "areas": ("north", "south")}),
        created("activity", {"title": "Respite", "annual_value": 100, "areas": ("north",), "reference": "R-7"}),
        created("activity", {"title": "Café nights", "open_ended": True, "description": "For night owls"}),
    ]
    apply(workspace, step(*made))
    return {it.uid: str(it.after["title"]) for it in made}


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({}, ["Mentoring", "Respite", "Café nights"]),
        ({"annual_value": 100}, ["Mentoring", "Respite"]),
        ({"annual_value": None}, ["Café nights"]),
        ({"open_ended": True}, ["Café nights"]),
        ({"open_ended": False}, []),
        ({"areas": ("north",)}, ["Mentoring", "Respite"]),
        ({"areas": ("north", "south")}, ["Mentoring"]),
        ({"areas": ()}, ["Café nights"]),
        ({"annual_value": 100, "title": "Respite"}, ["Respite"]),
    ],
)
@pytest.mark.usefixtures("titles")
def test_where_narrows(workspace: Workspace, where: dict[str, object], found: list[str]) -> None:
    assert [it.title for it in records(workspace, Activity, where=where)] == found  # type: ignore[arg-type]


@pytest.mark.slow
def test_uids_narrow_however_many(workspace: Workspace, titles: dict[str, str]) -> None:
    wanted = [*titles, *(f"unknown {number}" for number in range(300_000))]
    assert list(load(workspace, "activity", uids=wanted)) == list(titles)
    assert load(workspace, "activity", uids=[]) == {}
    assert load(workspace, "activity", uids=list(titles)[:1])[next(iter(titles))]["areas"] == ("north", "south")


def test_an_unknown_field_is_the_programs_mistake(workspace: Workspace) -> None:
    with pytest.raises(KeyError):
        load(workspace, "activity", where={"colour": "red"})


def test_lists_stand_in_their_order_with_retired_entries(workspace: Workspace) -> None:
    retired = created(
        "list_entry",
        {"list": "tier", "code": "old", "label": "Old", "position": -1, "retired": True, "aliases": "Former; Past"},
    )
    apply(workspace, step(retired, *entries("level", "local")))
    lists = reference_lists(workspace)
    assert [it.code for it in lists.all("tier")] == ["old", "universal", "targeted", "specialist"]
    assert [it.code for it in lists.offered("tier")] == ["universal", "targeted", "specialist"]
    assert lists.find("tier", "past") == "old"
    assert lists.has("level", "local")


def test_names_lead_to_records_by_any_spelling(workspace: Workspace, titles: dict[str, str]) -> None:
    made = created("organisation", {"name": "Some Trust", "short_name": "ST", "aliases": "Old Trust; Older Trust"})
    team = created("team", {"name": "Night shift"})
    apply(workspace, step(made, team, created("round", {"name": "Baseline"})))
    known = names(workspace)
    assert {known["organisation"].find(it) for it in ("some trust", "ST", "older trust")} == {made.uid}
    assert known["organisation"].name(made.uid) == "Some Trust"
    assert known["team"].find("Night Shift") == team.uid
    respite = next(uid for uid, title in titles.items() if title == "Respite")
    assert known["activity"].find("R-7") == known["activity"].find("respite") == respite
    assert known["activity"].name(respite) == "R-7"
    assert known["round"].find("Baseline") is not None


def test_settings_are_by_name(workspace: Workspace) -> None:
    apply(workspace, step(created("setting", {"name": "share", "value": "25"})))
    assert settings(workspace) == {"share": "25"}


def test_only_the_fields_named_are_read(workspace: Workspace) -> None:
    apply(workspace, step(created("activity", {"title": "A", "areas": ("x", "y"), "annual_value": 5}, "a")))
    assert load(workspace, "activity", fields=["annual_value", "areas"]) == {
        "a": {"annual_value": 5, "areas": ("x", "y")}
    }
    assert load(workspace, "activity", fields=[]) == {"a": {}}


def test_records_without_a_required_value_are_counted(workspace: Workspace) -> None:
    whole = {"name": "Team", "agency": "o"}
    apply(
        workspace,
        step(
            created("organisation", {"name": "O"}, "o"),
            created("team", whole, "t"),
            created("team", {"name": "Nobody’s"}, "n"),
            created("organisation", {"sector": "x"}, "p"),
        ),
    )
    assert count_incomplete(workspace, "team") == 1
    assert count_incomplete(workspace, "organisation") == 1
    assert count_incomplete(workspace, "setting") == 0
