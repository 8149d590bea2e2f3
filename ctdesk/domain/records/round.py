"""A baseline round, what was asked of each agency, the files that travelled, and what was found in them."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import (
    Fault,
    Need,
    Values,
    code,
    day,
    integer,
    link,
    long_text,
    moment,
    record,
    text,
    yes_no,
)


class RequestState(StrEnum):
    """How far one agency's part of a round has come."""

    NOT_SENT = "not sent"
    SENT = "sent"
    CHASED = "chased"
    RECEIVED = "received"
    QUERIED = "queried"
    ACCEPTED = "accepted"
    EXCUSED = "excused"


ANSWERED = frozenset({RequestState.RECEIVED, RequestState.QUERIED, RequestState.ACCEPTED})
"""States of a request whose workbook has come back."""


class Collects(StrEnum):
    """What a round asks for."""

    BASELINE = "baseline"
    MONITORING = "monitoring"


class FilePurpose(StrEnum):
    """Why a file is kept in the workspace."""

    SENT_ROWS = "rows as sent"
    RETURN = "return"
    AGREED_ROWS = "rows as last agreed"
    HELD_RETURN = "return held for review"
    DECISIONS = "decisions on a held return"
    REGISTER = "adopted register"
    REGISTER_ROWS = "rows as adopted"
    DOCUMENT = "document of an agreement"
    PACK_PAPER = "outside paper of a pack"
    PACK = "pack as issued"
    LOGO = "logo of the trust"


def due_after_as_at(values: Values) -> Iterator[Fault]:
    """A round cannot be due back before the day it describes."""
    as_at, due = values.get("as_at"), values.get("due")
    if isinstance(as_at, date) and isinstance(due, date) and due < as_at:
        yield Fault("due_before_as_at", ("due", "as_at"), {"due": date_text(due), "as_at": date_text(as_at)})


@record("round", label="Round", plural="Rounds", title="name", rules=(due_after_as_at,))
class Round:
    """One collection, as at one day: the baseline from the agencies, or a period's monitoring from the providers."""

    uid: str
    name: str | None = text("Round", "What it is called, for instance Baseline 2026/27.", need=Need.REQUIRED)
    as_at: date | None = day("As at", "The day the answers describe.", need=Need.REQUIRED)
    due: date | None = day("Due back", "The day by which workbooks should be back.", need=Need.REQUIRED)
    message: str | None = long_text("Message", "What the covering message says beyond the usual.")
    collects: str | None = text("Collects", "Baseline if nothing is said.", options=tuple(Collects))
    period: str | None = code("Period", "The period a monitoring round is about, for instance 2026-Q1.")
    asks: str | None = code("Asks for", "The kinds of row a baseline asks for, with spaces between; all if blank.")


@record("request", label="Request", plural="Requests", title="round", owner="agency")
class Request:
    """One agency's part of a round, or what is asked of a provider about one agreement."""

    uid: str
    round: str | None = link("Round", "The round.", target="round", need=Need.REQUIRED)
    agency: str | None = link("Agency", "Who is asked.", target="organisation", need=Need.REQUIRED)
    state: str | None = text("State", "How far it has come.", options=tuple(RequestState))
    issue: int | None = integer("Issue", "How often the workbook has been sent; it stands in the hidden sheet.")
    sent_on: date | None = day("Sent", "When the workbook was last written.")
    received_on: date | None = day("Received", "When the first return came.")
    accepted_on: date | None = day("Accepted", "When nothing was left to ask.")
    value_before: int | None = integer("Value sent", "Annual value of the rows as sent, in pence.", maximum=10**15)
    note: str | None = long_text("Note", "Why it was excused, or anything else.")
    chased_on: date | None = day("Chased", "When it was last reminded.")
    agreement: str | None = link("Agreement", "The agreement a monitoring request is about.", target="agreement")


@record("stored_file", label="Stored file", plural="Stored files", title="name")
class StoredFile:
    """A file kept inside the workspace under its fingerprint; its bytes never change."""

    uid: str
    name: str | None = text("Name", "The file's own name.", need=Need.REQUIRED)
    purpose: str | None = text("Purpose", "Why it is kept.", options=tuple(FilePurpose))
    request: str | None = link("Request", "The request it belongs to.", target="request")
    issue: int | None = integer("Issue", "The issue of the workbook it belongs to.")
    source: str | None = text("Source", "Which register it is, by the fingerprint of its headings.")
    fingerprint: str | None = code("Fingerprint", "SHA-256 of its bytes.", need=Need.REQUIRED)
    size: int | None = integer("Size", "Bytes.", maximum=10**12)
    kept_on: datetime | None = moment("Kept", "When it was taken in.")


@record("finding", label="Finding", plural="Findings", title="message", reference="rule")
class Finding:
    """Something wrong or odd in a return, kept until it is answered."""

    uid: str
    request: str | None = link("Request", "The request it came with.", target="request")
    source: str | None = text("Source", "Which register it came with, if no request.")
    rule: str | None = code("Rule", "The rule that found it.", need=Need.REQUIRED)
    grade: str | None = text("Grade", "How much it matters.", need=Need.REQUIRED)
    message: str | None = long_text("What is the matter", "In words for the agency.", need=Need.REQUIRED)
    cells: str | None = long_text("Where", "Cells of the return, with spaces between them.")
    about_kind: str | None = code("Kind", "The kind of record it is about.")
    about: str | None = code("Record", "The uid of the record it is about.")
    field: str | None = code("Field", "The field it is about.")
    value: str | None = long_text("Value", "The value it is about, as returned.")
    sent: str | None = long_text("As sent", "The value as it was sent out, for a conflict.")
    now: str | None = long_text("In the desk", "The value in the desk, for a conflict.")
    answered: bool | None = yes_no("Answered", "Yes once nobody need ask again.")
    explanation: str | None = long_text("Explanation", "What the agency said.")
