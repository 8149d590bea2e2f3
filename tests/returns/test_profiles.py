"""Profiles: the shipped ones are whole, saved ones come back as they were, faulty ones end in one sentence."""

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records import DEFINITIONS
from ctdesk.returns.profiles import Profile, field_of, load_profile, save_profile, shipped_profiles
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def test_the_shipped_profiles_are_found_by_name():
    shipped = {profile.name for profile in shipped_profiles()}
    assert {load_profile(name).name for name in ("360giving", "360Giving", "transparency-contracts.toml")} <= shipped
    assert {load_profile(name).name for name in shipped} == shipped


def test_a_field_may_belong_to_a_linked_record():
    activity = DEFINITIONS["activity"]
    charity = field_of(activity, "provider.charity_number")
    assert charity is not None
    assert charity.label == "Charity number"
    assert field_of(activity, "title.length") is None
    assert field_of(activity, "provider.nothing") is None
    assert field_of(activity, "nothing") is None


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headings=st.lists(WORDS, max_size=6, unique=True),
    constant=WORDS,
    words=st.dictionaries(WORDS, WORDS, max_size=3),
    sheet=st.none() | WORDS,
)
def test_a_saved_profile_comes_back_as_it_was(tmp_path, headings, constant, words, sheet):
    fields = ["title", "start", "start", "provider.sme", "end", "annual_value"]
    profile = Profile(
        name="Ours",
        kind="activity",
        columns=dict(zip(headings, fields, strict=False)),
        constants={"agreement_type": constant, "open_ended": True, "notice_months": 3},
        sheet=sheet,
        ignore=tuple(words),
        values={"tier": words},
    )
    path = tmp_path / "ours.toml"
    save_profile(profile, path)
    assert load_profile(path) == profile


def test_headings_of_one_field_keep_their_order(tmp_path):
    path = tmp_path / "p.toml"
    path.write_text('kind = "activity"\n[fields]\nstart = ["Planned", "Award"]\ntitle = "T"\n', encoding="utf-8")
    assert list(load_profile(path).columns.items()) == [("Planned", "start"), ("Award", "start"), ("T", "title")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("kind = ", "not a TOML file"),
        ('kind = "bargain"', "no kind of record"),
        ('kind = "activity"\nfileds = 1', "“fileds”"),
        ('kind = "activity"\n[fields]\ncolour = "C"', "“colour”"),
        ('kind = "activity"\n[constants]\n"provider.colour" = "C"', "“provider.colour”"),
        ('kind = "activity"\nfields = 3', "not laid out"),
        ('kind = "activity"\nvalues = ["a"]', "not laid out"),
        ('kind = "activity"\n[fields]\ntitle = 3', "not laid out"),
        ('kind = ["activity"]', "not laid out"),
    ],
)
def test_a_faulty_profile_ends_in_one_sentence(tmp_path, content, says):
    path = tmp_path / "p.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DeskError, match=says):
        load_profile(path)


def test_a_missing_profile_names_those_there_are(tmp_path):
    with pytest.raises(DeskError, match=r"no profile .*360giving, .*transparency-contracts"):
        load_profile(tmp_path / "none.toml")


def test_a_profile_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(DeskError, match="cannot be written"):
        save_profile(Profile("x", "activity", {}), tmp_path / "no" / "folder.toml")
