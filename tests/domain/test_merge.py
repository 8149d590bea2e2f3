"""The one comparison: nothing is lost silently, and only true conflicts are asked about."""

from ctdesk.domain.merge import Verdict, compare, verdict
from hypothesis import given
from hypothesis import strategies as st

VALUE = st.one_of(st.none(), st.just(()), st.integers(0, 3), st.sampled_from(["a", "b"]))
RECORD = st.dictionaries(st.sampled_from("pqrs"), VALUE)


def plain(value):
    return None if value == () else value


@given(VALUE, VALUE, VALUE)
def test_a_verdict_says_just_what_the_three_values_say(base, theirs, ours):
    base, theirs, ours = plain(base), plain(theirs), plain(ours)
    found = verdict(base, theirs, ours)
    if theirs == base:
        assert found is Verdict.UNCHANGED
    elif ours == theirs:
        assert found is Verdict.AGREED
    elif ours == base:
        assert found is Verdict.TAKE
    else:
        assert found is Verdict.CONFLICT


@given(RECORD, RECORD, RECORD)
def test_every_field_that_came_back_differently_comes_out_once(base, theirs, ours):
    found = compare("pqrs", base, theirs, ours)
    told = [*found.take, *found.agreed, *(conflict.field for conflict in found.conflicts)]
    assert len(told) == len(set(told))
    assert set(told) == {name for name in theirs if plain(theirs[name]) != plain(base.get(name))}


@given(RECORD, RECORD, RECORD)
def test_what_did_not_come_back_is_left_alone(base, theirs, ours):
    found = compare("pqrs", base, theirs, ours)
    assert set(found.take) <= set(theirs)


@given(RECORD, RECORD)
def test_nothing_happens_when_what_was_sent_comes_back(base, ours):
    assert compare("pqrs", base, dict(base), ours).unchanged


@given(RECORD, RECORD, RECORD)
def test_taking_theirs_once_leaves_nothing_to_take(base, theirs, ours):
    found = compare("pqrs", base, theirs, ours)
    after = {**ours, **found.take}
    again = compare("pqrs", {**base, **found.take}, theirs, after)
    assert not again.take
    assert again.conflicts == found.conflicts


def test_something_to_take_or_to_ask_about_is_not_unchanged():
    assert not compare("p", {"p": 1}, {"p": 2}, {"p": 1}).unchanged
    assert not compare("p", {"p": 1}, {"p": 2}, {"p": 3}).unchanged
    assert compare("p", {"p": 1}, {"p": 2}, {"p": 2}).unchanged


def test_a_conflict_keeps_all_three_values():
    (conflict,) = compare("p", {"p": 1}, {"p": 2}, {"p": 3}).conflicts
    assert (conflict.base, conflict.theirs, conflict.ours) == (1, 2, 3)


def test_emptying_a_field_is_a_change():
    assert compare("p", {"p": 1}, {"p": None}, {"p": 1}).take == {"p": None}
    assert compare("p", {"p": ("a",)}, {"p": ()}, {"p": ("a",)}).take == {"p": ()}
