"""Every kind of record the desk keeps, one file a subject; importing this fills `DEFINITIONS`."""

from ctdesk.domain.definition import DEFINITIONS, RecordDefinition
from ctdesk.domain.records.activity import Activity
from ctdesk.domain.records.funding_line import FundingLine
from ctdesk.domain.records.organisation import Contact, Organisation, Team
from ctdesk.domain.records.post import Post
from ctdesk.domain.records.round import Finding, Request, Round, StoredFile
from ctdesk.domain.records.workspace import ListEntry, Note, SavedView, Setting

__all__ = [
    "DEFINITIONS",
    "Activity",
    "Contact",
    "Finding",
    "FundingLine",
    "ListEntry",
    "Note",
    "Organisation",
    "Post",
    "RecordDefinition",
    "Request",
    "Round",
    "SavedView",
    "Setting",
    "StoredFile",
    "Team",
]
