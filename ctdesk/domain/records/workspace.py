"""What a workspace says about itself: its reference lists, its settings, saved views and the team's own notes."""

from datetime import datetime

from ctdesk.domain.definition import Need, code, integer, long_text, moment, record, text, yes_no

LIST_LABELS = {
    "sector": "Sector",
    "agreement_type": "Agreement type",
    "level": "Level",
    "tier": "Tier",
    "outcome": "Outcome",
    "purpose": "Purpose",
    "client_group": "Client group",
    "area": "Area",
    "funding_source": "Funding source",
    "arrangement": "Funding arrangement",
    "capacity_unit": "Capacity unit",
    "route": "Procurement route",
    "intention": "Intention",
    "term": "Term",
    "cycle_stage": "Step of the cycle",
    "skill": "Skill",
    "agreement_tier": "Contract tier",
    "requirement": "Requirement of a provider",
    "review_kind": "Kind of review",
    "count_line": "Users and incidents",
    "spend_line": "Money and staff",
}
"""The reference lists every framework must hold, with the words people know them by."""


@record("list_entry", label="List entry", plural="List entries", title="label", reference="code")
class ListEntry:
    """One word of a reference list; a retired one stays valid on old records and is offered no more."""

    uid: str
    list: str | None = text("List", "The list it belongs to.", options=tuple(LIST_LABELS))
    code: str | None = code("Code", "Its short name inside the file; it never changes.")
    label: str | None = text("Label", "What people read.")
    short: str | None = text("Short label", "What heads a narrow column, where the label is long.")
    position: int | None = integer("Position", "Its place in the list.")
    retired: bool | None = yes_no("Retired", "Yes if it is no longer offered.")
    aliases: str | None = text("Other spellings", "Other words for the same, with ; between them.")
    description: str | None = long_text("Meaning", "What it covers.")
    number: int | None = integer(
        "Number",
        "Of a procurement route its usual lead time in weeks; of a contract tier the months between returns.",
        maximum=999,
    )


@record("setting", label="Setting", plural="Settings", title="name")
class Setting:
    """One choice of the team about how the desk works."""

    uid: str
    name: str | None = text("Name", "The setting's name inside the file.")
    value: str | None = long_text("Value", "What it is set to.")


@record("saved_view", label="Saved view", plural="Saved views", title="name")
class SavedView:
    """A list of records as somebody wanted to see it again: columns, order and filter."""

    uid: str
    name: str | None = text("Name", "What the team calls it.")
    shows: str | None = text("Shows", "The kind of record it lists.")
    layout: str | None = long_text("Layout", "Columns, order and filter, as JSON.")


@record("note", label="Note", plural="Notes", title="words")
class Note:
    """What somebody of the team wrote down about a record; it travels in no workbook."""

    uid: str
    about_kind: str | None = code("Kind", "The kind of record it is about.", need=Need.REQUIRED)
    about: str | None = code("Record", "The uid of the record it is about.", need=Need.REQUIRED)
    words: str | None = long_text("Note", "What is worth remembering.", need=Need.REQUIRED)
    who: str | None = text("Written by", "Who wrote it.")
    written_on: datetime | None = moment("Written", "When it was written.")


__all__ = ["LIST_LABELS", "ListEntry", "Note", "SavedView", "Setting"]
