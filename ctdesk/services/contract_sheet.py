"""One agreement with everything that belongs to it, in values and in words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from ctdesk.domain.contract_lines import ContractSheet, PartLine
from ctdesk.domain.dates import financial_year
from ctdesk.domain.definition import DEFINITIONS, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.held import day_in, number_in
from ctdesk.services.contracts import register
from ctdesk.services.desk import Desk
from ctdesk.services.records import record

PART_KINDS = (
    "extension",
    "variation",
    "agreement_share",
    "requirement",
    "payment",
    "risk",
    "action",
    "review",
    "concern",
    "document",
    "exempt_mark",
    "act_rating",
    "agreement_measure",
)
"""The kinds of record that belong to an agreement, in the order in which they are shown."""

_ORDER = {
    "extension": "number",
    "variation": "from_date",
    "payment": "due",
    "requirement": "expires",
    "risk": "title",
    "action": "due",
    "review": "held_on",
    "concern": "raised_on",
    "document": "dated",
    "act_rating": "given_on",
}
"""The field by which each kind is put in order."""


def contract_sheet(desk: Desk, uid: str, on: date) -> ContractSheet:
    """Return everything the desk holds of one agreement, as on a day; DeskError if there is no such agreement."""
    found = register(desk, on, [uid])
    if not found:
        raise DeskError("The agreement is not there any more; it may have been deleted or taken back.")
    line, year = found[0], financial_year(on)
    parts = {kind: parts_in_words(desk, kind, uid) for kind in PART_KINDS}
    payments = [it.values for it in parts["payment"]]
    this_year = [it for it in payments if (due := day_in(it, "due")) and financial_year(due) == year]
    definition = DEFINITIONS["agreement"]
    return ContractSheet(
        line=line,
        words={field.name: desk.show(field, line.values.get(field.name)) for field in definition.fields},
        parts=parts,
        year=year,
        paid=_sum(this_year, "paid"),
        profile=_sum((it for it in this_year if (day_in(it, "due") or date.max) <= on), "profile"),
        profile_year=_sum(this_year, "profile"),
    )


def parts_in_words(desk: Desk, kind: str, agreement: str) -> tuple[PartLine, ...]:
    """Return an agreement’s records of one kind in their order."""
    definition, order = DEFINITIONS[kind], _ORDER.get(kind)
    records = desk.load(kind, agreement=agreement)
    more = _MORE_WORDS.get(kind, _none)
    lines = [
        PartLine(
            kind,
            uid,
            values,
            {f.name: desk.show(f, values.get(f.name)) for f in definition.fields} | more(desk, values),
        )
        for uid, values in records.items()
    ]
    return tuple(sorted(lines, key=lambda line: _place(line.values, order)) if order else lines)


def _none(_desk: Desk, _values: Values) -> dict[str, str]:
    return {}


def _kept_as(desk: Desk, document: Values) -> dict[str, str]:
    """Return how a document is kept: the file’s name and the beginning of its fingerprint."""
    if not document.get("file"):
        return {}
    stored = record(desk, "stored_file", str(document["file"]))
    return {"file": f"{stored['name']}, {str(stored['fingerprint'])[:12]}…"}


def _whole_marked(_desk: Desk, mark: Values) -> dict[str, str]:
    return {} if mark.get("item") else {"item": "The whole agreement"}


_MORE_WORDS: Mapping[str, Callable[[Desk, Values], dict[str, str]]] = {
    "document": _kept_as,
    "exempt_mark": _whole_marked,
}
"""What is said of a part in other words than those of its field."""


def _place(values: Values, field: str) -> tuple[bool, str]:
    """Return a key that puts blanks last; numbers and dates sort as texts of one width."""
    value = values.get(field)
    return value is None, f"{value:09}" if isinstance(value, int) else str(value)


def _sum(payments: Iterable[Values], name: str) -> int:
    return sum(number_in(it, name) or 0 for it in payments)
