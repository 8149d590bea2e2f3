"""The parts: what they say to a screen reader, what keys do in them, and that nothing is cut at 100% or 200%."""

import pytest
from ctdesk.domain.activity_state import ActivityState
from ctdesk.domain.findings import Grade
from ctdesk.domain.records.round import RequestState
from ctdesk.domain.review import RowState
from ctdesk.ui.theme import size, token
from ctdesk.ui.theme.focus import FocusRing
from ctdesk.ui.widgets import (
    Badge,
    Banner,
    Card,
    Chip,
    ChipRow,
    ElidedLabel,
    EmptyState,
    Figure,
    Filter,
    FlowLayout,
    FootBar,
    Month,
    MonthBars,
    PageHead,
    SearchField,
    SegmentBar,
    Segmented,
    StateDelegate,
    ValueChips,
    Way,
    button,
    icon_button,
    label,
    plain_table,
)
from ctdesk.ui.widgets.states import SETS, find_state, state_of
from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractButton,
    QFocusFrame,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QPushButton,
    QStyleOptionViewItem,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from tests.ui.parts import PartsPage


@pytest.fixture
def shown(qtbot):
    """Return a function that shows a widget in a window and hands it back."""
    windows = []  # pytest-qt alone would let Python collect them

    def show(widget: QWidget, width: int = 0) -> QWidget:
        window = QWidget()
        windows.append(window)
        QVBoxLayout(window).addWidget(widget)
        qtbot.addWidget(window)
        if width:
            window.resize(width, window.sizeHint().height())
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return widget

    return show


@pytest.mark.parametrize(
    ("state_set", "enum"),
    [("request", RequestState), ("row", RowState), ("finding", Grade), ("activity", ActivityState)],
)
def test_every_state_of_the_domain_has_word_and_symbol(state_set, enum):
    for state in enum:
        assert state_of(state_set, state.value).word


def test_states_of_one_set_never_share_a_symbol():
    for name, states in SETS.items():
        symbols = [state.symbol for state in states.values()]
        assert len(symbols) == len(set(symbols)) or name == "tone"


def test_a_state_is_found_by_key_or_word():
    assert find_state("row", "conflicting") is find_state("row", "Conflict")
    assert find_state("row", "nonsense") is None


def test_a_badge_says_its_word(shown):
    badge = shown(Badge("finding", "must fix", "12 records"))
    assert badge.accessibleName() == "12 records"
    badge.show_state("finding", "please explain")
    assert badge.accessibleName() == "Please explain"


def test_a_button_shows_keys_without_taking_them(shown, qtbot):
    made = shown(button("New activity", "main", "plus", "Ctrl+N"))
    assert made.shortcut().isEmpty()
    assert made.accessibleDescription() == "Ctrl+N"
    assert made.width() > shown(button("New activity", "main", "plus")).width()


def test_a_button_without_words_has_a_name(shown):
    made = shown(icon_button("Print", "print"))
    assert (made.accessibleName(), made.toolTip()) == ("Print", "Print")
    assert made.size().width() == made.size().height() == 28


def test_the_ring_goes_round_the_button_with_focus(shown, qtbot):
    made = shown(button("Save", "main"))
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    image = made.window().grab().toImage()
    corner = made.mapTo(made.window(), made.rect().topLeft())
    assert image.pixelColor(corner.x() - 2, corner.y() + made.height() // 2) == token("focus")
    made.clearFocus()
    image = made.window().grab().toImage()
    assert image.pixelColor(corner.x() - 2, corner.y() + made.height() // 2) != token("focus")


def test_no_ring_is_left_behind_where_the_focus_goes_on_to_a_list(shown, qtbot, qapp):
    page = QWidget()
    column = QVBoxLayout(page)
    first, second, lines = button("First"), button("Second"), QListView()
    lines.setAccessibleName("Lines")
    for each in (first, second, lines):
        column.addWidget(each)
    shown(page)
    for each in (first, second):
        each.setFocus()
        qtbot.waitUntil(each.hasFocus)
        qapp.processEvents()
        qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))  # the ring before is done away with meanwhile
    lines.setFocus()
    qtbot.waitUntil(lines.hasFocus)
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
    assert [each for each in page.window().findChildren(QFocusFrame) if each.isVisible()] == []


def test_the_ring_goes_away_with_its_window(qtbot, qapp):
    window = QWidget()
    QVBoxLayout(window).addWidget(made := button("Save"))
    window.show()
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    window.close()
    window.deleteLater()
    del window, made
    qapp.processEvents()
    assert qapp.findChild(FocusRing) is not None


def test_a_chip_reads_like_a_sentence_and_obeys_the_keyboard(shown, qtbot):
    chip = shown(Chip(Filter("tier", "Tier is", "Targeted")))
    assert chip.accessibleName() == "Tier is Targeted"
    with qtbot.waitSignal(chip.removed) as taken:
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert taken.args == ["tier"]
    with qtbot.waitSignal(chip.edited):
        qtbot.keyClick(chip, Qt.Key.Key_Return)


def test_the_cross_of_a_chip_takes_it_off_and_the_rest_edits_it(shown, qtbot):
    chip = shown(Chip(Filter("tier", "Tier is", "Targeted")))
    with qtbot.assertNotEmitted(chip.removed), qtbot.waitSignal(chip.edited):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip.rect().center())
    with qtbot.assertNotEmitted(chip.edited), qtbot.waitSignal(chip.removed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip.rect().center() + chip.rect().topRight() * 0.45)


def test_a_row_of_chips_is_there_only_with_filters(shown, qtbot):
    row = shown(ChipRow())
    assert not row.isVisible()
    row.show_filters([Filter("a", "Year is", "2026/27"), Filter("b", "Tier is", "Targeted")])
    assert [chip.filter.key for chip in row.chips()] == ["a", "b"]
    assert row.isVisible()
    row.show_filters([])
    assert not row.isVisible()


def test_values_are_added_from_the_list_and_taken_off_by_backspace(shown, qtbot):
    chips = shown(ValueChips("Client groups", ["Young carers", "Children in care"], retired=["Looked-after"]))
    qtbot.keyClicks(chips.entry, "young carers")
    qtbot.keyClick(chips.entry, Qt.Key.Key_Return)
    qtbot.keyClicks(chips.entry, "looked-after")
    qtbot.keyClick(chips.entry, Qt.Key.Key_Return)
    qtbot.keyClicks(chips.entry, "no such group")
    qtbot.keyClick(chips.entry, Qt.Key.Key_Return)
    assert chips.values() == ("Young carers", "Looked-after")
    chips.entry.clear()
    with qtbot.waitSignal(chips.changed):
        qtbot.keyClick(chips.entry, Qt.Key.Key_Backspace)
    assert chips.values() == ("Young carers",)


def test_a_flow_breaks_lines_and_loses_nothing(shown):
    holder = QWidget()
    flow = FlowLayout(holder, gap=6)
    for word in ["seven", "words", "that", "will", "not", "fit", "here"]:
        flow.addWidget(button(word))
    assert flow.heightForWidth(2000) == 28
    assert flow.heightForWidth(200) > 2 * 28
    shown(holder).window().resize(220, 300)
    holder.window().layout().activate()
    assert all(holder.rect().contains(child.geometry()) for child in holder.findChildren(QPushButton))


def test_a_banner_is_dismissed_by_a_person_only(shown, qtbot):
    banner = shown(Banner("bad", "It <b>failed</b>.", "The desk is unchanged.", dismissible=True))
    assert banner.accessibleName() == "It <b>failed</b>. The desk is unchanged."
    assert "&lt;b&gt;" in banner.words.text()
    with qtbot.waitSignal(banner.dismissed):
        qtbot.mouseClick(banner.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


def test_a_figure_carries_its_note(shown):
    card = Card("Figures")
    card.add(figure := Figure("Activities", "263", "31 of 38 agencies returned"))
    shown(card)
    assert figure.accessibleName() == "Activities: 263"
    assert figure.accessibleDescription() == "31 of 38 agencies returned"


def test_an_empty_page_offers_its_ways(shown):
    start = button("Choose file", "main")
    page = shown(
        EmptyState("There are no activities yet", "An activity is one service.", [Way("plus", "A", "B", start)])
    )
    assert page.accessibleName() == "There are no activities yet"
    assert start.isVisible()


def test_cut_words_show_whole_in_a_tooltip(shown):
    words = ElidedLabel("Emotional wellbeing outreach for young people")
    words.setFixedWidth(80)
    shown(words)
    assert words.toolTip() == "Emotional wellbeing outreach for young people"
    words.setText("Short")
    assert words.toolTip() == ""


def test_escape_clears_the_search(shown, qtbot):
    field = shown(SearchField())
    field.setText("nursing")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_switch_tells_what_was_chosen(shown, qtbot):
    switch = shown(Segmented("View", ["Map", "Chart"]))
    assert switch.height() == 28
    with qtbot.waitSignal(switch.chosen) as told:
        switch.choose(1)
    assert told.args == [1]
    assert switch.current == 1


def test_bars_say_their_numbers_and_open_by_keyboard(shown, qtbot):
    bars = shown(MonthBars("Dates ahead", [Month("May", 1, 0), Month("Jun", 2, 2)]))
    assert bars.accessibleName() == "Dates ahead: May 1, Jun 4"
    qtbot.keyClick(bars, Qt.Key.Key_Right)
    with qtbot.waitSignal(bars.opened) as opened:
        qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert opened.args == [1]


def test_the_bar_of_a_round_leaves_out_what_is_not_there(shown):
    bar = SegmentBar()
    bar.show_requests({"accepted": 22, "sent": 2})
    shown(bar)
    assert bar.accessibleName() == "Accepted 22, Sent 2"


def test_a_page_head_keeps_its_title_whole_when_narrow(shown):
    head = PageHead("School nursing", "A hint that is long enough to be cut at this width", buttons=[button("End")])
    shown(head, width=360)
    assert head.title.width() >= head.title.sizeHint().width()


def painted(model: QStandardItemModel, delegate: StateDelegate) -> QPixmap:
    canvas = QPixmap(160, 26)
    canvas.fill(token("surface"))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 160, 26)
    painter = QPainter(canvas)
    delegate.paint(painter, option, model.index(0, 0, QModelIndex()))
    painter.end()
    return canvas


def test_cells_show_the_state_in_its_tone(qapp):
    model = QStandardItemModel()
    model.appendRow(QStandardItem("Chased"))
    image = painted(model, StateDelegate("request", model)).toImage()
    colours = {image.pixelColor(x, y).name() for x in range(160) for y in range(26)}
    assert token("warn").name() in colours


@pytest.mark.parametrize(("scheme", "scale"), [("light", 1.0), ("dark", 1.0), ("contrast", 1.0), ("light", 2.0)])
def test_the_page_of_parts_is_painted_whole(qtbot, dressed, tmp_path, scheme, scale):
    dressed(scheme, scale)
    page = PartsPage(f"Parts, {scheme}")
    qtbot.addWidget(page)
    page.resize(size(683), size(850))
    with qtbot.waitExposed(page):
        page.show()
    picture = page.grab()
    assert picture.save(str(tmp_path / "parts.png"))
    assert picture.toImage().pixelColor(2, 2) == token("bg")
    for child in page.findChildren(QWidget):
        if isinstance(child, (Badge, QPushButton, QLabel)) and not isinstance(child, ElidedLabel):
            assert child.width() >= child.minimumSizeHint().width(), child.accessibleName()
            assert child.height() >= min(child.sizeHint().height(), child.minimumSizeHint().height())


def test_every_control_of_the_page_has_a_name(qtbot):
    page = PartsPage("Parts")
    qtbot.addWidget(page)
    for child in page.findChildren(QWidget):
        if isinstance(child, (QAbstractButton, QLineEdit, Badge)):
            named = child.accessibleName() or (isinstance(child, QAbstractButton) and child.text())
            assert named or (isinstance(child.parent(), QWidget) and child.objectName().startswith("qt_")), child


def test_words_are_never_read_as_markup(shown):
    assert shown(label("<b>not bold</b>")).textFormat() == Qt.TextFormat.PlainText


def test_a_list_filled_before_it_is_shown_has_its_lines_apart(shown, qapp):
    listed = QListWidget()
    listed.addItems(["One", "Two"])
    listed.setCurrentRow(1)
    shown(listed)
    qapp.processEvents()
    assert listed.visualItemRect(listed.item(1)).top() >= 26


@pytest.mark.parametrize("width", [1100, 760, 620])
def test_the_buttons_of_a_foot_are_never_cut(qtbot, width):
    said = ElidedLabel("What is not decided stays held, and is found again with the round.")
    buttons = [
        button("Hand back with 18 questions", icon="mail"),
        button("Hold for later"),
        button("Apply 25 fields, 12 new records", "main", "tick", "Ctrl+Enter"),
    ]
    foot = FootBar([Badge("decision", "accepted", "25 fields accepted", ground=False), said], buttons)
    around = QWidget()
    qtbot.addWidget(around)
    foot.setParent(around)
    foot.resize(width, foot.height())
    around.show()
    qtbot.wait(20)
    assert [each.text() for each in buttons if each.width() < each.sizeHint().width()] == []
    assert buttons[-1].geometry().right() <= width


def test_the_rows_of_a_table_that_was_filled_early_breathe(qtbot):
    table = plain_table("Agencies", ["Agency"])
    rows = [QTreeWidgetItem([f"Agency {number}"]) for number in range(3)]
    table.addTopLevelItems(rows)
    qtbot.addWidget(table)
    table.show()
    assert table.visualItemRect(rows[1]).height() >= size(24)
