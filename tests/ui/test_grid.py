"""The grid by itself: what it reads, where its rows stand, what it copies, what stays in sight."""

from datetime import date, timedelta

import pytest
from ctdesk.services.lists import Group
from ctdesk.ui.grid import chosen
from ctdesk.ui.grid.clipboard import as_tabbed, from_tabbed
from ctdesk.ui.grid.many import ManyCells
from ctdesk.ui.models.group_rows import GroupRows
from ctdesk.ui.models.records import PAGE
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from tests.services.small_borough import ACORN, COUNCIL, activity, borough
from tests.ui.list_screen import go_to, list_screen, make_desk, shown

MANY = 100_000


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    return make_desk(tmp_path / "Borough.ctdesk", borough())


@given(st.lists(st.integers(1, 5), max_size=8), st.data())
def test_rows_of_groups_and_records_are_counted_as_they_stand(counts, data):
    closed = frozenset(data.draw(st.sets(st.integers(0, max(len(counts) - 1, 0)))))
    groups = [Group(number, str(number), count, {}) for number, count in enumerate(counts)]
    listed = [("record", n) for n in range(sum(c for number, c in enumerate(counts) if number not in closed))]
    plain, at = [], 0
    for number, count in enumerate(counts):
        plain.append(("group", number))
        if number not in closed:
            plain += listed[at : at + count]
            at += count
    rows = GroupRows(groups, closed, len(listed))
    assert rows.total == len(plain)
    for row, (what, number) in enumerate(plain):
        if what == "group":
            assert rows.group_at(row) is groups[number]
        else:
            assert rows.group_at(row) is None
            assert rows.record_at(row) == number
            assert rows.row_of(number) == row


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=2), min_size=1))
def test_what_is_copied_is_what_is_pasted(rows):
    while rows and not any(rows[-1]):
        rows.pop()
    assert from_tabbed(as_tabbed(rows)) == rows


def test_cells_of_excel_with_line_ends_and_quotes_are_one_cell_each():
    assert from_tabbed('"two\nlines"\t"a ""quote"""\r\nlast\t\r\n') == [["two\nlines", 'a "quote"'], ["last", ""]]


def test_frozen_columns_come_into_sight_only_when_scrolled_and_never_cover_half(desk):
    with list_screen(desk, width=1000) as screen:
        grid = screen.grid
        assert not grid.frozen.isVisible()
        grid.horizontalScrollBar().setValue(150)
        assert grid.frozen.isVisible()
        assert grid.frozen.count == 2
        assert grid.frozen.width() <= grid.viewport().width() // 2 + 1
        go_to(screen, "AC-002", "provider")
        assert grid.columnViewportPosition(2) >= grid.frozen.width() - 1
        screen.state.keep("frozen", 0)
        grid.horizontalScrollBar().setValue(151)
        assert not grid.frozen.isVisible()


def test_rows_are_as_high_as_they_should_be_after_another_group(desk):
    with list_screen(desk) as screen:
        screen.state.group_by("agency")
        screen.state.group_by("provider")
        heights = [screen.grid.rowHeight(row) for row in range(screen.records.rowCount())]
        assert [high > min(heights) for high in heights] == [
            screen.records.group(row) is not None for row in range(len(heights))
        ]


def test_selected_groups_are_no_records(desk):
    with list_screen(desk) as screen:
        screen.state.group_by("agency")
        screen.grid.selectAll()
        assert chosen.count(screen.grid) == 5
        assert len(set(chosen.uids(screen.grid))) == 5


def test_alt_down_opens_the_menu_of_the_column_and_filters_by_a_range(desk):
    with list_screen(desk) as screen:
        go_to(screen, "AC-001", "annual_value")
        menu = screen.open_column_menu(screen.grid.currentIndex().column())
        menu.least.setText("about")
        menu.apply()
        assert "about" in menu.fault.text()
        menu.least.setText("40k")
        menu.most.setText("£100,000")
        QTest.keyClick(menu.most, Qt.Key.Key_Return)
        assert shown(screen) == ["AC-002", "BH-001"]


def test_a_paste_over_a_computed_column_leaves_it_and_says_so(desk, monkeypatch):
    seen = []
    monkeypatch.setattr(ManyCells, "_ask", lambda _self, preview, note="": seen.append((preview, note)))
    with list_screen(desk) as screen:
        screen.state.show_columns(("title", "state", "tier"))
        screen.grid.select_row(0, 0)
        QGuiApplication.clipboard().setText("Nurses in schools\tEnded\tUniversal\n")
        screen.doing.many.paste()
        ((preview, note),) = seen
        assert [(it.field, it.new) for it in preview.cells] == [("title", "Nurses in schools"), ("tier", "Universal")]
        assert note.startswith("State: worked out")


def test_one_text_is_pasted_into_the_whole_block(desk, monkeypatch):
    seen = []
    monkeypatch.setattr(ManyCells, "_ask", lambda _self, preview, note="": seen.append(preview))
    with list_screen(desk) as screen:
        go_to(screen, "AC-001", "tier")
        for _ in range(2):
            QTest.keyClick(screen.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        QGuiApplication.clipboard().setText("Universal")
        screen.doing.many.paste()
        assert [(it.field, it.new) for it in seen[0].cells] == [("tier", "Universal")] * 3


@pytest.mark.parametrize("kind", ["activity", "organisation", "post"])
def test_nothing_that_can_be_reached_is_without_a_name(desk, kind):
    with list_screen(desk, kind) as screen:
        QTest.qWait(250)
        nameless = [
            widget
            for widget in screen.findChildren(QWidget)
            if widget.isVisible()
            and (isinstance(widget, QAbstractButton) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            and not _name(widget)
        ]
        assert not nameless


def _name(widget: QWidget) -> str:
    # The buttons by which a bar of tabs is scrolled are named by Qt's own style.
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_not_all_read(tmp_path, monkeypatch):
    monkeypatch.setenv("CTDESK_CONFIG", str(tmp_path / "config"))
    day = date(2024, 4, 1)
    many = [
        activity(
            f"u{n}", f"EM-{n:06}", f"Service {n}", agency=COUNCIL, provider=ACORN, value=n, end=day + timedelta(n % 900)
        )
        for n in range(MANY)
    ]
    with list_screen(make_desk(tmp_path / "Large.ctdesk", [*borough(), *many])) as screen:
        assert screen.records.rowCount() == MANY + 5
        assert screen.records.pages_read <= 2
        screen.grid.scrollToBottom()
        screen.grid.viewport().repaint()
        screen.state.type_text("service 99")
        screen.grid.viewport().repaint()
        assert screen.records.pages_read <= 6
        assert screen.records.pages_read * PAGE < MANY / 100


def test_the_title_takes_the_room_that_few_columns_leave(desk):
    with list_screen(desk, "team") as screen:
        grid = screen.grid
        assert sum(grid.columnWidth(at) for at in range(grid.records.columnCount())) == grid.viewport().width()
        before = grid.columnWidth(0)
        screen.resize(screen.width() - 100, screen.height())
        assert grid.columnWidth(0) == before - 100
