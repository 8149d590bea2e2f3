"""Calendar files as RFC 5545 writes them: unfolded and unescaped they say what went in."""

from datetime import UTC, date, datetime

from ctdesk.domain.icalendar import Event, calendar_text, escaped, folded
from hypothesis import given
from hypothesis import strategies as st

STAMP = datetime(2026, 5, 18, 8, 41, tzinfo=UTC)
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


def unescaped(text):
    out, at = "", 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
            out += "\n" if text[at] == "n" else text[at]
        else:
            out += text[at]
        at += 1
    return out


@given(PLAIN)
def test_lines_are_folded_between_characters_at_75_octets(line):
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


@given(PLAIN)
def test_what_is_escaped_reads_back(text):
    assert unescaped(escaped(text)) == text


def test_line_breaks_and_controls_cannot_break_a_line():
    assert escaped("a\r\nb\rc\x00\x1b") == "a\\nb\\nc"


def test_an_event_is_a_whole_day():
    text = calendar_text("Desk", [Event("notice-by-1@ctdesk", date(2026, 6, 30), "Notice by: A; B, C", "sum")], STAMP)
    assert text.split("\r\n")[6:] == [
        "BEGIN:VEVENT",
        "UID:notice-by-1@ctdesk",
        "DTSTAMP:20260518T084100Z",
        "DTSTART;VALUE=DATE:20260630",
        "DTEND;VALUE=DATE:20260701",
        "SUMMARY:Notice by: A\\; B\\, C",
        "DESCRIPTION:sum",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
