"""Whose return a workbook is: by its hidden sheet, so far as the workspace agrees, or else by its row keys."""

from collections.abc import Iterable, Mapping
from datetime import date

from ctdesk.domain.definition import Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.incoming import SentRow, Suggestions
from ctdesk.domain.names import NameIndex
from ctdesk.domain.values import ValueReader
from ctdesk.returns.forms import FORMS, form_called
from ctdesk.returns.parsing import CellParser, parse_table
from ctdesk.returns.recognition import Recognition
from ctdesk.returns.sheets import Book
from ctdesk.returns.tables import find_tables
from ctdesk.services.desk import Desk
from ctdesk.services.new_names import NewNames
from ctdesk.services.requests import RequestView, base_rows, request_view


def whose(desk: Desk, book: Book, recognition: Recognition) -> RequestView:
    """Return the request a workbook answers; DeskError if it answers none of this workspace's."""
    name = book.path.name
    if recognition.is_ours:
        form_called(recognition.form_version, name)
        request = request_view(desk, recognition.request_uid)
        if request is None:
            of = f" ({recognition.round}, {recognition.agency})" if recognition.round else ""
            raise DeskError(
                f"{name} belongs to a round that is not in this workspace{of}; open the workspace it was sent from."
            )
    else:
        request = _by_keys(desk, book)
    if recognition.agency_uid not in {"", request.agency_uid}:
        raise DeskError(
            f"{name} says it is from {recognition.agency or 'another agency'}, but its request was sent to "
            f"{request.agency}; ask who filled it in."
        )
    return _newest(desk, name, request)


def _newest(desk: Desk, name: str, request: RequestView) -> RequestView:
    """Refuse the workbook of an earlier round once a later one has been sent to the same agency.

    A late return of monitoring is taken: each period has results of its own.
    """
    if request.agreement_uid:
        return request
    rounds = desk.load("round")
    for uid, values in desk.load("request", agency=request.agency_uid, agreement=None).items():
        later = rounds[str(values["round"])]
        as_at = later["as_at"]
        if uid != request.uid and isinstance(as_at, date) and as_at > request.as_at and values.get("sent_on"):
            raise DeskError(
                f"{name} belongs to {request.round}, but {request.agency} has since been sent {later['name']}; "
                "ask for that one."
            )
    return request


def _by_keys(desk: Desk, book: Book) -> RequestView:
    """Find the request by the row keys, where the hidden sheet is gone."""
    layouts = (form.layouts(desk.lists, "") for form in FORMS.values())
    tables = [table for layout in layouts for table in find_tables(book, layout)[0]]
    keys = {row.key for table in tables for row in parse_table(table, _keys_only(desk)) if row.key}
    best: tuple[int, str] = (0, "")
    for uid, values in desk.load("request").items():
        issue = values.get("issue")
        rows = base_rows(desk, uid, issue) if isinstance(issue, int) and issue else None
        best = max(best, (len(keys & {row.key for row in rows or ()}), uid))
    found = request_view(desk, best[1]) if best[0] else None
    if found is None:
        raise DeskError(
            f"{book.path.name} is not a workbook of this desk: it has neither the hidden sheet nor row keys; "
            "if it is a register to take over, use adopt."
        )
    return found


def _keys_only(desk: Desk) -> CellParser:
    names = own_names(desk, {})
    return CellParser(ValueReader(desk.lists, names), NewNames(names, None, Suggestions.HOLD).resolve)


def own_names(desk: Desk, activities: Mapping[str, Values], sent: Iterable[SentRow] = ()) -> dict[str, NameIndex]:
    """Return the desk's names to add to, with only this agency's activities by their references, now and as *sent*."""
    was = {row.uid: (str(row.values["reference"]),) for row in sent if row.values.get("reference")}
    own = NameIndex((uid, str(values.get("reference") or ""), was.get(uid, ())) for uid, values in activities.items())
    return {kind: index.copy() for kind, index in desk.names.items()} | {"activity": own}
