"""Filters in words, as they stand on chips above a list."""

from collections.abc import Callable

from ctdesk.domain.counting import listed
from ctdesk.domain.definition import Field, Kind, Value
from ctdesk.services.desk import Desk
from ctdesk.services.list_sheet import sheet_of
from ctdesk.services.list_view import Filter
from ctdesk.services.list_words import BLANK

_DATES = frozenset({Kind.DATE, Kind.MOMENT})
_VERBS = {
    "is": "is",
    "any of": "is",
    "is not": "is not",
    "contains": "contains",
    "starts": "starts with",
    "at least": "is at least",
    "at most": "is at most",
    "between": "is between",
    "blank": "is",
    "not blank": "is",
}
_VERBS_OF_DATES = {"at least": "is from", "at most": "is up to"}


def sentence_of(desk: Desk, kind: str, asked: Filter) -> tuple[str, str]:
    """Return a filter as two parts of a sentence: "Tier is", "Targeted or Specialist"."""
    with sheet_of(desk, kind).now(desk) as sheet:
        field = sheet.field(asked.field)

        def say(value: Value) -> str:
            if value is None:
                return BLANK.lower()
            return value if isinstance(value, str) and _is_typed(asked) else sheet.words.shown(field, value)

        return f"{field.label} {_verb(field, asked)}", _object(asked, say)


def _is_typed(asked: Filter) -> bool:
    return asked.how in {"contains", "starts"}


def _verb(field: Field, asked: Filter) -> str:
    if field.kind in _DATES and asked.how in _VERBS_OF_DATES:
        return _VERBS_OF_DATES[asked.how]
    return _VERBS[asked.how]


def _object(asked: Filter, say: Callable[[Value], str]) -> str:
    match asked.how, asked.values:
        case "blank", _:
            return BLANK.lower()
        case "not blank", _:
            return f"not {BLANK.lower()}"
        case "between", (None, most):
            return f"anything and {say(most)}"
        case "between", (least, None):
            return f"{say(least)} and anything"
        case "between", (least, most):
            return f"{say(least)} and {say(most)}"
    return listed([say(value) for value in asked.values], last="or")
