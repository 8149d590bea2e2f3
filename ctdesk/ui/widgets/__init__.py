"""Small designed parts, which the screens are put together from."""

from ctdesk.ui.widgets.action import action
from ctdesk.ui.widgets.badge import Badge
from ctdesk.ui.widgets.banner import Banner
from ctdesk.ui.widgets.bars import Month, MonthBars, Segment, SegmentBar
from ctdesk.ui.widgets.buttons import Button, button, icon_button, menu_button
from ctdesk.ui.widgets.card import Card, Figure, rule
from ctdesk.ui.widgets.chips import Chip, ChipRow, Filter
from ctdesk.ui.widgets.clearing import clear
from ctdesk.ui.widgets.edges import edge_to_edge
from ctdesk.ui.widgets.empty import EmptyState, Way
from ctdesk.ui.widgets.fitting import dialog_size, fit_buttons
from ctdesk.ui.widgets.flow import FlowLayout
from ctdesk.ui.widgets.head import FootBar, PageHead
from ctdesk.ui.widgets.labels import ElidedLabel, Link, label, set_look, set_tone
from ctdesk.ui.widgets.plain_table import plain_table
from ctdesk.ui.widgets.search_field import SearchField
from ctdesk.ui.widgets.segmented import Segmented
from ctdesk.ui.widgets.state_delegate import StateDelegate
from ctdesk.ui.widgets.symbol import SymbolLabel
from ctdesk.ui.widgets.value_chips import ValueChips

__all__ = [
    "Badge",
    "Banner",
    "Button",
    "Card",
    "Chip",
    "ChipRow",
    "ElidedLabel",
    "EmptyState",
    "Figure",
    "Filter",
    "FlowLayout",
    "FootBar",
    "Link",
    "Month",
    "MonthBars",
    "PageHead",
    "SearchField",
    "Segment",
    "SegmentBar",
    "Segmented",
    "StateDelegate",
    "SymbolLabel",
    "ValueChips",
    "Way",
    "action",
    "button",
    "clear",
    "dialog_size",
    "edge_to_edge",
    "fit_buttons",
    "icon_button",
    "label",
    "menu_button",
    "plain_table",
    "rule",
    "set_look",
    "set_tone",
]
