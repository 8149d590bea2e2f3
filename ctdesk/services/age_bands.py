"""The age bands the team works with: one of its settings, with the usual bands until somebody changes them."""

from ctdesk.domain.age_bands import STANDARD, AgeBand, read_bands
from ctdesk.services.desk import Desk


def age_bands(desk: Desk) -> tuple[AgeBand, ...]:
    """Return the bands; the usual ones if the setting was spoilt outside the desk."""
    try:
        return read_bands(desk.setting("age_bands"))
    except ValueError:
        return STANDARD
