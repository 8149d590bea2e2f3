"""A desk with some activities of every sort, and what a list of them should say, worked out the plain way."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ctdesk.db.workspace import Workspace
from ctdesk.domain.changes import Action, RecordChange, created
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Value
from ctdesk.services.desk import Desk
from ctdesk.services.lists import Filter
from tests.db.desk_rows import entries, step

AGENCIES = {"n": "Northshire Council", "s": "south trust", "e": "Élan", "z": "Zed"}
WORDS = ["mentoring", "Respite", "café", "young", "carers", "NIGHT", "owls", "tier"]
CODES = {"tier": ["universal", "targeted", "specialist"], "client_group": ["teens", "babies", "all"]}


def value(field: Field, chance: random.Random) -> Value:
    """Any value a field may hold, or none."""
    if chance.random() < 0.2:
        return () if field.several else None
    codes = CODES.get(field.list or "", ["a", "b"])
    match field.kind:
        case Kind.LINK:
            return chance.choice(list(AGENCIES)) if field.target == "organisation" else None
        case Kind.CHOICE:
            return chance.choice(codes)
        case Kind.CHOICES:
            return tuple(sorted(set(chance.choices(codes, k=2))))
        case Kind.DATE:
            return date(2024, 1, 1) + timedelta(days=chance.randrange(1500))
        case Kind.YES_NO:
            return chance.random() < 0.5
        case Kind.INTEGER | Kind.MONEY:
            return chance.randrange(8)
    return " ".join(chance.choices(WORDS, k=3))


def activity(chance: random.Random) -> RecordChange:
    """The creation of one activity."""
    fields = DEFINITIONS["activity"].fields
    return created("activity", {field.name: value(field, chance) for field in fields})


def make(path: Path, activities: int = 120) -> Workspace:
    """A workspace of organisations, two lists and so many activities."""
    chance = random.Random(7)  # noqa: S311 - alike in every run, and no secret
    organisations = [created("organisation", {"name": name}, uid) for uid, name in AGENCIES.items()]
    lists = [change for name, codes in CODES.items() for change in entries(name, *codes)]
    made = [activity(chance) for _ in range(activities)]
    chance.shuffle(made)
    return Workspace.create(path, step(*organisations, *lists, *made, action=Action.NEW))


def fits(desk: Desk, asked: Filter, values: Mapping[str, Value]) -> bool:
    """Whether a record fits a filter, worked out the plain way."""
    field, held = DEFINITIONS["activity"][asked.field], values[asked.field]
    pieces: list[Any] = list(held) if isinstance(held, tuple) else [] if held is None else [held]
    shown = [desk.show(field, (one,) if field.several else one).casefold() for one in pieces]
    first = asked.values[0] if asked.values else None
    match asked.how:
        case "blank":
            return not pieces
        case "not blank":
            return bool(pieces)
        case "is" | "any of":
            return any(one in asked.values for one in pieces)
        case "is not":
            return not any(one in asked.values for one in pieces)
        case "contains":
            return any(str(first).casefold() in text for text in shown)
        case "starts":
            return any(text.startswith(str(first).casefold()) for text in shown)
        case "at least":
            return bool(pieces) and pieces[0] >= first
        case "at most":
            return bool(pieces) and pieces[0] <= first
    return bool(pieces) and asked.values[0] <= pieces[0] <= asked.values[1]  # type: ignore[operator]  # of one kind
