"""Keys are unique, in order of time, and a mistyped row key is noticed."""

from uuid import UUID

from ctdesk.domain.identity import KEY_LENGTH, is_row_key, new_uid, row_key, row_keys
from hypothesis import given
from hypothesis import strategies as st

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_uids_are_version_seven_different_and_in_order():
    uids = [new_uid() for _ in range(5_000)]
    assert uids == sorted(set(uids))
    assert {UUID(uid).version for uid in uids} == {7}
    assert {UUID(uid).variant for uid in uids} == {"specified in RFC 4122"}


@given(st.text(min_size=1), st.integers(0, KEY_LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(uid, at, other):
    key = row_key(uid)
    assert is_row_key(key)
    if key[at] != other:
        assert not is_row_key(key[:at] + other + key[at + 1 :])


def test_nearly_every_pair_of_characters_changed_about_is_noticed():
    noticed = slipped = 0
    for number in range(2_000):
        key = row_key(str(number))
        for at in range(KEY_LENGTH - 1):
            swapped = key[:at] + key[at + 1] + key[at] + key[at + 2 :]
            if swapped != key:
                noticed += not is_row_key(swapped)
                slipped += is_row_key(swapped)
    assert slipped / (noticed + slipped) < 0.01


def test_a_record_has_the_same_key_in_every_round_and_no_two_have_one():
    uids = [new_uid() for _ in range(2_000)]
    keys = row_keys(uids)
    assert len(set(keys.values())) == len(uids)
    assert all(keys[uid] == row_key(uid) for uid in uids[:10])


def test_a_key_that_is_taken_is_salted(monkeypatch):
    monkeypatch.setattr("ctdesk.domain.identity.row_key", lambda uid, salt=0: f"{salt}")
    assert row_keys(["a", "b", "c"]) == {"a": "0", "b": "1", "c": "2"}
