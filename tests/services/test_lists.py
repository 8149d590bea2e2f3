"""Lists of records: whatever is asked of them, they answer as the plain way would."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

import pytest
from ctdesk.db.writer import apply
from ctdesk.domain import clock
from ctdesk.domain.changes import Action, created, deleted, updated
from ctdesk.domain.definition import DEFINITIONS, Kind, Value
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.list_sentences import sentence_of
from ctdesk.services.lists import Filter, RecordList, Sort, View, column_of, columns_of, standard_view, summed
from ctdesk.services.saved_views import delete_view, save_view, saved_views, view_from_json, view_to_json
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.db.desk_rows import step
from tests.services.many_activities import AGENCIES, CODES, WORDS, fits, make

FIELDS = DEFINITIONS["activity"].by_name
COLUMNS = ("reference", "title", "agency", "annual_value", "capacity", "start", "client_groups", "state")
TODAY = date(2026, 11, 22)
NUMBERS = ("annual_value", "capacity")
QUICK = settings(max_examples=25, deadline=None)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with 120 activities that no test alters."""
    with make(tmp_path_factory.mktemp("lists") / "it.ctdesk") as workspace:
        yield Desk(workspace, "sam")


@pytest.fixture(scope="module")
def held(desk: Desk) -> dict[str, dict[str, Value]]:
    """All activities of that desk, by uid."""
    return desk.load("activity")


@pytest.fixture
def own_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with 20 activities to alter."""
    with make(tmp_path / "it.ctdesk", 20) as workspace:
        yield Desk(workspace, "sam")


def view(**more: Any) -> View:
    """A view of activities."""
    return View(**{"kind": "activity", "columns": COLUMNS, **more})


def all_of(desk: Desk, shown: View) -> list[str]:
    """The uids of a whole list."""
    return RecordList(desk, shown).uids(0, 10_000)


VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.LINK: st.sampled_from(list(AGENCIES)),
    Kind.DATE: st.dates(date(2024, 1, 1), date(2028, 1, 1)),
    Kind.MONEY: st.integers(0, 8),
    Kind.INTEGER: st.integers(0, 8),
    Kind.YES_NO: st.booleans(),
}
FILTERED = ("title", "agency", "tier", "client_groups", "start", "annual_value", "capacity", "open_ended")


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    """Any filter that a person could make."""
    field = FIELDS[draw(st.sampled_from(FILTERED))]
    hows = ["blank", "not blank", "contains", "starts"]
    if field.name != "title":
        hows += ["is", "is not", "any of"]
    if field.kind in {Kind.DATE, Kind.MONEY, Kind.INTEGER}:
        hows += ["at least", "at most", "between"]
    how: Any = draw(st.sampled_from(hows))
    one = VALUES.get(field.kind, st.sampled_from(CODES.get(field.list or "", ["a"])))
    if how in {"contains", "starts"}:
        return Filter(field.name, how, (draw(st.sampled_from(["t", "no", "1", "/20", "T", "ca", "night"])),))
    count = {"blank": 0, "not blank": 0, "any of": 3, "between": 2}.get(how, 1)
    return Filter(field.name, how, tuple(draw(one) for _ in range(count)))


@st.composite
def views(draw: st.DrawFn) -> View:
    """Any view of activities."""
    return view(
        text=" ".join(draw(st.lists(st.sampled_from(["me", "NIGHT", "cafe", "north", "c", "zed"]), max_size=2))),
        filters=tuple(draw(st.lists(filters(), max_size=3))),
        sort=tuple(draw(st.lists(st.builds(Sort, st.sampled_from(FILTERED), st.booleans()), max_size=3))),
        group=draw(st.sampled_from([None, "agency", "tier", "start", "open_ended"])),
    )


@given(asked=st.lists(filters(), max_size=3))
@QUICK
def test_filters_answer_as_the_plain_way_would(
    desk: Desk, held: dict[str, dict[str, Value]], asked: list[Filter]
) -> None:
    wanted = {uid for uid, it in held.items() if all(fits(desk, one, it) for one in asked)}
    assert set(all_of(desk, view(filters=tuple(asked)))) == wanted


@given(shown=views())
@QUICK
def test_filters_commute(desk: Desk, shown: View) -> None:
    assert all_of(desk, shown) == all_of(desk, replace(shown, filters=shown.filters[::-1]))


@given(shown=views(), size=st.integers(1, 50))
@QUICK
def test_pages_are_the_list_without_gap_or_repeat(desk: Desk, shown: View, size: int) -> None:
    opened = RecordList(desk, shown)
    pages = [row.uid for first in range(0, len(opened), size) for row in opened.rows(first, size)]
    assert pages == opened.uids(0, len(opened))
    assert len(pages) == len(set(pages)) == len(opened) == opened.counted.shown
    assert [opened.position_of(uid) for uid in pages] == list(range(len(pages)))


@given(shown=views())
@QUICK
def test_totals_are_plain_sums(desk: Desk, held: dict[str, dict[str, Value]], shown: View) -> None:
    uids = all_of(desk, shown)
    assert RecordList(desk, shown).counted.totals == {
        name: sum(it for uid in uids if isinstance(it := held[uid][name], int)) for name in NUMBERS
    }


@given(shown=views())
@QUICK
def test_groups_add_up_and_stand_together(desk: Desk, held: dict[str, dict[str, Value]], shown: View) -> None:
    opened = RecordList(desk, shown)
    groups = opened.groups()
    if shown.group is None:
        assert groups == []
        return
    assert sum(group.count for group in groups) == opened.counted.shown
    for name in NUMBERS:
        assert sum(group.totals[name] for group in groups) == opened.counted.totals[name]
    of_row = [grouped(held[uid][shown.group]) for uid in opened.uids(0, 10_000)]
    assert of_row == [group.value for group in groups for _ in range(group.count)]


@given(shown=views())
@QUICK
def test_closed_groups_are_counted_but_not_listed(desk: Desk, held: dict[str, dict[str, Value]], shown: View) -> None:
    groups = RecordList(desk, shown).groups()
    closed = frozenset(group.value for group in groups[::2])
    opened = RecordList(desk, replace(shown, closed_groups=closed))
    assert opened.groups() == groups
    assert len(opened) == opened.counted.shown - sum(group.count for group in groups if group.value in closed)
    if shown.group is not None:
        assert not any(grouped(held[uid][shown.group]) in closed for uid in opened.uids(0, 10_000))


def grouped(value: Value) -> Value:
    """What a value is grouped under: a date under its year."""
    return value.year if isinstance(value, date) else value


@given(shown=views())
@QUICK
def test_facets_ignore_their_own_filter_and_add_up(desk: Desk, held: dict[str, dict[str, Value]], shown: View) -> None:
    facets = RecordList(desk, shown).facets(FILTERED)
    for name, found in facets.items():
        others = replace(shown, filters=tuple(it for it in shown.filters if it.field != name))
        uids = all_of(desk, others)
        if FIELDS[name].several:
            members = [one for uid in uids for one in held[uid][name] or (None,)]  # type: ignore[union-attr]  # a tuple
            assert {it.value: it.count for it in found} == Counter(members)
        else:
            assert sum(it.count for it in found) == len(uids)
        for facet in found[:3]:
            asked = Filter(name, "is", (facet.value,))
            assert RecordList(desk, replace(others, filters=(*others.filters, asked))).counted.shown == facet.count


def sort_key(desk: Desk, name: str, value: Value) -> Any:
    """What Python would sort by."""
    field = FIELDS[name]
    if field.list is not None:
        codes = CODES.get(field.list, [])
        return [(codes.index(it) if it in codes else 9, it) for it in (value if isinstance(value, tuple) else [value])]
    if field.target is None and not isinstance(value, str):
        return value
    text = normalize("NFKD", desk.show(field, value).casefold())
    return "".join(it for it in text if not combining(it))


@given(sorts=st.lists(st.builds(Sort, st.sampled_from(FILTERED), st.booleans()), max_size=3))
@QUICK
def test_sorting_is_as_python_would(desk: Desk, held: dict[str, dict[str, Value]], sorts: list[Sort]) -> None:
    uids = sorted(held)
    for sort in reversed(sorts):
        filled = [uid for uid in uids if held[uid][sort.field] not in (None, ())]
        filled.sort(key=lambda uid, name=sort.field: sort_key(desk, name, held[uid][name]), reverse=sort.descending)  # type: ignore[misc]  # bound now
        uids = filled + [uid for uid in uids if held[uid][sort.field] in (None, ())]
    assert all_of(desk, view(sort=tuple(sorts))) == uids


@given(
    typed=st.lists(st.sampled_from([word[:3] for word in WORDS] + ["northshire", "elan", "target", "zz"]), max_size=3)
)
@QUICK
def test_every_word_typed_begins_some_word(desk: Desk, typed: list[str]) -> None:
    def plain(text: str) -> list[str]:
        decomposed = normalize("NFKD", text.casefold())
        return "".join(" " if not it.isalnum() else it for it in decomposed if not combining(it)).split()

    wanted = set()
    for row in RecordList(desk, view(columns=tuple(column.name for column in columns_of("activity")))).rows(0, 10_000):
        words = [word for text in row.texts for word in plain(text)]
        numbers = {"1", "2"}
        if all(any(word.startswith(plain(it)[0]) for word in words if word not in numbers) for it in typed):
            wanted.add(row.uid)
    assert set(all_of(desk, view(text=" ".join(typed)))) == wanted


def test_rows_hold_values_and_texts_in_the_order_of_the_columns(desk: Desk) -> None:
    records = desk.load("activity")
    for row in RecordList(desk, view()).rows(0, 20):
        for name, value, text in zip(COLUMNS[:-1], row.values, row.texts, strict=False):
            assert value == records[row.uid][name]
            assert text == desk.show(FIELDS[name], value)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"start": TODAY + timedelta(1)}, "Upcoming"),
        ({"start": TODAY, "end": TODAY + timedelta(800)}, "Running"),
        ({"start": TODAY}, "Running"),
        ({"end": TODAY}, "Ending within a year"),
        ({"end": TODAY + timedelta(300)}, "Ending within a year"),
        ({"end": TODAY - timedelta(1), "open_ended": True}, "Ended"),
        ({"start": TODAY, "open_ended": True}, "Open-ended"),
        ({"open_ended": False}, None),
    ],
)
def test_the_state_follows_from_the_dates(
    own_desk: Desk, monkeypatch: pytest.MonkeyPatch, values: dict[str, Value], state: str | None
) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    made = created("activity", {"title": "One", **values})
    apply(own_desk.workspace, step(made))
    shown = view(columns=("state",), filters=(Filter("state", "is", (state,)),))
    (row,) = (it for it in RecordList(own_desk, shown).rows(0, 99) if it.uid == made.uid)
    assert (row.values, row.texts) == ((state,), (state or "",))


def test_an_open_list_follows_what_is_saved(own_desk: Desk) -> None:
    opened = RecordList(own_desk, view(text="zebra", sort=(Sort("title"),)))
    everything = RecordList(own_desk, view(sort=(Sort("annual_value"), Sort("agency"))))
    assert (opened.counted.shown, everything.counted.of) == (0, 20)
    everything.facets(FILTERED)
    made = [created("activity", {"title": f"Zebra {name}", "annual_value": 10**9}, uid) for name, uid in ("b0", "aZ")]
    apply(own_desk.workspace, step(*made))
    assert opened.uids(0, 9) == ["Z", "0"]
    assert everything.counted.of == 22
    assert everything.counted.totals["annual_value"] > 10**9
    apply(own_desk.workspace, step(updated("activity", "0", {"title": "Zebra b"}, {"title": "Lion"})))
    assert opened.uids(0, 9) == ["Z"]
    apply(own_desk.workspace, step(deleted("activity", "Z", made[1].after)))
    assert opened.uids(0, 9) == []
    fresh = sorted(own_desk.load("activity"))
    assert sorted(everything.uids(0, 99)) == fresh
    assert everything.counted.totals["annual_value"] == sum(
        int(str(it["annual_value"] or 0)) for it in own_desk.load("activity").values()
    )


def test_a_renamed_agency_is_sorted_and_found_by_its_new_name(own_desk: Desk) -> None:
    opened = RecordList(own_desk, view(text="aardvark", sort=(Sort("agency"),)))
    assert opened.counted.shown == 0
    apply(own_desk.workspace, step(updated("organisation", "z", {"name": "Zed"}, {"name": "Aardvark"})))
    zed = {uid for uid, it in own_desk.load("activity").items() if "z" in (it["agency"], it["provider"])}
    assert set(opened.uids(0, 99)) == zed
    first = RecordList(own_desk, view(sort=(Sort("agency"),))).rows(0, 1)[0]
    assert "Aardvark" in first.texts


def test_references_stand_in_the_order_of_their_numbers(own_desk: Desk) -> None:
    changes = [created("action", {"number": number, "title": "Look again"}) for number in ("10", "9", "A10", "a9", "1")]
    apply(own_desk.workspace, step(*changes))
    by_number = replace(standard_view("action"), columns=("number",), sort=(Sort("number"),))
    rows = RecordList(own_desk, by_number).rows(0, 9)
    assert [row.texts[0] for row in rows] == ["1", "9", "10", "a9", "A10"]


@pytest.mark.parametrize("kind", list(DEFINITIONS))
def test_every_kind_has_a_list(desk: Desk, kind: str) -> None:
    opened = RecordList(desk, replace(standard_view(kind), text="no such word anywhere"))
    assert opened.counted.shown == 0
    assert opened.rows(0, 10) == []
    shown = RecordList(desk, standard_view(kind))
    assert len(shown.rows(0, 500)) == len(desk.load(kind))


def test_words_of_the_desks_own_records_are_found(desk: Desk) -> None:
    assert RecordList(desk, View("list_entry", ("label",), text="target")).rows(0, 9)[0].texts == ("Targeted",)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("activity", "age_from"), ("activity", "notice_months"), ("risk", "impact"), ("extension", "number")],
)
def test_what_does_not_add_up_has_no_total(kind: str, name: str) -> None:
    assert not summed(column_of(kind, name))


def test_what_is_known_by_its_day_reads_as_a_day_in_a_list(own_desk: Desk) -> None:
    agreement = created("agreement", {"reference": "C-9", "title": "Contract 9"})
    review = created("review", {"agreement": agreement.uid, "held_on": date(2025, 10, 6)})
    action = created("action", {"title": "Agree a plan", "agreement": agreement.uid, "review": review.uid})
    own_desk.apply(Action.EDIT, "Review", [agreement, review, action])
    (row,) = RecordList(own_desk, View("action", ("review",))).rows(0, 9)
    assert row.texts == ("C-9, 06/10/2025",)


@given(shown=views(), closed=st.frozensets(st.sampled_from(["n", "z"])))
@QUICK
def test_a_view_comes_back_from_json(shown: View, closed: frozenset[Value]) -> None:
    shown = replace(shown, closed_groups=closed if shown.group == "agency" else frozenset())
    assert view_from_json(view_to_json(shown)) == shown


def test_a_view_forgets_columns_that_are_no_more() -> None:
    text = view_to_json(view(sort=(Sort("title"),), filters=(Filter("title", "blank"),)))
    found = view_from_json(text.replace('"title"', '"shoe_size"'))
    assert (found.columns, found.sort, found.filters) == (tuple(it for it in COLUMNS if it != "title"), (), ())


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"kind": "unknown"}', "null"])
def test_a_broken_view_says_so(text: str) -> None:
    with pytest.raises(DeskError, match="cannot be read"):
        view_from_json(text)


def test_views_are_kept_replaced_and_deleted(own_desk: Desk) -> None:
    first, second = view(text="one"), view(text="two")
    save_view(own_desk, " Mine ", first)
    save_view(own_desk, "another", second)
    assert saved_views(own_desk, "activity") == {"another": second, "Mine": first}
    assert saved_views(own_desk, "post") == {}
    save_view(own_desk, "Mine", second)
    assert saved_views(own_desk, "activity")["Mine"] == second
    delete_view(own_desk, "activity", "Mine")
    assert list(saved_views(own_desk, "activity")) == ["another"]
    with pytest.raises(DeskError, match="no saved view “Mine”"):
        delete_view(own_desk, "activity", "Mine")
    with pytest.raises(DeskError, match="name"):
        save_view(own_desk, " ", first)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Filter("tier", "any of", ("targeted", "specialist")), ("Tier is", "Targeted or Specialist")),
        (Filter("tier", "any of", ("universal", "targeted", None)), ("Tier is", "Universal, Targeted or blank")),
        (Filter("agency", "is not", ("n",)), ("Agency is not", "Northshire Council")),
        (Filter("annual_value", "at least", (12_345_600,)), ("Annual value (£) is at least", "£123,456")),
        (Filter("annual_value", "between", (100, None)), ("Annual value (£) is between", "£1 and anything")),
        (Filter("start", "at least", (date(2026, 4, 1),)), ("Start date is from", "01/04/2026")),
        (Filter("start", "any of", (2025, 2026)), ("Start date is", "2025 or 2026")),
        (Filter("title", "contains", ("care",)), ("Service title contains", "care")),
        (Filter("title", "blank"), ("Service title is", "blank")),
        (Filter("open_ended", "is", (True,)), ("Open-ended is", "Yes")),
    ],
)
def test_filters_are_said_in_words(desk: Desk, asked: Filter, words: tuple[str, str]) -> None:
    assert sentence_of(desk, "activity", asked) == words
