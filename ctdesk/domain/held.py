"""What a record holds in a field, as the type it is asked for."""

from datetime import date

from ctdesk.domain.definition import Values


def text_in(values: Values, name: str) -> str:
    """Return a text that a record holds, or one without a letter."""
    return str(values.get(name) or "")


def day_in(values: Values, name: str) -> date | None:
    """Return a date that a record holds, or None."""
    found = values.get(name)
    return found if isinstance(found, date) else None


def number_in(values: Values, name: str) -> int | None:
    """Return a whole number or a sum in pence that a record holds, or None."""
    found = values.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def several_in(values: Values, name: str) -> tuple[str, ...]:
    """Return the codes or uids that a record holds in a field of several."""
    found = values.get(name)
    return found if isinstance(found, tuple) else ()
