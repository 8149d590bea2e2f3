"""What of an agreement is not for publication: one item or the whole, with the paragraph that says so."""

from ctdesk.domain.definition import DEFINITIONS, Need, code, link, record, text

# The items are read off what these modules define.
from ctdesk.domain.records import agreement as _agreement
from ctdesk.domain.records import agreement_terms as _terms
from ctdesk.domain.records import agreement_watch as _watch
from ctdesk.domain.records import monitoring as _monitoring
from ctdesk.domain.records.agreement_terms import ExemptParagraph

_DEFINED = (_agreement, _terms, _watch, _monitoring)

_PARTS = (
    *("agreement_share", "extension", "variation", "requirement", "payment", "document"),
    *("risk", "action", "review", "concern", "act_rating", "agreement_measure"),
)
"""The kinds of part that may be exempt as a whole."""

_OF_PARTS = ("extension.value", "extension.end", "variation.annual_value", "variation.end")
"""The fields of parts that may be exempt by themselves."""

PARAGRAPHS = (
    "1 (about an individual)",
    "2 (who an individual is)",
    "3 (business or financial affairs)",
    "4 (talks with staff)",
    "5 (legal advice)",
    "6 (a notice or order)",
    "7 (crime)",
)
"""What each paragraph of Part 1 of Schedule 12A is about, in the order of `ExemptParagraph`."""


def _items() -> dict[str, str]:
    """Return what may be marked, each with what people call it."""
    own = {name: field.label for name, field in DEFINITIONS["agreement"].given.items()}
    parts = {kind: f"{DEFINITIONS[kind].plural}: all" for kind in _PARTS}
    pairs = (name.split(".") for name in _OF_PARTS)
    of_parts = {
        f"{kind}.{name}": f"{DEFINITIONS[kind].plural}: {DEFINITIONS[kind][name].label}" for kind, name in pairs
    }
    return {**own, **parts, **of_parts}


@record("exempt_mark", label="Exempt mark", plural="Exempt marks", title="paragraph")
class ExemptMark:
    """One item of an agreement that is not for publication, with the paragraph that says so."""

    uid: str
    agreement: str | None = link("Agreement", "The agreement it belongs to.", target="agreement", need=Need.REQUIRED)
    item: str | None = code(
        "Item",
        "What is exempt; blank for the whole agreement. What would give it away is left out with it.",
        options=tuple(_items()),
        option_words=tuple(_items().values()),
    )
    paragraph: str | None = text(
        "Paragraph",
        "Of Part 1 of Schedule 12A to the Local Government Act 1972.",
        options=tuple(ExemptParagraph),
        option_words=PARAGRAPHS,
        need=Need.REQUIRED,
    )
    reason: str | None = text("Reason", "Why the public interest is better served by not publishing it.")
