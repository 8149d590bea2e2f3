"""The sums and names that the desk publishes, against which those that are not for publication are held."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from ctdesk.domain import clock
from ctdesk.domain.definition import DEFINITIONS, Kind, RecordDefinition
from ctdesk.services.contracts import worked_sums
from ctdesk.services.desk import Desk
from ctdesk.services.published_services import delivered_by, unpublished


def published_sums(desk: Desk, priced: Collection[str]) -> frozenset[Decimal]:
    """Return in pounds each sum that a record holds, or that is worked out of it.

    Those of the agreements `priced`, of what belongs to them and of the services they deliver are left out: they are
    the exempt sums themselves, or tell them.
    """
    hidden = {*priced, *unpublished(desk), *delivered_by(desk, priced)}
    held = {pence for definition in DEFINITIONS.values() for pence in _sums_of(desk, definition, hidden)}
    others = [uid for uid in desk.load_fields("agreement", "reference") if uid not in hidden]
    worked = {pence for sums in worked_sums(desk, clock.today(), others).values() for pence in sums}
    return frozenset(Decimal(pence) / 100 for pence in held | worked)


def published_names(desk: Desk, whole: Collection[str]) -> frozenset[str]:
    """Return what agreements and services are called, but the agreements that are exempt `whole`, and theirs."""
    hidden = {*whole, *unpublished(desk)}
    return frozenset(
        str(name)
        for kind in ("agreement", "activity")
        for uid, values in desk.load_fields(kind, "reference", "title").items()
        if uid not in hidden
        for name in values.values()
        if name
    )


def _sums_of(desk: Desk, definition: RecordDefinition, hidden: Collection[str]) -> Iterator[int]:
    """Yield what records of a kind hold, but those that are hidden or belong to what is."""
    money = [field.name for field in definition.fields if field.kind is Kind.MONEY]
    owners = [field.name for field in definition.fields if field.target in {"agreement", "activity"}]
    if not money:
        return
    for uid, values in desk.load_fields(definition.kind, *money, *owners).items():
        if uid not in hidden and not any(values[name] in hidden for name in owners):
            yield from (sum_ for name in money if isinstance(sum_ := values[name], int))
