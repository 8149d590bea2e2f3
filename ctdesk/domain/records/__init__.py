"""Every kind of record the desk keeps, one file a subject; importing this fills `DEFINITIONS`."""

from ctdesk.domain.definition import DEFINITIONS, RecordDefinition
from ctdesk.domain.records.activity import Activity
from ctdesk.domain.records.agreement import Agreement, AgreementShare
from ctdesk.domain.records.agreement_terms import Document, Extension, Payment, Requirement, Variation
from ctdesk.domain.records.agreement_watch import (
    ActionPoint,
    BoardMeeting,
    Concern,
    ProcurementRating,
    Review,
    Risk,
    Weakness,
)
from ctdesk.domain.records.exempt import ExemptMark
from ctdesk.domain.records.funding_line import FundingLine
from ctdesk.domain.records.mapping import Mark, Population, Scenario, StatedNeed, Weight
from ctdesk.domain.records.monitoring import (
    AgreementMeasure,
    Measure,
    MeasureResult,
    MeasureTarget,
    PeriodCount,
    PeriodMoney,
)
from ctdesk.domain.records.organisation import Contact, Organisation, Team
from ctdesk.domain.records.pack import Pack, PackItem
from ctdesk.domain.records.post import Post
from ctdesk.domain.records.round import Finding, Request, Round, StoredFile
from ctdesk.domain.records.workspace import ListEntry, Note, SavedView, Setting

__all__ = [
    "DEFINITIONS",
    "ActionPoint",
    "Activity",
    "Agreement",
    "AgreementMeasure",
    "AgreementShare",
    "BoardMeeting",
    "Concern",
    "Contact",
    "Document",
    "ExemptMark",
    "Extension",
    "Finding",
    "FundingLine",
    "ListEntry",
    "Mark",
    "Measure",
    "MeasureResult",
    "MeasureTarget",
    "Note",
    "Organisation",
    "Pack",
    "PackItem",
    "Payment",
    "PeriodCount",
    "PeriodMoney",
    "Population",
    "Post",
    "ProcurementRating",
    "RecordDefinition",
    "Request",
    "Requirement",
    "Review",
    "Risk",
    "Round",
    "SavedView",
    "Scenario",
    "Setting",
    "StatedNeed",
    "StoredFile",
    "Team",
    "Variation",
    "Weakness",
    "Weight",
]
