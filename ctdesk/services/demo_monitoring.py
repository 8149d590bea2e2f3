"""The demonstration's monitoring: last year's end, sent to every provider, and what came of it."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from ctdesk.domain.changes import Action, RecordChange, present, updated
from ctdesk.domain.definition import Value
from ctdesk.domain.periods import Period
from ctdesk.domain.records.round import RequestState
from ctdesk.resources import resource
from ctdesk.returns.filling import TypedCell, fill_in
from ctdesk.services.desk import Desk
from ctdesk.services.folders import make_folder
from ctdesk.services.monitoring import send_period, start_period
from ctdesk.services.receiving import Wishes, receive
from ctdesk.services.sending import SentRequest

QUARTER = Period(2025, 3, 4)
"""The quarter that is run: the last of 2025/26, when agreements of every tier report."""

DUE, CAME = date(2026, 4, 24), date(2026, 4, 21)

_BY_FILE = 6
"""How many providers answer by a file in the folder; the others' answers are entered at once, to save time."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What a provider reports of one measure."""

    actual: Decimal
    commentary: str


Answers = Mapping[str, Mapping[str, Reported]]
"""By the agreement's reference and the measure's name."""


def run_monitoring(desk: Desk, sent_to: Path, returned_to: Path) -> tuple[int, int]:
    """Send the quarter and take in what comes back; return how many workbooks were sent and how many came."""
    sent = send_period(desk, start_period(desk, QUARTER, DUE), sent_to)
    answers = _answers()
    answering = [item for item in sent if item.request.agreement in answers]
    make_folder(returned_to)
    for item in answering[:_BY_FILE]:
        _by_file(desk, item, answers[item.request.agreement], returned_to)
    changes = [
        change for item in answering[_BY_FILE:] for change in _at_once(desk, item, answers[item.request.agreement])
    ]
    desk.apply(Action.EDIT, "Enter the monitoring that came before the desk was set up", changes)
    return len(sent), len(answering)


def _answers() -> Answers:
    found: dict[str, dict[str, Reported]] = defaultdict(dict)
    with resource("demo", "monitoring.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["agreement"]][row["measure"]] = Reported(Decimal(row["actual"]), row["commentary"])
    return found


def _by_file(desk: Desk, item: SentRequest, reported: Mapping[str, Reported], folder: Path) -> None:
    """Fill the workbook in as the provider would, every count included, and take it in."""
    typed = []
    for name, one in reported.items():
        typed.append(TypedCell("Measures", name, "Actual", float(one.actual)))
        if one.commentary:
            typed.append(TypedCell("Measures", name, "Commentary", one.commentary))
    for entry, count in zip(desk.lists.offered("count_line"), _COUNTS, strict=False):
        typed.append(TypedCell("Users and incidents", entry.label, "This period", count))
    for entry, amount in zip(desk.lists.offered("spend_line"), _AMOUNTS, strict=False):
        typed.append(TypedCell("Money and staff", entry.label, "Actual", amount))
    returned = folder / item.workbook.name
    fill_in(item.workbook, returned, desk.lists, typed)
    receive(desk, returned, Wishes(apply=True, received=CAME))


_COUNTS = (86, 12, 27, 35, 12, 41, 45, 22, 9, 0, 2, 1, 0)
"""Users by age and group, incidents and complaints, in the order of their list; the ages add up."""

_AMOUNTS = (38_200, 151_600, 6.4, 1, 9)
"""Spend in the period and in the year, staff, vacancies and sickness, in the order of their list."""


def _at_once(desk: Desk, item: SentRequest, reported: Mapping[str, Reported]) -> tuple[RecordChange, ...]:
    """Return what enters a provider's answer without a file."""
    results = desk.load("measure_result", agreement=item.request.agreement_uid)
    changes = []
    for uid, values in results.items():
        one = reported.get(str(values["measure_name"]))
        if one is not None and values.get("actual") is None:
            told: dict[str, Value] = {
                "actual": one.actual.quantize(Decimal("0.01")),
                "commentary": one.commentary or None,
            }
            changes.append(updated("measure_result", uid, values, told))
    state: dict[str, Value] = {"state": RequestState.ACCEPTED.value, "received_on": CAME, "accepted_on": CAME}
    request = desk.load_some("request", [item.request.uid])[item.request.uid]
    return present([*changes, updated("request", item.request.uid, request, state)])
