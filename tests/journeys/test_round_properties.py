"""Whatever stands in the records and whatever both sides alter: nothing is lost silently, all of it can be undone."""

import itertools
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from ctdesk.db.history import changes_of
from ctdesk.domain.changes import Action, created, updated
from ctdesk.domain.checks import check_record
from ctdesk.domain.definition import DEFINITIONS, Value
from ctdesk.domain.findings import RULES, Grade
from ctdesk.domain.incoming import StillYours
from ctdesk.domain.outgoing import Remark
from ctdesk.domain.reading import Unreadable
from ctdesk.domain.review import RowOutcome
from ctdesk.domain.review_policy import Resolve
from ctdesk.domain.values import CLEAR, UnknownName, same
from ctdesk.returns.layout import Role
from ctdesk.returns.reader import read_book
from ctdesk.returns.sheets import Book
from ctdesk.returns.workbook import RequestBook, write_workbooks
from ctdesk.services.creating import create_workspace
from ctdesk.services.desk import Desk, at_desk
from ctdesk.services.outgoing import looked_through
from ctdesk.services.past import past, undo
from ctdesk.services.receipt import Receipt
from ctdesk.services.receiving import Return, Wishes, receive
from ctdesk.services.rounds import start_round
from ctdesk.services.sending import send
from ctdesk.services.upkeep import check_workspace
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from tests.journeys.random_rounds import KINDS, PROVIDERS, AgencyPlan, Model, ModelRow, Plan, plans, through_file
from tests.journeys.rounds import FIRST_ROW, SmallRound, columns, put

AGENCY = "Weir Borough Council"
State = dict[str, dict[str, dict[str, Value]]]


@dataclass(frozen=True)
class Borough:
    """A workspace with one agency and some providers, to be copied for each example."""

    folder: Path
    organisations: list[str]
    teams: list[str]
    plans: st.SearchStrategy[Plan]

    def fresh(self) -> Path:
        """Return a copy, in the place of the last one."""
        path = self.folder / "now.ctdesk"
        shutil.copyfile(self.folder / "before.ctdesk", path)
        return path


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Borough:
    folder = tmp_path_factory.mktemp("borough")
    with create_workspace(folder / "before.ctdesk", name="Weir") as workspace:
        desk = Desk(workspace, "tester")
        council = created("organisation", {"name": AGENCY, "is_agency": True})
        others = [created("organisation", {"name": name, "is_provider": True}) for name in PROVIDERS]
        team = created("team", {"name": "Joint team", "agency": council.uid})
        desk.apply(Action.EDIT, "Who there is", [council, *others, team])
        uids = [council.uid, *(other.uid for other in others)]
        links = {"organisation": uids, "team": [team.uid]}
        return Borough(folder, uids, [team.uid], plans(desk.lists, links))


QUICK = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False)
LONG = settings(QUICK, max_examples=int(os.environ.get("CTDESK_EXAMPLES", "300")))


@settings(QUICK)
@given(data=st.data())
def test_rounds_lose_nothing(borough: Borough, data: st.DataObject) -> None:
    _run(borough, data.draw(borough.plans))


@pytest.mark.slow
@settings(LONG)
@given(data=st.data())
def test_many_rounds_lose_nothing(borough: Borough, data: st.DataObject) -> None:
    _run(borough, data.draw(borough.plans))


@settings(QUICK, max_examples=3)
@given(data=st.data(), form=st.sampled_from(["xlsx", "ods"]))
def test_rounds_of_real_files_lose_nothing(borough: Borough, data: st.DataObject, form: str) -> None:
    _run(borough, data.draw(borough.plans), form)


@pytest.mark.slow
@settings(LONG, max_examples=LONG.max_examples // 10)
@given(data=st.data(), form=st.sampled_from(["xlsx", "ods"]))
def test_many_rounds_of_real_files_lose_nothing(borough: Borough, data: st.DataObject, form: str) -> None:
    _run(borough, data.draw(borough.plans), form)


def _run(borough: Borough, plan: Plan, form: str = "") -> None:
    """Play one round and look at what came of it from every side; through real files if a form of file is named."""
    with at_desk(borough.fresh()) as desk:
        uids = _make_known(desk, borough, plan)
        model = _sent(desk, borough, through_file=bool(form))
        _agency_fills(model, plan)
        told = _desk_edits(desk, plan, uids)
        book = model.book(borough.folder / "returned.xlsx")
        book = through_file(book, borough.folder / f"returned.{form}") if form else book
        played = _Played(desk, model, plan, told, book)
        played.receive()
        played.counts_add_up()
        played.no_cell_is_lost()
        played.the_desk_is_kept()
        played.nothing_else_moved()
        played.nothing_wrong_went_in()
        played.again_changes_nothing()
        played.undo_restores()
        assert check_workspace(desk) == []


def _make_known(desk: Desk, borough: Borough, plan: Plan) -> dict[str, list[str]]:
    """Put the plan's records into the workspace and return their uids by kind."""
    uids: dict[str, list[str]] = {}
    changes = []
    for kind in KINDS:
        uids[kind] = []
        for known in plan.known[kind]:
            values = dict(known)
            if kind != "funding_line":
                values["agency"] = borough.organisations[0]
            else:
                values["activity"] = uids["activity"][int(values["activity"].split()[1])]
            change = created(kind, values)
            uids[kind].append(change.uid)
            changes.append(change)
    if changes:
        desk.apply(Action.EDIT, "What was known", changes)
    return uids


def _sent(desk: Desk, borough: Borough, *, through_file: bool) -> Model:
    """Start a round and send it; unless it is to be a file, the workbook stays in memory."""
    books: list[RequestBook] = []

    def write(made: Iterable[tuple[RequestBook, Path]]) -> None:
        pairs = list(made)
        books.extend(book for book, _ in pairs)
        if through_file:
            write_workbooks(pairs)

    def look(*about: Any, **named: Any) -> tuple[Remark, ...]:
        return looked_through(*about, **named) if through_file else ()

    start_round(desk, "Baseline", date(2026, 3, 31), date(2026, 6, 30))
    sending = "ctdesk.services.sending"
    with patch(f"{sending}.write_workbooks", write), patch(f"{sending}.looked_through", look):
        sent = send(desk, "Baseline", borough.folder / "sent")
    model = Model.of(books[0])
    if through_file:
        model.stands_in(read_book(sent[0].workbook))
    return model


def _agency_fills(model: Model, plan: Plan) -> None:
    for kind in KINDS:
        rows, doing = model.rows[kind], plan.agency[kind]
        for which, at, typed in doing.edits:
            _type(model, kind, rows[which], at, typed)
        rows += _copies(rows, doing)
        for cells in doing.added:
            row = ModelRow(None, [None] * len(model.layout(kind).columns))
            rows.append(row)
            for at, typed in cells.items():
                _type(model, kind, row, at, typed)
        for which in doing.deleted:
            rows[which].cells = [None] * len(rows[which].cells)
            rows[which].edited.clear()
        model.rows[kind] = next(itertools.islice(itertools.permutations(rows), doing.order, None), tuple(rows))  # type: ignore[assignment]
        model.rows[kind] = list(model.rows[kind])


def _copies(rows: list[ModelRow], doing: AgencyPlan) -> list[ModelRow]:
    """Rows copied with all their cells, the key too, as people do to save typing."""
    return [ModelRow(None, list(rows[which].cells)) for which in doing.copied]


def _type(model: Model, kind: str, row: ModelRow, at: int, typed: Any) -> None:
    item = model.layout(kind).columns[at].field
    if isinstance(typed, tuple):
        assert item is not None
        typed = model.cell_of(item, typed[1])
    row.cells[at] = typed
    row.edited.add(at)


def _desk_edits(desk: Desk, plan: Plan, uids: Mapping[str, list[str]]) -> dict[tuple[str, str, str], Value]:
    """Let the desk be told other things meanwhile; return what it then held."""
    told: dict[tuple[str, str, str], Value] = {}
    for kind, which, name, value in plan.desk:
        uid = uids[kind][which]
        before = desk.load(kind)[uid]
        change = updated(kind, uid, before, {name: value})
        if change is not None:
            desk.apply(Action.EDIT, "Told by telephone", [change])
            told[kind, uid, name] = value
    return told


def _state(desk: Desk) -> State:
    return {kind: desk.load(kind) for kind in DEFINITIONS}


class _Played:
    """One round as it was played, before and after the return was taken in."""

    def __init__(
        self, desk: Desk, model: Model, plan: Plan, told: Mapping[tuple[str, str, str], Value], book: Book
    ) -> None:
        self.desk, self.model, self.plan, self.told = desk, model, plan, told
        self.book = book
        self.before = _state(desk)
        self.receipt: Receipt
        self.returned: Return

    def receive(self) -> None:
        self.receipt, self.returned = self._take_in()
        self.after = _state(self.desk)
        self.steps = len(past(self.desk))
        for finding in self.receipt.findings:
            note(f"{finding.rule} {finding.cells}: {finding.message}")

    def _take_in(self) -> tuple[Receipt, Return]:
        with patch("ctdesk.services.receiving.read_book", lambda *_, **__: self.book):
            return receive(self.desk, self.book.path, Wishes(apply=True, conflicts=self.plan.resolve))

    def counts_add_up(self) -> None:
        for kind in KINDS:
            counts = self.receipt.counts(kind)
            filled = sum(row.filled(self.model.layout(kind)) for row in self.model.rows[kind])
            missing = counts.pop("missing")
            assert counts.pop("read") == filled == sum(counts.values())
            back = {outcome.uid for outcome in self.returned.reviews[kind].outcomes}
            assert missing == len(set(self._sent_uids(kind)) - back)

    def _sent_uids(self, kind: str) -> list[str]:
        return [row.uid for row in self.model.request.rows[kind]]

    def _outcomes(self) -> Iterator[tuple[str, ModelRow, Any]]:
        for kind in KINDS:
            outcomes = {outcome.row.number: outcome for outcome in self.returned.reviews[kind].outcomes}
            for row in self.model.rows[kind]:
                if row.filled(self.model.layout(kind)):
                    yield kind, row, outcomes[row.number]

    def no_cell_is_lost(self) -> None:
        """Every cell typed is in the desk, was so already, waits as a conflict, or is named by a finding."""
        for kind, row, outcome in self._outcomes():
            at = row.edited if row.uid else {n for n, cell in enumerate(row.cells) if cell is not None}
            for column in at:
                assert self._accounted(kind, row, outcome, column), (
                    self.model.place(kind, row, column),
                    self.model.layout(kind).columns[column].heading,
                    row.cells[column],
                )

    def _accounted(self, kind: str, row: ModelRow, outcome: Any, at: int) -> bool:
        column, cell = self.model.layout(kind).columns[at], row.cells[at]
        if self._named(kind, row, outcome, at):
            return True
        if column.role is Role.STILL_YOURS:
            return self._answer_heard(kind, outcome, cell)
        if column.field is None or cell is None or not str(cell).strip():
            return True  # left blank: an agency that does not know
        name = column.field.name
        now = self.after[kind].get(outcome.uid, {}).get(name)
        if name in _conflicting(outcome):
            return True
        if column.role is Role.STEP:
            return outcome.sent.get(name) == outcome.row.values.get(name) or self._cross_heard(
                column.entry, cell, now, row, kind
            )
        value = self._read(column.field, cell)
        sent = outcome.sent.get(name)
        return same(column.field, value, now) or same(column.field, value or None, sent or None)

    def _read(self, item: Any, cell: Any) -> Value:
        if isinstance(cell, str) and cell.strip().casefold() == CLEAR:
            return () if item.several else None
        reader = self.desk.reader
        reader.names = {**self.desk.names, "activity": self.returned.names["activity"]}
        try:
            return reader.read(item, cell)
        except UnknownName as unknown:
            return f"unknown {unknown.text}"
        except Unreadable as fault:
            return f"unreadable {fault}"

    def _named(self, kind: str, row: ModelRow, outcome: Any, at: int) -> bool:
        named = {cell for finding in self.receipt.findings for cell in finding.cells}
        held = outcome.row.held or any(finding.whole_row for finding in outcome.findings)
        return self.model.place(kind, row, at) in named or (held and bool(outcome.findings))

    def _answer_heard(self, kind: str, outcome: Any, cell: Any) -> bool:
        answer = {None: StillYours.UNSAID, "Yes": StillYours.YES, "Ended": StillYours.ENDED}.get(
            cell, StillYours.NOT_OURS
        )
        return outcome.row.answer is answer and answer is not StillYours.NOT_OURS

    def _cross_heard(self, entry: str | None, cell: Any, now: Value, row: ModelRow, kind: str) -> bool:
        steps = [n for n, column in enumerate(self.model.layout(kind).columns) if column.role is Role.STEP]
        crossed = any(row.cells[n] == "x" for n in steps)
        if cell == "x":
            return isinstance(now, tuple) and entry in now
        return not (isinstance(now, tuple) and entry in now) or not crossed

    def the_desk_is_kept(self) -> None:
        """What the desk was told meanwhile stays, unless the officer preferred the agency's word."""
        for (kind, uid, name), value in self.told.items():
            item, now = DEFINITIONS[kind][name], self.after[kind][uid][name]
            sent = next(row.values.get(name) for row in self.model.request.rows[kind] if row.uid == uid)
            if same(item, now, value) or same(item, value, sent):
                continue  # it stands, or the desk came back to what was sent, so that the agency's word may go in
            assert self.plan.resolve is Resolve.THEIRS, (kind, name, value)
            conflicting = [_conflicting(o) for o in self.returned.reviews[kind].outcomes if o.uid == uid]
            assert any(name in names for names in conflicting), (kind, name)

    def nothing_else_moved(self) -> None:
        """A field that the agency did not touch is as it was."""
        touched = {(kind, o.uid): self._touched(kind, row) for kind, row, o in self._outcomes()}
        for kind in KINDS:
            for uid, values in self.before[kind].items():
                for name, value in values.items():
                    if name not in touched.get((kind, uid), set()):
                        assert self.after[kind][uid][name] == value, (kind, name)

    def _touched(self, kind: str, row: ModelRow) -> set[str]:
        columns = self.model.layout(kind).columns
        at = row.edited if row.uid else range(len(row.cells))
        names = {item.name for n in at if (item := columns[n].field) is not None}
        return names | ({"open_ended"} if "Ended" in row.cells else set())

    def nothing_wrong_went_in(self) -> None:
        """No value with a finding that must be fixed was applied, and no record was made to contradict itself."""
        for kind in KINDS:
            for outcome in self.returned.reviews[kind].outcomes:
                before, after = self.before[kind].get(outcome.uid, {}), self.after[kind].get(outcome.uid)
                if after is None:
                    continue
                new = set(_faults(kind, after)) - set(_faults(kind, before))
                if not before:
                    new = {fault for fault in new if fault[0] != "required"}
                assert not new, (kind, new)

    def again_changes_nothing(self) -> None:
        again, _ = self._take_in()
        moved = changes_of(self.desk.workspace, again.change_set) if again.change_set else ()
        kept = self.desk.load("finding")
        assert not again.applied, [(change, kept.get(change.uid)) for change in moved if change.kind != "stored_file"]
        assert again.changes == []
        assert len(past(self.desk)) == self.steps
        assert _state(self.desk) == self.after

    def undo_restores(self) -> None:
        if self.receipt.change_set is None:
            return
        undone = undo(self.desk, self.receipt.change_set)
        assert undone.conflicts == ()
        assert _state(self.desk) == self.before
        again, _ = self._take_in()
        assert again.applied
        assert again.counts("activity") == self.receipt.counts("activity")


def _conflicting(outcome: RowOutcome) -> set[str]:
    """Return the fields in which both sides had moved, whether the officer has chosen or not."""
    found = outcome.comparison
    return {conflict.field for conflict in found.conflicts} | set(getattr(found, "settled", {}))


def _faults(kind: str, values: Mapping[str, Value]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for fault in check_record(DEFINITIONS[kind], values):
        if RULES[fault.rule].grade is Grade.MUST_FIX:
            if fault.rule == "required":
                yield from (("required", (name,)) for name in fault.fields)
            else:
                yield fault.rule, fault.fields


@pytest.mark.parametrize("line_says", ["WB-002", "WB-200"])
def test_a_line_finds_its_activity_by_its_old_and_its_new_reference(line_says: str, sent_round: SmallRound) -> None:
    line = {
        "Financial year": "2026/27",
        "Funding source": "Council base budget",
        "Funding arrangement": "Single agency",
    }

    def alter(book: Any) -> None:
        put(book, "WB-002", "Reference", "WB-200")
        at = columns(book["Funding"])
        for heading, value in {**line, "Reference": line_says, "Amount (£)": 11_000}.items():
            book["Funding"].cell(FIRST_ROW, at[heading]).value = value

    path = sent_round.edited(alter)
    said = sent_round.receive(path, "--apply")
    assert (said.status, said.document["rows"]["funding_line"]["new"]) == (0, 1)
    assert [kept["activity"] for kept in sent_round.records("funding_line")] == ["WB-200"]
    assert sent_round.receive(path, "--apply").document["applied"] is False


def test_an_end_before_the_start_that_the_desk_was_told_meanwhile_is_not_taken(sent_round: SmallRound) -> None:
    assert sent_round.do("set", "activity", "WB-002", "start=01/09/2026").status == 0
    path = sent_round.edited(lambda book: put(book, "WB-002", "End date", date(2026, 6, 30)))
    said = sent_round.receive(path, "--apply")
    assert (said.status, said.document["changes"]) == (1, [])
    assert "30/06/2026, is before the start date, 01/09/2026" in said.finding("dates_reversed")["message"]
    assert sent_round.record("WB-002")["end"] == "2027-03-31"


@pytest.mark.parametrize("resolve", ["hold", "ours"])
def test_half_a_row_is_checked_with_what_the_desk_keeps_of_the_other(resolve: str, sent_round: SmallRound) -> None:
    """The agency moves both ages, the desk has moved one: the other alone would make the ages run backwards."""
    assert sent_round.do("set", "activity", "WB-002", "age_from=16").status == 0

    def alter(book: Any) -> None:
        put(book, "WB-002", "Age from", 2)
        put(book, "WB-002", "Age to", 5)

    path = sent_round.edited(alter)
    said = sent_round.receive(path, "--apply", "--conflicts", resolve)
    assert (said.status, said.document["changes"]) == (1, [])
    assert "ages_reversed" in said.rules
    assert sent_round.receive(path, "--apply", "--conflicts", resolve).document["applied"] is False
    assert sent_round.receive(path, "--apply", "--conflicts", "theirs").document["applied"] is True
    record = sent_round.record("WB-002")
    assert (record["age_from"], record["age_to"]) == (2, 5)
