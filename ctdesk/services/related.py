"""What belongs together: the records around one record, for showing below its form."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ctdesk.db import links
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS, Value, Values
from ctdesk.services.desk import Desk
from ctdesk.services.kept_findings import open_findings
from ctdesk.services.list_words import members
from ctdesk.services.naming import called, title_of
from ctdesk.services.requests import base_rows, request_view

_WORDS = {
    ("activity", "agency"): "Activities it commissions",
    ("activity", "provider"): "Activities it delivers",
    ("activity", "team"): "Activities of this team",
    ("post", "agency"): "Posts that commission for it",
    ("post", "employer"): "Posts it employs",
    ("post", "team"): "Posts of this team",
    ("request", "agency"): "Rounds it was asked in",
    ("request", "round"): "Agencies asked",
}
"""How a group of linking records is headed, where its kind alone does not say enough."""

_VALUE = {"activity": "annual_value", "funding_line": "amount", "post": "annual_cost"}
"""The sum that each kind carries."""


@dataclass(frozen=True, slots=True)
class RelatedLine:
    """One related record: what it is called, a few words more, and its sum in pence if it carries one."""

    kind: str
    uid: str
    reference: str
    title: str
    detail: str = ""
    value: int | None = None


@dataclass(frozen=True, slots=True)
class RelatedGroup:
    """Related records under one heading, with the total of their sums in pence."""

    heading: str
    lines: tuple[RelatedLine, ...]

    @property
    def total(self) -> int | None:
        """Return the total of the sums; None if none of them carries one."""
        sums = [line.value for line in self.lines if line.value is not None]
        return sum(sums) if sums else None


def related(desk: Desk, kind: str, uid: str) -> list[RelatedGroup]:
    """Return the records around one: what links to it, what else its provider does, its returns, what it names."""
    values = desk.load_some(kind, [uid]).get(uid, {})
    linking = _linking(desk, kind, uid)
    groups = [_group(desk, of, field, uids) for (of, field), uids in linking.items()]
    if kind == "activity":
        groups.append(_same_provider(desk, uid, values))
        groups.append(_agreements_of_provider(desk, values, linking.get(("agreement", "activities"), ())))
    if kind in {"activity", "post"}:
        groups.append(_returns(desk, uid, values))
    groups += [_questions(desk, uid), _named(desk, kind, values)]
    return [group for group in groups if group.lines]


def _linking(desk: Desk, kind: str, uid: str) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    with desk.workspace.reading() as driver:
        for link in links.linking(driver, kind, [uid]):
            if link.kind != "finding":
                found[link.kind, link.field].append(link.uid)
    return found


def _group(desk: Desk, kind: str, field: str, uids: Iterable[str]) -> RelatedGroup:
    heading = _WORDS.get((kind, field), DEFINITIONS[kind].plural)
    return RelatedGroup(heading, _lines(desk, kind, desk.load_some(kind, uids)))


def _lines(desk: Desk, kind: str, records: Mapping[str, Values]) -> tuple[RelatedLine, ...]:
    lines = [_line(desk, kind, uid, values) for uid, values in records.items()]
    return tuple(sorted(lines, key=lambda line: (line.reference, line.title.casefold())))


def _line(desk: Desk, kind: str, uid: str, values: Values) -> RelatedLine:
    definition = DEFINITIONS[kind]
    reference = called(desk, kind, values) if definition.reference != definition.title else ""
    value = values.get(_VALUE.get(kind, ""))
    return RelatedLine(
        kind,
        uid,
        reference,
        title_of(desk, kind, values),
        _detail(kind, values),
        value if isinstance(value, int) else None,
    )


def _detail(kind: str, values: Values) -> str:
    """Return the few words that tell how a record stands."""
    end = values.get("end")
    if isinstance(end, date):
        return f"to {date_text(end)}"
    if kind == "request":
        return str(values.get("state") or "")
    return "open-ended" if values.get("open_ended") else ""


def _same_provider(desk: Desk, uid: str, values: Values) -> RelatedGroup:
    provider = values.get("provider")
    others: dict[str, dict[str, Value]] = desk.load("activity", provider=provider) if provider else {}
    others.pop(uid, None)
    name = desk.names["organisation"].name(str(provider))
    return RelatedGroup(f"Also delivered by {name}", _lines(desk, "activity", others))


def _agreements_of_provider(desk: Desk, values: Values, shown: Iterable[str]) -> RelatedGroup:
    """Return what else is agreed with the provider: agreements that do not name this activity."""
    provider, known = values.get("provider"), set(shown)
    held: dict[str, dict[str, Value]] = desk.load("agreement", provider=provider) if provider else {}
    others = {uid: it for uid, it in held.items() if uid not in known}
    name = desk.names["organisation"].name(str(provider))
    return RelatedGroup(f"Other agreements with {name}", _lines(desk, "agreement", others))


def _named(desk: Desk, kind: str, values: Values) -> RelatedGroup:
    """Return the records that the record itself links to, each with what it is to it."""
    lines = []
    for field in DEFINITIONS[kind].fields:
        if field.target is not None:
            uids = [str(uid) for uid in members(values.get(field.name))]
            named = desk.load_some(field.target, uids)
            lines += [
                replace(_line(desk, field.target, uid, it), detail=field.label, value=None) for uid, it in named.items()
            ]
    return RelatedGroup("Named in it", tuple(lines))


def _returns(desk: Desk, uid: str, values: Values) -> RelatedGroup:
    """Return the requests of its agency whose workbook it travelled in."""
    agency = values.get("agency")
    lines = []
    for request in desk.load("request", agency=agency) if agency else ():
        view = request_view(desk, request)
        rows = base_rows(desk, request, view.issue) if view is not None and view.issue else None
        if view is not None and any(row.uid == uid for row in rows or ()):
            came = view.values.get("received_on")
            words = f"returned {date_text(came)}" if isinstance(came, date) else "not returned yet"
            lines.append(RelatedLine("request", request, "", view.round, words))
    return RelatedGroup("Workbooks it travelled in", tuple(lines))


def _questions(desk: Desk, uid: str) -> RelatedGroup:
    kept = open_findings(desk, about=uid)
    lines = (
        RelatedLine("finding", it, "", str(values["message"]), str(values["grade"])) for it, values in kept.items()
    )
    return RelatedGroup("Questions open", tuple(lines))
