"""Texts and calendar files are looked through line by line, folded or escaped as they may be."""

from datetime import UTC, date, datetime

from ctdesk.domain.icalendar import Event, calendar_text
from ctdesk.domain.outgoing import GRAVE, Concern
from ctdesk.domain.outgoing_text import calendar_remarks, text_remarks

NHS = "943 476 5919"
MOMENT = datetime(2026, 5, 18, tzinfo=UTC)


def test_a_text_names_its_lines() -> None:
    found = text_remarks(f"Dear all\nThe list is in S:\\Contracts\\2026.xlsx\nand {NHS} is on it")
    assert [(it.concern, it.where) for it in found] == [
        (Concern.TYPED_PLACE, "line 2"),
        (Concern.PERSONAL, "line 3"),
    ]
    assert not {it.concern for it in found} & GRAVE


def test_a_calendar_of_the_desk_gives_nothing_away() -> None:
    event = Event("1@ctdesk", date(2026, 6, 1), "Notice by: School nursing; ask the team", "£5 a head, or less")
    assert calendar_remarks(calendar_text("Weir: agreements", [event], MOMENT)) == []


def test_what_is_folded_or_escaped_in_a_calendar_is_found_all_the_same() -> None:
    titles = [f"{'a' * length}, {NHS}" for length in range(80)]
    texts = [calendar_text("Weir", [Event("1@ctdesk", date(2026, 6, 1), title)], MOMENT) for title in titles]
    assert any(NHS not in text for text in texts), "some line is folded within the number"
    assert all([it.concern for it in calendar_remarks(text)] == [Concern.PERSONAL] for text in texts)


def test_people_attachments_and_addresses_in_a_calendar_are_grave() -> None:
    lines = ["ORGANIZER;CN=Ellen Example:mailto:e@example.org", "ATTACH:file:///home/ellen/x.pdf", "URL:https://x.org"]
    found = calendar_remarks("\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]))
    assert [it.concern for it in found] == [Concern.AUTHOR, Concern.LINK, Concern.LINK]
