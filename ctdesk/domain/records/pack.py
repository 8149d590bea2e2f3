"""Packs of papers for the meetings of a board: the saved definition, and what was issued."""

from datetime import datetime

from ctdesk.domain.definition import (
    Need,
    code,
    integer,
    link,
    long_text,
    moment,
    record,
    text,
    yes_no,
)
from ctdesk.domain.pack import Purpose
from ctdesk.domain.records.agreement_terms import ExemptParagraph


@record("pack", label="Pack", plural="Packs", title="name")
class Pack:
    """A pack for one meeting; once issued, both editions are kept as they were printed."""

    uid: str
    name: str | None = text("Pack", "What the team calls it.", need=Need.REQUIRED)
    meeting: str | None = link("Meeting", "The meeting it is for.", target="board_meeting", need=Need.REQUIRED)
    contact: str | None = text("Other formats", "Who has large print, other formats or languages.")
    changes: bool | None = yes_no("Page of changes", "Yes for a page of what has changed since the last pack.")
    issued_on: datetime | None = moment("Issued", "When its figures were fixed.")
    public: str | None = link("Public edition", "The file as issued.", target="stored_file")
    restricted: str | None = link("Restricted edition", "The file as issued.", target="stored_file")
    figures: str | None = long_text("Figures", "The figures when it was issued, as JSON, for the next pack.")


@record("pack_item", label="Pack item", plural="Pack items", title="title")
class PackItem:
    """One item of a pack: a report of the desk with its choices, an outside PDF, or an item without a paper."""

    uid: str
    pack: str | None = link("Pack", "The pack it is in.", target="pack", need=Need.REQUIRED)
    position: int | None = integer("Position", "Its place in the agenda.")
    title: str | None = text("Item", "What stands in the agenda.", need=Need.REQUIRED)
    purpose: str | None = text("For", "What the board is asked to do.", options=tuple(Purpose))
    lead: str | None = text("Led by", "A job title or team, not a name.")
    time: str | None = code("Time", "For instance 14:05.")
    report: str | None = code("Report", "The report of the desk that stands behind it.")
    choices: str | None = long_text("Choices", "What the report is about, as JSON.")
    file: str | None = link("Outside PDF", "The file that stands behind it.", target="stored_file")
    exempt: str | None = text(
        "Exempt under",
        "The paragraph of Schedule 12A under which it is not for publication.",
        options=tuple(ExemptParagraph),
    )
    public_title: str | None = text("Public title", "What the public edition calls it, if it is exempt.")
    late: str | None = text("Late because", "Why it comes late.")
    appendix: bool | None = yes_no("Appendix", "Yes if it is an appendix.")


__all__ = ["Pack", "PackItem"]
