"""One line of the home page: something that waits for a person, and where it is dealt with."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TodoPlace:
    """Where a line leads: a screen, and on it a record or a filter; the parts of the window's own places."""

    screen: str
    kind: str = ""
    uid: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TodoLine:
    """One thing that waits: its section, its state (a set of states and one of it), and what to do about it.

    `badge` are the words beside the state's symbol, `hint` the lighter words after the sentence, `age` how long
    it has waited or the day it falls on, `overdue` that this is bad.
    """

    section: str
    section_hint: str
    state_set: str
    state: str
    badge: str
    sentence: str
    verb: str
    place: TodoPlace
    hint: str = ""
    age: str = ""
    overdue: bool = False
