"""Views kept in the workspace under a name, for everybody who opens it."""

from ctdesk.services.desk import Desk
from ctdesk.services.list_view import View


def view_to_json(view: View) -> str:
    """Return a view as JSON."""
    raise NotImplementedError


def view_from_json(text: str) -> View:
    """Return the view that `view_to_json` wrote, without columns that are no more; DeskError if it is none."""
    raise NotImplementedError


def save_view(desk: Desk, name: str, view: View) -> None:
    """Keep a view under a name; one of the same name and kind is replaced."""
    raise NotImplementedError


def saved_views(desk: Desk, kind: str) -> dict[str, View]:
    """Return the kept views of a kind of record by name, in the order of their names."""
    raise NotImplementedError


def delete_view(desk: Desk, kind: str, name: str) -> None:
    """Forget a kept view; DeskError if there is none of that name."""
    raise NotImplementedError
