"""Work called off by a person: asked between steps, ended where it waits, and never by another's wish."""

import threading

import pytest
from ctdesk.domain.cancelling import Cancelled, Cancelling, cancelling


def test_nothing_stops_until_it_is_asked_to():
    wish = Cancelling()
    wish.heed()
    wish.cancel()
    assert wish.cancelled
    with pytest.raises(Cancelled):
        wish.heed()


def test_what_is_waited_for_is_ended_while_it_is_waited_for():
    wish, ended = Cancelling(), []
    with wish.ending(lambda: ended.append("first")):
        pass
    with wish.ending(lambda: ended.append("second")):
        wish.cancel()
    assert ended == ["second"]
    with pytest.raises(Cancelled), wish.ending(lambda: ended.append("third")):
        ended.append("begun")
    assert ended == ["second"]


def test_a_wish_concerns_the_work_it_was_given_for_and_no_other():
    wish, found = Cancelling(), []
    wish.cancel()
    with wish.in_force():
        assert cancelling() is wish
        other = threading.Thread(target=lambda: found.append(cancelling().cancelled))
        other.start()
        other.join()
    assert found == [False]
    assert not cancelling().cancelled
