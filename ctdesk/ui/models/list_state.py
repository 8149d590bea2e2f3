"""What a person has asked a list to show, and what is remembered of it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from ctdesk.domain.definition import Value
from ctdesk.services.lists import Filter, Sort, View, columns_of, standard_view
from ctdesk.ui.memory import Memory

ALL = ""
"""The name of the view of everything, which nobody has saved."""


class ListState(QObject):
    """The view in force. `changed` says that another is; every part of the screen asks for changes here."""

    changed = Signal()

    def __init__(self, kind: str, memory: Memory) -> None:
        """Begin where this person left off: columns, widths, order and group, but no filters."""
        super().__init__()
        self.kind = kind
        self._memory = memory
        self._kept: dict[str, Any] = memory.get(f"list.{kind}", {})
        self.tab = str(self.kept("tab", ALL))
        self.view = self._remembered()

    def kept(self, name: str, default: Any = None) -> Any:
        """Return something remembered about this list."""
        return self._kept.get(name, default)

    def keep(self, name: str, value: Any) -> None:
        """Remember something about this list."""
        if self._kept.get(name) != value:
            self._kept = {**self._kept, name: value}
            self._memory.put(f"list.{self.kind}", self._kept)

    def _remembered(self) -> View:
        view = standard_view(self.kind)
        known = {field.name for field in columns_of(self.kind)}
        columns = tuple(name for name in self.kept("columns", view.columns) if name in known)
        sort = tuple(Sort(name, bool(down)) for name, down in self.kept("sort", []) if name in known)
        group = self.kept("group")
        return replace(
            view,
            columns=columns or view.columns,
            sort=sort or view.sort,
            group=group if group in known else None,
        )

    def show(self, view: View, tab: str | None = None) -> None:
        """Show another view; with `tab` it is a saved one."""
        if tab is not None:
            self.tab = tab
            self.keep("tab", tab)
        if view == self.view:
            return
        self.view = view
        self.keep("columns", list(view.columns))
        self.keep("sort", [[sort.field, sort.descending] for sort in view.sort])
        self.keep("group", view.group)
        self.changed.emit()

    def type_text(self, text: str) -> None:
        """Show what the words typed are found in."""
        self.show(replace(self.view, text=text))

    def filter_of(self, field: str) -> Filter | None:
        """Return the filter on a column."""
        return next((it for it in self.view.filters if it.field == field), None)

    def filter(self, asked: Filter) -> None:
        """Filter by a column, in place of its filter so far."""
        if self.filter_of(asked.field) is None:
            self.show(replace(self.view, filters=(*self.view.filters, asked)))
        else:
            filters = tuple(asked if it.field == asked.field else it for it in self.view.filters)
            self.show(replace(self.view, filters=filters))

    def take_off(self, field: str) -> None:
        """Filter by a column no longer."""
        self.show(replace(self.view, filters=tuple(it for it in self.view.filters if it.field != field)))

    def toggle_value(self, field: str, value: Value) -> None:
        """Tick or untick one value of a column, as a facet does."""
        asked = self.filter_of(field)
        ticked = list(asked.values) if asked is not None and asked.how in ("is", "any of") else []
        ticked = [it for it in ticked if it != value] if value in ticked else [*ticked, value]
        if ticked:
            self.filter(Filter(field, "any of", tuple(ticked)))
        else:
            self.take_off(field)

    def reset(self) -> None:
        """Take off all filters and what is typed."""
        self.show(replace(self.view, filters=(), text=""))

    def take_last_off(self) -> None:
        """Take the last filter off: what is typed, or else the last chip."""
        if self.view.text:
            self.type_text("")
        elif self.view.filters:
            self.take_off(self.view.filters[-1].field)

    def sort_by(self, field: str, *, descending: bool | None = None, also: bool = False) -> None:
        """Sort by a column, the other way if it is sorted by it already; `also` keeps the columns before it."""
        held = next((it for it in self.view.sort if it.field == field), None)
        down = descending if descending is not None else held is not None and not held.descending
        wanted = Sort(field, down)
        if not also:
            sort: tuple[Sort, ...] = (wanted,)
        elif held is not None:
            sort = tuple(wanted if it.field == field else it for it in self.view.sort)
        else:
            sort = (*self.view.sort, wanted)
        self.show(replace(self.view, sort=sort))

    def group_by(self, field: str | None) -> None:
        """Let rows stand together by a column, or no longer."""
        self.show(replace(self.view, group=field, closed_groups=frozenset()))

    def fold(self, value: Value) -> None:
        """Close a group, or open it."""
        self.show(replace(self.view, closed_groups=self.view.closed_groups ^ {value}))

    def fold_all(self, values: Iterable[Value]) -> None:
        """Close these groups and open all others."""
        self.show(replace(self.view, closed_groups=frozenset(values)))

    def show_columns(self, names: Iterable[str]) -> None:
        """Show these columns in this order."""
        columns = tuple(names)
        if columns:
            self.show(replace(self.view, columns=columns))
