"""Finding any record by some of its words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.db.writer import apply
from ctdesk.domain.changes import Action, created, deleted, updated
from ctdesk.services.desk import Desk
from ctdesk.services.finding_records import find
from tests.db.desk_rows import step

AGENCY = created("organisation", {"name": "Northshire Council", "is_agency": True, "aliases": "The shire"}, "n")
ACTIVITIES = [
    created("activity", {"title": "Mentoring", "agency": "n", "comments": "For young carers"}, "m"),
    created("activity", {"title": "Respite", "agency": "n", "reference": "R-7"}, "r"),
    created("activity", {"title": "Café nights", "description": "A warm room for night owls on Fridays"}, "c"),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with one agency and three activities."""
    with Workspace.create(tmp_path / "it.ctdesk", step(AGENCY, *ACTIVITIES, action=Action.NEW)) as workspace:
        yield Desk(workspace, "sam")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ment", ["m"]),
        ("cafe NIGHT", ["c"]),
        ("nights café", ["c"]),
        ("R-7", ["r"]),
        ("re", ["r"]),
        ("carers young", ["m"]),
        ("shire", ["n"]),
        ("mentoring owls", []),
    ],
)
def test_words_are_found_by_their_beginnings_in_any_order(desk: Desk, typed: str, found: list[str]) -> None:
    assert [hit.uid for hit in find(desk, typed)] == found


@pytest.mark.parametrize("typed", ["", "  ", "-", '"', "* OR NEAR(", "\x00", "title:x"])
def test_anything_may_be_typed(desk: Desk, typed: str) -> None:
    assert find(desk, typed) == []


@pytest.mark.parametrize(
    ("typed", "read_as", "uid"),
    [
        ("mentroing", "mentoring", "m"),
        ("respit", None, "r"),
        ("respote", "respite", "r"),
        ("yuong carers", "young carers", "m"),
        ("nothshire", "northshire", "n"),
    ],
)
def test_a_slip_is_read_as_the_word_it_is_like(desk: Desk, typed: str, read_as: str | None, uid: str) -> None:
    (hit,) = find(desk, typed)
    assert (hit.read_as, hit.uid) == (read_as, uid)
    assert hit.match


@pytest.mark.parametrize("typed", ["xyzzyq", "R-8", "owp"])
def test_what_is_like_nothing_is_not_found(desk: Desk, typed: str) -> None:
    assert find(desk, typed) == []


def test_a_title_counts_for_more_than_a_description(desk: Desk) -> None:
    apply(desk.workspace, step(created("team", {"name": "Owls"}, "t")))
    assert [hit.uid for hit in find(desk, "owls")] == ["t", "c"]


def test_a_hit_says_where_the_words_stand(desk: Desk) -> None:
    (hit,) = find(desk, "owls night warm")
    assert (hit.title, hit.field_label) == ("Café nights", "Description")
    assert [hit.shown[start : start + length] for start, length in hit.match] == ["warm", "night", "owls"]
    (hit,) = find(desk, "nigh")
    assert (hit.shown, hit.field_label, hit.match) == ("Café nights", "Service title", ((5, 4),))


def test_a_long_text_is_shown_around_its_words(desk: Desk) -> None:
    long = " ".join(["before"] * 60 + ["needle"] + ["after"] * 60)
    apply(desk.workspace, step(created("activity", {"title": "Hay", "description": long})))
    (hit,) = find(desk, "needle")
    assert hit.shown.startswith("…")
    assert hit.shown.endswith("…")
    assert len(hit.shown) < 120
    assert [hit.shown[start : start + length] for start, length in hit.match] == ["needle"]


def test_records_of_one_title_are_told_apart(desk: Desk) -> None:
    assert [hit.subtitle for hit in find(desk, "respite")] == ["R-7 · Northshire Council"]


def test_texts_of_every_kind_are_found(desk: Desk) -> None:
    round_ = created("round", {"name": "Autumn", "message": "Kindly"}, "a")
    request = created("request", {"round": "a", "agency": "n", "note": "Excused by telephone"}, "q")
    line = created("funding_line", {"activity": "m", "funder": "Lottery"}, "l")
    fault = created("finding", {"rule": "x", "message": "Cell is strange", "explanation": "Reorganised"}, "f")
    apply(desk.workspace, step(round_, request, line, fault))
    asked = {word: [hit.uid for hit in find(desk, word)] for word in ("kindly", "telephone", "lottery", "reorganised")}
    assert asked == {"kindly": ["a"], "telephone": ["q"], "lottery": ["l"], "reorganised": ["f"]}
    assert find(desk, "telephone")[0].title == "Autumn, Northshire Council"


def test_the_search_follows_changes(desk: Desk) -> None:
    _, respite, _ = ACTIVITIES
    renamed = updated("activity", "m", {"title": "Mentoring"}, {"title": "Befriending"})
    apply(desk.workspace, step(renamed, deleted("activity", "r", respite.after)))
    assert [find(desk, it) for it in ("mentoring", "respite")] == [[], []]
    assert [hit.uid for hit in find(desk, "befriending")] == ["m"]


def test_the_search_stops_at_its_limit(desk: Desk) -> None:
    apply(desk.workspace, step(*(created("team", {"name": f"Team {number}"}) for number in range(20))))
    assert len(find(desk, "team", limit=5)) == 5


def test_a_rare_kind_is_found_among_many_records_with_the_same_word(desk: Desk) -> None:
    many = [created("activity", {"title": "Northshire visits"}) for _ in range(200)]
    apply(desk.workspace, step(*many, created("organisation", {"name": "Northshire Carers"}, "late")))
    assert {"n", "late"} <= {hit.uid for hit in find(desk, "northshire")}
