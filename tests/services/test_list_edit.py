"""Words of lists are added, renamed, moved and retired through the door; codes stay, and so does what uses them."""

import pytest
from ctdesk.domain.errors import DeskError
from ctdesk.services.desk import Desk
from ctdesk.services.list_edit import ListLine, Word, add_entry, edit_entry, entries, move_entry, retire_entry
from ctdesk.services.past import past, undo


def line(desk: Desk, label: str, name: str = "tier") -> ListLine:
    return next(it for it in entries(desk, name) if it.word.label == label)


def labels(desk: Desk, name: str = "tier") -> list[str]:
    return [it.word.label for it in entries(desk, name)]


def test_a_word_is_added_at_the_end_with_a_code_of_its_own(desk: Desk) -> None:
    before = labels(desk)
    add_entry(desk, "tier", Word("Crisis  care", aliases="Emergency;; emergency "))
    assert labels(desk) == [*before, "Crisis care"]
    assert desk.lists.find("tier", "emergency") == "crisis_care"
    assert line(desk, "Crisis care").word.aliases == "Emergency"
    assert past(desk)[0].title.endswith(": add Crisis care")


def test_a_renamed_word_keeps_its_code_and_its_old_name_is_still_read(desk: Desk) -> None:
    old = line(desk, "Targeted")
    edit_entry(desk, old.uid, Word("Early help"))
    assert desk.lists.label("tier", old.code) == "Early help"
    assert desk.lists.find("tier", "Targeted") == old.code
    edit_entry(desk, old.uid, Word("Targeted"))
    assert line(desk, "Targeted").word.aliases == "Early help"


def test_the_same_again_is_no_step(desk: Desk) -> None:
    old, steps = line(desk, "Targeted"), len(past(desk))
    assert edit_entry(desk, old.uid, old.word) is None
    assert retire_entry(desk, old.uid, retired=False) is None
    assert move_entry(desk, entries(desk, "tier")[0].uid, -1) is None
    assert len(past(desk)) == steps


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (Word(" - "), "blank"),
        (Word("targeted"), "“targeted” already stands for Targeted"),
        (Word("New", aliases="other; TARGETED"), "“TARGETED” already stands for Targeted"),
        (Word("One; two"), "no semicolon"),
        (Word("x" * 121), "at most 120"),
    ],
)
def test_a_word_that_cannot_be_told_apart_is_refused(desk: Desk, word: Word, said: str) -> None:
    with pytest.raises(DeskError, match=said):
        add_entry(desk, "tier", word)
    with pytest.raises(DeskError, match=said):
        edit_entry(desk, entries(desk, "tier")[-1].uid, word)


def test_codes_never_meet(desk: Desk) -> None:
    long = "The part of the borough that lies north of the river"
    first, second = add_entry(desk, "area", Word(long)), add_entry(desk, "area", Word(f"{long} and the hill"))
    codes = {it.uid: it.code for it in entries(desk, "area")}
    assert codes[second] == f"{codes[first]}_2"


def test_words_move_and_stop_at_the_ends(desk: Desk) -> None:
    before = labels(desk)
    first = entries(desk, "tier")[0].uid
    move_entry(desk, first, 1)
    assert labels(desk) == [before[1], before[0], *before[2:]]
    move_entry(desk, first, 99)
    assert labels(desk)[-1] == before[0]
    last, first_move = past(desk)[:2]
    undo(desk, last.uid)
    undo(desk, first_move.uid)
    assert labels(desk) == before


def test_a_retired_word_stays_valid_and_is_offered_no_more(desk: Desk) -> None:
    old = line(desk, "Targeted")
    retire_entry(desk, old.uid)
    assert old.code not in {it.code for it in desk.lists.offered("tier")}
    assert desk.lists.find("tier", "Targeted") == old.code
    retire_entry(desk, old.uid, retired=False)
    assert old.code in {it.code for it in desk.lists.offered("tier")}


def test_the_last_word_of_a_list_cannot_be_retired(desk: Desk) -> None:
    *others, last = entries(desk, "tier")
    for other in others:
        retire_entry(desk, other.uid)
    with pytest.raises(DeskError, match="no word left"):
        retire_entry(desk, last.uid)


def test_unknown_lists_and_words_are_said(desk: Desk) -> None:
    with pytest.raises(DeskError, match="no list “moods”"):
        entries(desk, "moods")
    with pytest.raises(DeskError, match="no longer"):
        edit_entry(desk, "u-none", Word("x"))
