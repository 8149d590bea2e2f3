"""Every key that does something is listed under F1, in the part for its screen; and what is listed there is a key."""

import re
from collections import defaultdict
from datetime import date

import pytest
from ctdesk.resources import resource
from ctdesk.services.packs import new_pack
from ctdesk.ui.frame.catalogue import CATALOGUE, Entry
from ctdesk.ui.places import Place
from ctdesk.ui.preview import preview
from ctdesk.ui.preview.window import PreviewWindow
from ctdesk.ui.screens.start import StartPage
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton
from tests.reports.test_pages import make_pdf
from tests.ui.windows import main_window, uid_of

PARTS = {
    "home": "everywhere",
    "adoption": "in the review of a return or register",
    "review": "in the review of a return or register",
    "rounds": "in Rounds and returns",
    "monitoring": "in Monitoring",
    "contract": "on a contract",
    "calendar": "in the calendar or the service map",
    "map": "in the calendar or the service map",
    "packs": "in Reports and packs",
    "record": "on a record",
    "settings": "in Settings",
    "look_alikes": "in Organisations that look alike",
    "history": "in History",
    "guide": "everywhere",
}
"""The part of the page for each screen; all others are lists."""

BY_THE_SYSTEM = {"Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+Enter", "Ctrl+Return", "Ctrl+=", "Backspace", "Alt+Backspace"}
"""Second ways to say the same, which the system or another keyboard gives."""

HANDLED = {"Alt+Down", "Shift+Tab", "Ctrl+Y", "Alt+Up", "Ctrl+Z"}
"""Keys of the page that a field, a list or the system handles, by no shortcut."""


def listed():
    """Return the keys of the page by the parts of it."""
    page = resource("guide", "window", "9-keys.md").read_text(encoding="utf-8")
    parts = defaultdict(set)
    part = ""
    for left in re.findall(r"^\| (.+?) \|", page, re.MULTILINE):
        keys = left.replace("Page ", "Pg").replace("PgUp", "PgUp").replace("−", "-").split(", ")
        if re.match(r"(everywhere|in |on )", left):
            part = left
        elif keys[-1].endswith("…"):
            parts[part] |= {f"Ctrl+{number}" for number in range(1, 10)}
        else:
            parts[part] |= {plain(key) for key in keys}
    return parts


def plain(key):
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText).replace("Ctrl+Return", "Ctrl+Enter")


def registered(widget):
    """Return the keys of every action, shortcut and button below a widget, but for the underlined letters."""
    found = [it.key() for it in widget.findChildren(QShortcut)]
    for action in widget.findChildren(QAction):
        found += action.shortcuts()
    for button in widget.findChildren(QAbstractButton):
        if button.shortcut() != QKeySequence.mnemonic(button.text()):
            found.append(button.shortcut())
    return {plain(it) for it in found} - {""}


@pytest.fixture
def window(desk, qtbot):
    with main_window(desk) as opened:
        opened.start()
        yield opened
        qtbot.waitUntil(lambda: not opened.session.tasks)


def missing(keys, *parts):
    there = set().union(*(listed()[part] for part in parts))
    return keys - there - BY_THE_SYSTEM


def place(entry: Entry, desk):
    """Return a place where a screen shows something in particular."""
    if entry.name == "record":
        return Place("record", kind="activity", uid=uid_of(desk, "WH-001"))
    if entry.name == "packs" and not desk.load("pack"):
        new_pack(desk, "Trust board", date(2026, 7, 1))
    if entry.name == "packs":
        return Place("packs", kind="pack", uid=next(iter(desk.load("pack"))))
    return Place(entry.name)


def keys_of(window, entry: Entry, desk):
    window.go(place(entry, desk))
    screen = window.made(window.current)
    actions = {plain(key) for action in screen.actions_offered() for key in action.shortcuts()}
    return (registered(screen) | actions) - {""}


@pytest.mark.slow
def test_the_keys_of_every_screen_are_listed(window, desk):
    for entry in CATALOGUE:
        part = PARTS.get(entry.name, "in a list")
        form = "on a record" if entry.name == "contract" else part
        assert missing(keys_of(window, entry, desk), part, form, "everywhere") == set(), entry.name


def test_the_keys_of_the_frame_are_listed(window):
    assert len(registered(window)) > 10
    assert missing(registered(window), "everywhere") == set()


def test_the_keys_of_the_preview_are_listed(window, qtbot, tmp_path):
    content = make_pdf(tmp_path / "made.pdf", (595, 842))
    preview(window.session, window, "Minutes", lambda to, _: to.write_bytes(content))
    qtbot.waitUntil(lambda: bool(window.findChildren(PreviewWindow)))
    shown = window.findChildren(PreviewWindow)[0]
    assert missing(registered(shown), "in the preview of what is printed", "everywhere") == set()
    shown.close()


def test_the_keys_of_the_start_page_are_listed(qtbot):
    page = StartPage()
    qtbot.addWidget(page)
    assert missing(registered(page), "on the start page", "everywhere") == set()


@pytest.mark.slow
def test_what_is_listed_for_a_screen_is_a_key_of_it(window, desk):
    there = defaultdict(set, everywhere=registered(window))
    for entry in CATALOGUE:
        there[PARTS.get(entry.name, "in a list")] |= keys_of(window, entry, desk)
    for part, keys in listed().items():
        if part in there:
            chords = {key for key in keys if re.match(r"(Ctrl|Alt)\+|F\d", key)}
            assert chords - there[part] - HANDLED == set(), part
