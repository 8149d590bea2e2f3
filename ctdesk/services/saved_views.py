"""Views kept in the workspace under a name, for everybody who opens it."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, get_args

from ctdesk.domain.changes import Action, RecordChange, created, deleted, updated
from ctdesk.domain.definition import DEFINITIONS, Field, Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.values import from_plain, to_plain
from ctdesk.services.desk import Desk
from ctdesk.services.list_view import Filter, How, Sort, View, columns_of


def view_to_json(view: View) -> str:
    """Return a view as JSON."""
    plain = {
        "kind": view.kind,
        "columns": view.columns,
        "text": view.text,
        "filters": [{"field": it.field, "how": it.how, "values": _plain(it.values)} for it in view.filters],
        "sort": [{"field": it.field, "descending": it.descending} for it in view.sort],
        "group": view.group,
        "closed_groups": sorted(_plain(tuple(view.closed_groups)), key=str),
    }
    return json.dumps(plain, ensure_ascii=False)


def _plain(values: Sequence[Value]) -> list[object]:
    return [to_plain(value) for value in values]


def view_from_json(text: str) -> View:
    """Return the view that `view_to_json` wrote, without columns that are no more; DeskError if it is none."""
    try:
        return _view(json.loads(text))
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as fault:
        raise DeskError("This saved view cannot be read: delete it and save it again.") from fault


def _view(plain: Mapping[str, Any]) -> View:
    known = {column.name: column for column in columns_of(plain["kind"])}
    group = plain["group"] if plain["group"] in known else None
    return View(
        kind=plain["kind"],
        columns=tuple(name for name in plain["columns"] if name in known),
        text=str(plain["text"]),
        filters=tuple(_filter(known[it["field"]], it) for it in plain["filters"] if it["field"] in known),
        sort=tuple(Sort(it["field"], bool(it["descending"])) for it in plain["sort"] if it["field"] in known),
        group=group,
        closed_groups=frozenset(_value(known[group], it) for it in plain["closed_groups"]) if group else frozenset(),
    )


def _filter(field: Field, plain: Mapping[str, Any]) -> Filter:
    how: How = plain["how"]
    if how not in get_args(How):
        raise ValueError(how)
    return Filter(field.name, how, tuple(_value(field, it) for it in plain["values"]))


def _value(field: Field, plain: object) -> Value:
    """Return a value compared with: typed text, one of several values and a year stand for themselves."""
    if plain is None or isinstance(plain, bool | int) or field.several:
        return plain if plain is None or isinstance(plain, bool | int) else str(plain)
    with suppress(ValueError, ArithmeticError):
        return from_plain(field, plain)
    return str(plain)


def save_view(desk: Desk, name: str, view: View) -> None:
    """Keep a view under a name; one of the same name and kind is replaced. DeskError if the name is blank."""
    name = name.strip()
    if not name:
        raise DeskError("Give the view a name.")
    values: dict[str, Value] = {"name": name, "shows": view.kind, "layout": view_to_json(view)}
    held = _held(desk, view.kind).get(name)
    change = created("saved_view", values) if held is None else updated("saved_view", held[0], held[1], values)
    if change is not None:
        _apply(desk, f"Save the view “{name}”", change)


def saved_views(desk: Desk, kind: str) -> dict[str, View]:
    """Return the kept views of a kind of record by name, in the order of their names; unreadable ones are left out."""
    views = {}
    for name, (_, values) in sorted(_held(desk, kind).items(), key=lambda it: it[0].casefold()):
        with suppress(DeskError):
            views[name] = view_from_json(str(values["layout"]))
    return views


def delete_view(desk: Desk, kind: str, name: str) -> None:
    """Forget a kept view; DeskError if there is none of that name."""
    held = _held(desk, kind).get(name)
    if held is None:
        raise DeskError(f"There is no saved view “{name}” of {DEFINITIONS[kind].plural.lower()}.")
    _apply(desk, f"Delete the view “{name}”", deleted("saved_view", *held))


def _held(desk: Desk, kind: str) -> dict[str, tuple[str, dict[str, Value]]]:
    return {str(values["name"]): (uid, values) for uid, values in desk.load("saved_view", shows=kind).items()}


def _apply(desk: Desk, title: str, change: RecordChange) -> None:
    desk.apply(Action.EDIT, title, [change])
