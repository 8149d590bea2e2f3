"""Every kind of value is read from what people type, kept as JSON and shown again without loss."""

from datetime import date
from decimal import Decimal

import pytest
from ctdesk.domain.definition import DEFINITIONS, Kind
from ctdesk.domain.lists import Entry, ReferenceLists
from ctdesk.domain.names import NameIndex, plain_name
from ctdesk.domain.reading import Doubtful, Unreadable
from ctdesk.domain.records import Activity, Post
from ctdesk.domain.values import UnknownName, ValueReader, export, from_plain, same, show, to_plain
from hypothesis import given
from hypothesis import strategies as st

LISTS = ReferenceLists(
    {
        "tier": [Entry("universal", "Universal", aliases=("Tier 1",)), Entry("old", "Acute", retired=True)],
        "client_group": [Entry("young_carers", "Young carers"), Entry("deaf", "Deaf, or hard of hearing")],
        "intention": [Entry("continue", "Continue")],
    }
)
NAMES = {
    "organisation": NameIndex([("org-1", "Bridge & Co Ltd", ("The Old Bridge",))]),
    "team": NameIndex(),
    "activity": NameIndex(),
}
READER = ValueReader(LISTS, NAMES)
ACTIVITY, POST = DEFINITIONS["activity"], DEFINITIONS["post"]


def read(field, typed):
    return READER.read(ACTIVITY[field], typed)


@pytest.mark.parametrize("typed", ["universal", " UNIVERSAL ", "Tier 1", "tier-1"])
def test_list_words_are_found_without_regard_to_case_and_spaces(typed):
    assert read("tier", typed) == "universal"


def test_a_retired_entry_stays_valid_and_is_not_offered():
    assert read("tier", "acute") == "old"
    assert [entry.code for entry in LISTS.offered("tier")] == ["universal"]


def test_a_word_near_one_of_the_list_is_only_suggested():
    with pytest.raises(Doubtful) as doubt:
        read("tier", "Universl")
    assert doubt.value.suggestion == "universal"
    with pytest.raises(Unreadable):
        read("tier", "banana")


@pytest.mark.parametrize("typed", ["Young carers; Deaf, or hard of hearing", "deaf, or hard of hearing\nyoung carers"])
def test_several_choices_are_parted_by_semicolons_and_lines(typed):
    assert read("client_groups", typed) == ("deaf", "young_carers")


def test_commas_part_choices_where_no_semicolon_stands():
    assert read("client_groups", "Young carers, young carers") == ("young_carers",)
    assert read("client_groups", "Deaf, or hard of hearing") == ("deaf",)


@pytest.mark.parametrize("typed", ["bridge and co limited", "The Bridge & Co. Ltd", "the old bridge"])
def test_organisations_are_found_by_any_spelling(typed):
    assert read("provider", typed) == "org-1"


def test_an_unknown_organisation_is_said_to_be_unknown():
    with pytest.raises(UnknownName):
        read("provider", "Somebody else")


@pytest.mark.parametrize("typed", ["Yes", "y", True, "TRUE", "x"])
def test_yes(typed):
    assert read("open_ended", typed) is True


@pytest.mark.parametrize("typed", ["No", "n", False])
def test_no(typed):
    assert read("open_ended", typed) is False


@pytest.mark.parametrize(("typed", "number"), [(12.0, 12), ("1,200", 1200), ("12.0", 12), (3, 3)])
def test_whole_numbers(typed, number):
    assert read("capacity", typed) == number


@pytest.mark.parametrize("typed", [1.5, "a few", "1.5", float("inf")])
def test_what_is_no_whole_number_is_refused(typed):
    with pytest.raises(Unreadable):
        read("capacity", typed)


def test_a_number_with_a_unit_is_asked_about():
    with pytest.raises(Doubtful) as doubt:
        read("notice_months", "3 months")
    assert doubt.value.suggestion == 3


def test_codes_keep_their_leading_noughts_and_numbers_lose_their_point():
    assert read("agreement_reference", "004100") == "004100"
    assert read("agreement_reference", 4100.0) == "4100"


def test_a_text_that_became_a_date_is_asked_about():
    with pytest.raises(Doubtful):
        read("extension_option", date(2001, 1, 1))


def test_a_percentage_kept_as_a_fraction_is_asked_about():
    field = POST["commissioning_percent"]
    assert READER.read(field, "50%") == 50
    with pytest.raises(Doubtful) as doubt:
        READER.read(field, 0.5)
    assert doubt.value.suggestion == 50


def test_fte_keeps_two_places():
    assert READER.read(POST["fte"], 0.6) == Decimal("0.60")


def test_blank_is_nothing():
    assert read("title", "  ") is None
    assert read("client_groups", None) == ()


def test_texts_beyond_what_a_cell_holds_are_refused():
    with pytest.raises(Unreadable):
        read("comments", "x" * 32_768)


def test_what_a_spreadsheet_loses_counts_as_the_same():
    assert same(ACTIVITY["agreement_reference"], "4100", "004100")
    assert not same(ACTIVITY["agreement_reference"], "4100", "4101")
    assert not same(ACTIVITY["agreement_reference"], "100", "1000")
    assert same(ACTIVITY["description"], "two  words\n", "two words")
    assert not same(ACTIVITY["description"], "twowords", "two words")


def test_people_and_programs_are_shown_words_not_codes():
    assert show(ACTIVITY["tier"], "universal", LISTS, NAMES) == "Universal"
    assert show(ACTIVITY["provider"], "org-1", LISTS, NAMES) == "Bridge & Co Ltd"
    assert show(ACTIVITY["annual_value"], 125_050, LISTS, NAMES) == "£1,250.50"
    assert show(ACTIVITY["capacity"], 1_250, LISTS, NAMES) == "1,250"
    assert show(ACTIVITY["start"], date(2026, 4, 1), LISTS, NAMES) == "01/04/2026"
    assert export(ACTIVITY["annual_value"], 125_050, LISTS, NAMES) == 125_050
    assert export(ACTIVITY["start"], date(2026, 4, 1), LISTS, NAMES) == "2026-04-01"
    assert export(ACTIVITY["client_groups"], ("young_carers",), LISTS, NAMES) == ["Young carers"]


VALUES = {
    Kind.DATE: st.dates(),
    Kind.DECIMAL: st.decimals(0, 1000, places=2),
    Kind.YES_NO: st.booleans(),
    Kind.INTEGER: st.integers(0, 10**6),
    Kind.MONEY: st.integers(0, 10**12),
    Kind.PERCENT: st.integers(0, 100),
    Kind.CHOICES: st.lists(st.sampled_from("abc"), unique=True).map(lambda codes: tuple(sorted(codes))),
}
FIELDS = [*ACTIVITY.fields, *POST.fields]


@given(st.data())
def test_json_gives_every_value_back(data):
    field = data.draw(st.sampled_from(FIELDS))
    value = data.draw(VALUES.get(field.kind, st.text()))
    assert from_plain(field, to_plain(value)) == value


@given(st.text())
def test_a_plain_name_is_as_plain_as_it_gets(name):
    assert plain_name(plain_name(name)) == plain_name(name)


def test_definitions_name_each_field_once_and_explain_it():
    for definition in DEFINITIONS.values():
        labels = [field.label for field in definition.fields]
        assert len(set(labels)) == len(labels)
        assert all(field.help for field in definition.fields)
        assert definition.title in definition.by_name
        assert definition.reference in definition.by_name


def test_records_are_frozen():
    with pytest.raises(AttributeError):
        Activity(uid="1").title = "x"
    assert Post(uid="1").skills == ()


@pytest.mark.parametrize("typed", ["nan", "NaN", "infinity", "half", "0.5 fte"])
def test_what_is_no_number_is_not_read_as_one(typed):
    with pytest.raises(Unreadable, match="is not a number"):
        READER.read(POST["fte"], typed)


def test_a_name_of_nothing_but_dots_and_dashes_means_no_record():
    index = NameIndex([("one", "", ()), ("two", "-", ("…",))])
    index.add("three", "WB-1")
    assert [index.find(text) for text in ("", "-", "…", "WB-1")] == [None, None, None, "three"]
