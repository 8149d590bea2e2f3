"""The filters of the map: a menu of every dimension with its buckets to tick, and chips for those in force."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from ctdesk.services.map_dimensions import WAYS, way_named
from ctdesk.services.service_map import BucketFilter
from ctdesk.ui.widgets.chips import Filter

Buckets = Callable[[str], tuple[str, ...]]
"""Gives the labels of a dimension's buckets."""


def chip_of(asked: BucketFilter) -> Filter:
    """Return a filter as a chip reads it."""
    return Filter(asked.dimension, f"{way_named(asked.dimension).label} is", " or ".join(asked.buckets))


def toggled(filters: tuple[BucketFilter, ...], dimension: str, bucket: str) -> tuple[BucketFilter, ...]:
    """Return the filters with one bucket ticked, or no longer ticked."""
    held = {it.dimension: it.buckets for it in filters}
    before = held.get(dimension, ())
    after = tuple(it for it in before if it != bucket) if bucket in before else (*before, bucket)
    return tuple(BucketFilter(name, buckets) for name, buckets in (held | {dimension: after}).items() if buckets)


def filter_menu(
    parent: QWidget, filters: tuple[BucketFilter, ...], buckets: Buckets, tick: Callable[[str, str], None]
) -> QMenu:
    """Return a menu with a part for every dimension; its buckets are read when the part is opened."""
    menu = QMenu(parent)
    for way in WAYS:
        part = menu.addMenu(way.label)
        part.aboutToShow.connect(lambda part=part, name=way.name: _fill(part, name, filters, buckets, tick))
    return menu


def bucket_menu(
    parent: QWidget, name: str, filters: tuple[BucketFilter, ...], buckets: Buckets, tick: Callable[[str, str], None]
) -> QMenu:
    """Return the menu of one dimension."""
    menu = QMenu(parent)
    _fill(menu, name, filters, buckets, tick)
    return menu


def _fill(
    part: QMenu, name: str, filters: tuple[BucketFilter, ...], buckets: Buckets, tick: Callable[[str, str], None]
) -> None:
    if part.actions():
        return
    part.setStyleSheet("QMenu { menu-scrollable: 1; }")
    held = next((it.buckets for it in filters if it.dimension == name), ())
    for bucket in buckets(name):
        action = part.addAction(bucket.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(bucket in held)
        action.triggered.connect(lambda _=False, bucket=bucket: tick(name, bucket))
