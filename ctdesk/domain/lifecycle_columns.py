"""What a list of agreements shows besides their fields: state, dates and value, worked out as on a day."""

from collections.abc import Callable, Mapping

from ctdesk.domain.agreement_term import WorkedDate
from ctdesk.domain.definition import Field, Kind, Need, Value
from ctdesk.domain.lifecycle import AgreementState, Lifecycle

_STATE = Field(
    name="state",
    label="State",
    kind=Kind.TEXT,
    help="Worked out from the dates, as on today.",
    need=Need.DESK,
    options=tuple(AgreementState),
)


def _worked_date(name: str, label: str) -> Field:
    return Field(name=name, label=label, kind=Kind.DATE, help="Worked out, as on today.", need=Need.DESK)


_DATES: Mapping[str, tuple[Field, Callable[[Lifecycle], WorkedDate | None]]] = {
    "current_end": (_worked_date("current_end", "Current end"), lambda life: life.current_end),
    "notice_by": (_worked_date("notice_by", "Notice by"), lambda life: life.notice_by),
    "decide_by": (_worked_date("decide_by", "Decide by"), lambda life: life.decide_by),
    "procure_by": (_worked_date("procure_by", "Start procurement by"), lambda life: life.start_procurement_by),
    "latest_end": (_worked_date("latest_end", "Latest possible end"), lambda life: life.latest_end),
}

_VALUE = Field(
    name="value_now",
    label="Value a year now (£)",
    kind=Kind.MONEY,
    help="After variations and uplifts, as on today.",
    need=Need.DESK,
    unit="£",
)

_WAITS = Field(
    name="waits",
    label="Waits for somebody",
    kind=Kind.YES_NO,
    help="Worked out: whether it over-runs, or is to be decided on within a month.",
    need=Need.DESK,
)

WORKED_COLUMNS = (_STATE, *(field for field, _ in _DATES.values()), _VALUE, _WAITS)
"""The columns, in the order in which they are offered."""


def worked_values(life: Lifecycle, *, waits: bool) -> dict[str, Value]:
    """Return what these columns hold of one agreement; whether it waits rests on its plan too."""
    days = {name: read(life) for name, (_, read) in _DATES.items()}
    dates: dict[str, Value] = {name: found.day if found else None for name, found in days.items()}
    return {"state": life.state.value, **dates, "value_now": life.annual_value, "waits": waits}
