"""Sending a round out: a pre-filled workbook for each agency, the covering message and the chaser beside it."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ctdesk.domain import clock
from ctdesk.domain.changes import Action, RecordChange, updated
from ctdesk.domain.counting import counted
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.identity import row_keys
from ctdesk.domain.incoming import SentRow
from ctdesk.domain.outgoing import Remark
from ctdesk.domain.records.round import FilePurpose, RequestState
from ctdesk.returns.forms import BASELINE, MONITORING
from ctdesk.returns.workbook import RequestBook, SheetRow, write_workbook, write_workbooks
from ctdesk.services.desk import Desk
from ctdesk.services.exporting import write_text
from ctdesk.services.folders import make_folder
from ctdesk.services.monitoring_words import monitoring_chaser, monitoring_message
from ctdesk.services.outgoing import looked_through
from ctdesk.services.requests import (
    RequestView,
    agencies_named,
    form_of,
    keep_rows,
    request_view,
    requests_of,
    round_named,
)

KINDS = BASELINE.kinds
"""The kinds of record that a baseline workbook carries."""


@dataclass(frozen=True, slots=True)
class SentRequest:
    """One request that was written, and where its files are."""

    request: RequestView
    workbook: Path
    message: Path
    chaser: Path
    rows: int
    remarks: tuple[Remark, ...] = ()
    """What its workbook seems to hold of personal data, which whoever sends it should know."""


def send(
    desk: Desk,
    round_name: str,
    folder: Path,
    agencies: Sequence[str] = (),
    *,
    on_step: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[SentRequest]:
    """Write the workbooks and messages of a round into a folder, and keep every row as it was sent.

    The files are written first and recorded afterwards, so that nothing is ever recorded as sent that was not.
    `on_step` is told how many workbooks of how many are begun; what it raises stops the work, and nothing is left
    of it in the folder. Raises DeskError if the folder cannot be written or an agency was not asked.
    """
    requests = _wanted(desk, round_name, agencies)
    rows = _rows_by_agency(desk)

    def rows_of(request: RequestView) -> list[SentRow]:
        return [row for row in rows.get(request.agency_uid, []) if row.kind in form_of(request).kinds]

    return send_requests(desk, requests, rows_of, folder, on_step=on_step)


def write_to_look_at(desk: Desk, request: str, folder: Path) -> Path:
    """Write the workbook that a request would be sent, to be looked at only: nothing counts as sent.

    Raises DeskError if the folder cannot be written or the request is no more.
    """
    view = request_view(desk, request)
    if view is None:
        raise DeskError("This agency is not asked any more; choose another.")
    rows = [row for row in _rows_by_agency(desk).get(view.agency_uid, []) if row.kind in form_of(view).kinds]
    path = folder / f"To look at - {safe_name(view.called)}.xlsx"
    with _put_into(folder):
        write_workbook(request_book(desk, view, view.issue + 1, rows), path)
    return path


def send_requests(
    desk: Desk,
    requests: Sequence[RequestView],
    rows_of: Callable[[RequestView], Sequence[SentRow]],
    folder: Path,
    *,
    on_step: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[SentRequest]:
    """Write the workbooks and messages of these requests, each with its own rows, as `send` does."""
    make_folder(folder)
    files: dict[str, bytes] = {}
    sent, changes, books = [], [], []
    with _put_into(folder):
        aside = Path(tempfile.mkdtemp(prefix=".ctdesk-", dir=folder))
    for request in requests:
        own = rows_of(request)
        issue = request.issue + 1
        paths = _paths(folder, request)
        books.append((request_book(desk, request, issue, own), aside / paths[0].name))
        sent.append(SentRequest(request, *paths, rows=len(own)))
        changes += _recorded(request, issue, own, files)
    try:
        write_workbooks(_step_by_step(books, on_step))
        sent = [_looked_through(desk, item, aside, rows_of) for item in sent]
        sent = [_with_messages(desk, item, aside) for item in sent]
        with _put_into(folder):
            for path in aside.iterdir():
                path.replace(folder / path.name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    to = counted(len(sent), "provider") if requests[0].period else counted(len(sent), "agency", "agencies")
    desk.apply(Action.SEND, f"Send {requests[0].round} to {to}", changes, files=files)
    return sent


def _with_messages(desk: Desk, item: SentRequest, aside: Path) -> SentRequest:
    """Write what goes with a workbook, and note what it gives away."""
    said = [
        *write_text(aside / item.message.name, covering_message(desk, item.request, item.rows)),
        *write_text(aside / item.chaser.name, chaser(desk, item.request)),
    ]
    return replace(item, remarks=(*item.remarks, *said))


@contextmanager
def _put_into(folder: Path) -> Iterator[None]:
    """Say in a sentence that a folder does not take what is put into it."""
    try:
        yield
    except OSError as fault:
        raise DeskError(
            f"The folder {folder} did not take every file ({fault.strerror}), so nothing counts as sent: make room or"
            " close what is open there, and send again."
        ) from fault


def _looked_through(
    desk: Desk, item: SentRequest, aside: Path, rows_of: Callable[[RequestView], Sequence[SentRow]]
) -> SentRequest:
    own = [row.key for row in rows_of(item.request)]
    workbook = aside / item.workbook.name
    return replace(item, remarks=looked_through(desk, workbook, own, named=item.workbook))


def _step_by_step(
    books: list[tuple[RequestBook, Path]], on_step: Callable[[int, int], None]
) -> Iterator[tuple[RequestBook, Path]]:
    for done, book in enumerate(books):
        on_step(done, len(books))
        yield book


def _wanted(desk: Desk, round_name: str, agencies: Sequence[str]) -> list[RequestView]:
    requests = requests_of(desk, round_named(desk, round_name))
    if not agencies:
        return [request for request in requests if request.state is not RequestState.EXCUSED]
    wanted = agencies_named(desk, agencies)
    asked = {request.agency_uid: request for request in requests}
    for uid in wanted:
        if uid not in asked:
            raise DeskError(f"{desk.names['organisation'].name(uid)} was not asked in {round_name}.")
    return [asked[uid] for uid in wanted]


def _rows_by_agency(desk: Desk) -> dict[str, list[SentRow]]:
    """Return every agency's own rows, each with its key, in the order in which they stand in the workbook."""
    activities = desk.load("activity")
    records = {"activity": activities, "post": desk.load("post"), "funding_line": desk.load("funding_line")}
    keys = row_keys([uid for kind in KINDS for uid in records[kind]])
    rows: dict[str, list[SentRow]] = {}
    for kind in KINDS:
        for uid, values in sorted(records[kind].items(), key=lambda item: _order(kind, item[1], activities)):
            line_of = activities.get(str(values.get("activity")), {}) if kind == "funding_line" else values
            agency = str(line_of.get("agency") or "")
            filled = {name: value for name, value in values.items() if value is not None and value != ()}
            rows.setdefault(agency, []).append(SentRow(kind, uid, keys[uid], filled))
    return rows


def _order(
    kind: str, values: Mapping[str, Value], activities: Mapping[str, Mapping[str, Value]]
) -> tuple[str, str, str]:
    if kind == "funding_line":
        activity = activities.get(str(values.get("activity")), {})
        return str(activity.get("reference") or ""), str(values.get("year") or ""), str(values.get("source") or "")
    return str(values.get("reference") or ""), str(values.get("title") or ""), ""


def request_book(desk: Desk, request: RequestView, issue: int, rows: Sequence[SentRow]) -> RequestBook:
    """Return everything a request's workbook is made of."""
    if request.period:
        return monitoring_book(desk, request, issue, rows)
    return _book(desk, request, issue, rows)


def monitoring_book(desk: Desk, request: RequestView, issue: int, rows: Sequence[SentRow]) -> RequestBook:
    """Return everything a monitoring workbook is made of: the baseline's words, its own form, and what came before."""
    from ctdesk.services.monitoring_past import asked_period, shown_before

    agreement = desk.load_some("agreement", [request.agreement_uid]).get(request.agreement_uid, {})
    title, period = str(agreement.get("title") or ""), asked_period(rows, request)
    own = title if title == request.agreement else f"{request.agreement}: {title}"
    shown = shown_before(desk, rows, period)
    book = _book(desk, request, issue, ())
    return replace(
        book,
        form=MONITORING,
        about=f"Agreement {own} · {period.span}",
        period=period.code,
        rows={
            kind: [SheetRow(r.uid, r.key, r.values, shown=shown.get(r.uid, {})) for r in rows if r.kind == kind]
            for kind in MONITORING.kinds
        },
    )


def _book(desk: Desk, request: RequestView, issue: int, rows: Sequence[SentRow]) -> RequestBook:
    providers = desk.load("organisation", is_provider=True).values()
    return RequestBook(
        trust=desk.setting("name"),
        round=request.round,
        as_at=request.as_at,
        due=request.due,
        agency=request.agency,
        round_uid=request.round_uid,
        agency_uid=request.agency_uid,
        request_uid=request.uid,
        issue=issue,
        reply_to=desk.setting("reply_to"),
        team=desk.setting("team"),
        rows={kind: [SheetRow(r.uid, r.key, r.values, {}) for r in rows if r.kind == kind] for kind in KINDS},
        form=form_of(request),
        lists=desk.lists,
        names=desk.names,
        providers=sorted((str(values["name"]) for values in providers), key=str.casefold),
    )


def _recorded(request: RequestView, issue: int, rows: Sequence[SentRow], files: dict[str, bytes]) -> list[RecordChange]:
    """Return the keeping of what was sent and the request's new state."""
    total = sum(v for row in rows if row.kind == "activity" and isinstance(v := row.values.get("annual_value"), int))
    after: dict[str, Value] = {
        "state": RequestState.SENT.value if request.issue == 0 else request.state.value,
        "issue": issue,
        "sent_on": clock.today(),
        "value_before": total,
    }
    kept = keep_rows(rows, FilePurpose.SENT_ROWS, files, request=request.uid, issue=issue)
    moved = updated("request", request.uid, request.values, after)
    return [kept, moved] if moved is not None else [kept]


def _paths(folder: Path, request: RequestView) -> tuple[Path, Path, Path]:
    stem = safe_name(request.called)
    return folder / f"{stem}.xlsx", folder / f"{stem} - message.txt", chaser_path(folder, request)


def chaser_path(folder: Path, request: RequestView) -> Path:
    """Return where the reminder of a request is written."""
    return folder / f"{safe_name(request.called)} - chaser.txt"


def safe_name(text: str) -> str:
    """Return a text as a file name that every system takes: no separators, no odd ends, not too long."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", text).strip(" .")[:120] or "unnamed"


def _greeting(desk: Desk, request: RequestView) -> str:
    contacts = desk.load("contact", agency=request.agency_uid).values()
    chosen = next((c for c in contacts if c.get("for_returns")), None)
    to = str(chosen.get("email") or "") if chosen else ""
    return f"To: {to or request.agency}\n"


def covering_message(desk: Desk, request: RequestView, rows: int) -> str:
    """Return the covering message that goes with a workbook of so many rows."""
    if request.period:
        return monitoring_message(desk, request, _greeting(desk, request))
    extra = desk.load("round")[request.round_uid].get("message")
    reply = desk.setting("reply_to")
    lines = [
        _greeting(desk, request) + f"Subject: {request.round}: what {request.agency} commissions\n",
        (
            f"Attached is the workbook of {request.agency} for {request.round}, as at {date_text(request.as_at)}; "
            f"it already holds the {counted(rows, 'row')} we know of."
        ),
        (
            "Please look at every row, change what has changed, fill the yellow cells and add what is new. "
            "The first sheet counts what is still missing and tells you when you have finished. "
            "The file has no macros and no links."
        ),
        f"Please send it back by {date_text(request.due)}" + (f" to {reply}." if reply else "."),
        *([str(extra)] if extra else []),
        desk.setting("team"),
    ]
    return "\n\n".join(lines) + "\n"


def chaser(desk: Desk, request: RequestView) -> str:
    """Return the reminder to send if the workbook has not come back."""
    if request.period:
        return monitoring_chaser(desk, request, _greeting(desk, request))
    reply = desk.setting("reply_to")
    lines = [
        _greeting(desk, request) + f"Subject: Reminder: {request.round} from {request.agency}\n",
        (
            f"We have not had the workbook of {request.agency} for {request.round} yet; it was due by "
            f"{date_text(request.due)}."
        ),
        (
            "If something stands in the way, or only part of it can be filled, send what you have and say so: "
            "a part is better than nothing, and figures we must estimate are marked as estimates before the board."
        ),
        *([f"Please reply to {reply}."] if reply else []),
        desk.setting("team"),
    ]
    return "\n\n".join(lines) + "\n"
