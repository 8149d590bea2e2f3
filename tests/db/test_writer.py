"""The one door: all of a change set or none of it, and only onto what it began from."""

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from ctdesk.db import errors
from ctdesk.db.check import check
from ctdesk.db.history import change_sets
from ctdesk.db.queries import file_bytes, load, records
from ctdesk.db.stored import restorer, several, storer
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import StaleChange, apply
from ctdesk.domain.changes import Operation, RecordChange, created, deleted, updated
from ctdesk.domain.definition import Field, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records import DEFINITIONS, Activity
from ctdesk.domain.records.round import RequestState
from hypothesis import given
from hypothesis import strategies as st
from tests.db.desk_rows import everything, step, value_of

FIELDS = [field for definition in DEFINITIONS.values() for field in definition.fields]


def same_values(field: Field) -> tuple[object, ...]:
    return field.kind, field.several, field.decimals


@given(st.data())
@pytest.mark.parametrize("like", {same_values(field): field for field in FIELDS}.values(), ids=lambda it: it.name)
def test_any_value_comes_back_as_it_was(like: Field, data: st.DataObject) -> None:
    value = data.draw(value_of(like, {like.target or "": ["a uid"]}))
    for field in (it for it in FIELDS if same_values(it) == same_values(like)):
        if field.several:
            assert several(field, value) == value
            continue
        stored = storer(field)(value)
        restore = restorer(field)
        assert stored is None or type(stored) in {int, str}
        assert (restore(stored) if restore and stored is not None else stored) == value


@pytest.mark.parametrize(
    ("kind", "field", "wrong"),
    [
        ("activity", "title", 7),
        ("activity", "annual_value", "7"),
        ("activity", "annual_value", True),
        ("activity", "annual_value", Decimal(7)),
        ("activity", "start", "2026-04-01"),
        ("activity", "start", datetime(2026, 4, 1, tzinfo=UTC)),
        ("activity", "open_ended", 1),
        ("activity", "areas", "a"),
        ("activity", "areas", ("b", "a")),
        ("activity", "areas", ("a", "a")),
        ("post", "fte", 1.5),
    ],
)
def test_a_value_of_another_type_is_refused(workspace: Workspace, kind: str, field: str, wrong: Value) -> None:
    with pytest.raises(TypeError, match=field):
        apply(workspace, step(created(kind, {field: wrong})))
    assert load(workspace, kind) == {}


def test_more_decimal_places_than_are_kept_are_refused(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="2 decimal places"):
        apply(workspace, step(created("post", {"fte": Decimal("0.125")})))


def test_a_created_record_holds_its_values_and_blanks(workspace: Workspace) -> None:
    made = created("activity", {"title": "Mentoring", "start": date(2026, 4, 1), "areas": ("north", "south")})
    apply(workspace, step(made))
    assert records(workspace, Activity) == [
        Activity(uid=made.uid, title="Mentoring", start=date(2026, 4, 1), areas=("north", "south"))
    ]


def test_words_of_the_program_are_kept_as_text(workspace: Workspace) -> None:
    made = created("request", {"state": RequestState.SENT})
    apply(workspace, step(made))
    assert type(load(workspace, "request")[made.uid]["state"]) is str
    assert check(workspace) == []


def test_an_update_changes_only_its_fields(workspace: Workspace) -> None:
    made = created("activity", {"title": "Mentoring", "annual_value": 5, "areas": ("north",), "end": date(2026, 1, 1)})
    apply(workspace, step(made))
    now = load(workspace, "activity")[made.uid]
    change = {"end": None, "annual_value": 0, "areas": ("east", "west"), "comments": "Checked"}
    apply(workspace, step(updated("activity", made.uid, now, change)))
    assert load(workspace, "activity")[made.uid] == {**now, **change}


def test_updates_of_different_fields_keep_apart(workspace: Workspace) -> None:
    first, second = created("organisation", {"name": "One"}), created("organisation", {"name": "Two"})
    apply(workspace, step(first, second))
    now = load(workspace, "organisation")
    apply(
        workspace,
        step(
            updated("organisation", first.uid, now[first.uid], {"short_name": "1", "sme": True}),
            updated("organisation", second.uid, now[second.uid], {"sme": False, "short_name": "2"}),
        ),
    )
    after = load(workspace, "organisation")
    assert [(it["short_name"], it["sme"]) for it in after.values()] == [("1", True), ("2", False)]


def test_a_deleted_record_takes_its_several_values_with_it(workspace: Workspace) -> None:
    made = created("activity", {"title": "Mentoring", "areas": ("north",)})
    apply(workspace, step(made))
    apply(workspace, step(deleted("activity", made.uid, load(workspace, "activity")[made.uid])))
    assert load(workspace, "activity") == {}
    assert workspace.driver.execute("SELECT count(*) FROM activity_areas").fetchone() == (0,)


def test_records_may_link_in_any_order(workspace: Workspace) -> None:
    organisation = created("organisation", {"name": "Somewhere"})
    apply(workspace, step(created("team", {"name": "Team", "agency": organisation.uid}), organisation))
    assert len(load(workspace, "team")) == 1


def test_a_link_to_nothing_is_refused_by_name(workspace: Workspace) -> None:
    before = everything(workspace)
    with pytest.raises(errors.BrokenLink, match=r"Team “Night shift” would name under Agency .* organisations"):
        apply(workspace, step(created("team", {"name": "Night shift", "agency": "nobody"})))
    assert everything(workspace) == before


def test_deleting_what_others_link_to_is_refused(workspace: Workspace) -> None:
    organisation = created("organisation", {"name": "Somewhere"})
    apply(workspace, step(organisation, created("team", {"name": "Night shift", "agency": organisation.uid})))
    held = load(workspace, "organisation")[organisation.uid]
    with pytest.raises(errors.BrokenLink, match="Night shift"):
        apply(workspace, step(deleted("organisation", organisation.uid, held)))
    assert load(workspace, "organisation") == {organisation.uid: held}


BLANK_OR_NOT = [
    ({"comments": "mine"}, {"comments": "theirs"}, "comments"),
    ({"open_ended": None}, {"open_ended": False}, "open_ended"),
    ({"annual_value": None}, {"annual_value": 0}, "annual_value"),
    ({"areas": ()}, {"areas": ("north",)}, "areas"),
]


@pytest.mark.parametrize(("seen", "held", "field"), BLANK_OR_NOT)
@pytest.mark.parametrize("operation", [Operation.UPDATE, Operation.DELETE])
def test_a_stale_change_is_refused_and_nothing_altered(
    workspace: Workspace, seen: dict[str, Value], held: dict[str, Value], field: str, operation: Operation
) -> None:
    made = created("activity", {"title": "Mentoring", **held})
    apply(workspace, step(made))
    before = everything(workspace)
    was = {"title": "Mentoring", **seen}
    stale = RecordChange("activity", made.uid, operation, was, {"title": "x"} if operation == "update" else {})
    with pytest.raises(StaleChange, match="Activity “Mentoring” has changed meanwhile") as refused:
        apply(workspace, step(created("organisation", {"name": "Somewhere"}), stale))
    assert refused.value.field == field
    assert everything(workspace) == before
    assert len(change_sets(workspace)) == 2


@pytest.mark.parametrize("operation", [Operation.UPDATE, Operation.DELETE])
def test_a_record_that_is_gone_is_stale(workspace: Workspace, operation: Operation) -> None:
    with pytest.raises(StaleChange, match="it is gone") as refused:
        apply(workspace, step(RecordChange("activity", "gone", operation, {"title": "a"}, {})))
    assert refused.value.field is None


def test_a_record_that_is_there_cannot_be_created(workspace: Workspace) -> None:
    made = created("organisation", {"name": "Somewhere"})
    apply(workspace, step(made))
    with pytest.raises(StaleChange, match="there already"):
        apply(workspace, step(made))


def test_a_record_twice_in_one_step_is_the_programs_mistake(workspace: Workspace) -> None:
    made = created("organisation", {"name": "Somewhere"})
    with pytest.raises(ValueError, match="occurs twice"):
        apply(workspace, step(made, made))


def test_an_unknown_field_is_the_programs_mistake(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="colour"):
        apply(workspace, step(created("organisation", {"name": "Somewhere", "colour": "red"})))


def test_a_step_without_changes_is_kept_too(workspace: Workspace) -> None:
    apply(workspace, step(title="Looked at"))
    assert change_sets(workspace)[0].title == "Looked at"


def test_files_come_with_their_step(workspace: Workspace) -> None:
    content = b"a workbook"
    fingerprint = hashlib.sha256(content).hexdigest()
    kept = created("stored_file", {"name": "a.xlsx", "fingerprint": fingerprint, "size": len(content)})
    apply(workspace, step(kept, files={fingerprint: content}))
    apply(workspace, step(files={fingerprint: content}))
    assert file_bytes(workspace, fingerprint) == content
    assert check(workspace) == []


def test_a_file_under_a_wrong_fingerprint_is_refused(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="fingerprint"):
        apply(workspace, step(files={"0" * 64: b"a workbook"}))


def test_a_file_that_is_not_kept_is_missed(workspace: Workspace) -> None:
    with pytest.raises(DeskError, match="lost a file"):
        file_bytes(workspace, "0" * 64)
