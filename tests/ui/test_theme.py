"""The theme: contrast of every token, sizes that follow the text, icons that follow the colours."""

import subprocess
import sys
from pathlib import Path

import pytest
from ctdesk.ui.screens.start_parts import BigButton
from ctdesk.ui.theme import em, font, icon, icon_pixmap, size, themes_changed, token
from ctdesk.ui.theme.fonts import ROLES
from ctdesk.ui.theme.sheet import sheet
from ctdesk.ui.theme.tokens import TONES, contrast, contrast_ratio, dark, light
from ctdesk.ui.widgets import Link, button
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QVBoxLayout, QWidget

ICONS = Path(__file__).parents[2] / "resources" / "icons"

# The table of the design: on the sheet, and on a selected row (0: not asked for).
ON_GROUNDS = [
    ("light", "text", 17.3, 14.3),
    ("light", "text2", 8.5, 7.1),
    ("light", "text3", 6.1, 5.1),
    ("light", "control", 3.9, 0),
    ("light", "accent", 8.4, 6.9),
    ("light", "focus", 5.9, 4.9),
    ("dark", "text", 13.6, 10.4),
    ("dark", "text2", 8.5, 6.6),
    ("dark", "text3", 6.3, 4.9),
    ("dark", "control", 4.5, 0),
    ("dark", "accent", 8.0, 6.2),
    ("dark", "focus", 6.6, 5.1),
]
TONES_ON_GROUND = {
    "light": {"good": 6.5, "warn": 6.8, "bad": 6.4, "info": 7.0, "decide": 7.7, "neutral": 7.2},
    "dark": {"good": 8.2, "warn": 8.3, "bad": 7.6, "info": 7.6, "decide": 7.5, "neutral": 7.0},
}
SCHEMES = {"light": light(), "dark": dark(), "contrast": contrast()}


def ratio(scheme: str, one: str, other: str) -> float:
    colours = SCHEMES[scheme].colours
    return contrast_ratio(colours[one], colours[other])


def test_contrast_ratio_is_the_wcag_formula():
    assert contrast_ratio(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast_ratio(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(("scheme", "name", "on_surface", "on_selected"), ON_GROUNDS)
def test_tokens_have_the_contrast_the_design_computed(scheme, name, on_surface, on_selected):
    assert ratio(scheme, name, "surface") == pytest.approx(on_surface, abs=0.06)
    if on_selected:
        assert ratio(scheme, name, "sel") == pytest.approx(on_selected, abs=0.06)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tones_can_be_read_on_their_grounds_and_on_the_sheet(scheme):
    for tone, wanted in TONES_ON_GROUND[scheme].items():
        assert ratio(scheme, tone, f"{tone}.ground") == pytest.approx(wanted, abs=0.06)
        assert ratio(scheme, tone, "surface") >= 4.5
        assert ratio(scheme, tone, "sel") >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_can_be_read_on_every_ground_they_stand_on(scheme):
    for ground in ("bg", "nav", "surface", "sunken", "hover"):
        for words in ("text", "text2", "text3", "accent"):
            assert ratio(scheme, words, ground) >= 4.5, (words, ground)
        assert ratio(scheme, "control", ground) >= 3 or ground in ("nav", "hover")
    assert ratio(scheme, "onaccent", "accent") >= 4.5
    assert ratio(scheme, "onaccent", "accent.hover") >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_numbers_can_be_read_on_every_step_of_heat(scheme):
    for step in range(1, 7):
        words = "heat.low.text" if step <= 4 else "heat.high.text"
        assert ratio(scheme, words, f"heat.{step}") >= 5.2


def test_high_contrast_says_nothing_by_colour():
    colours = SCHEMES["contrast"].colours
    assert {colours[tone].name() for tone in TONES} == {"#ffffff"}
    assert {colours[f"{tone}.ground"].name() for tone in TONES} == {"#000000"}
    assert ratio("contrast", "focus", "bg") == pytest.approx(16.6, abs=0.1)


def test_high_contrast_takes_the_colours_of_the_system():
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#000080"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#FFFF00"))
    made = contrast(palette)
    assert made.colours["surface"].name() == "#000080"
    assert made.colours["bad"].name() == "#ffff00"


def test_sizes_follow_the_text(dressed):
    assert (em(), size(28), size(1)) == (13, 28, 1)
    dressed("light", 2.0)
    assert (em(), size(28), size(14)) == (26, 56, 28)
    assert font("body").pixelSize() == 26


def test_every_role_of_the_type_scale_is_the_shipped_typeface():
    for role in ROLES:
        assert QFontMetricsF(font(role)).height() > 0
        assert font(role).families()[0] == "Inter"


def test_figures_are_tabular_also_under_the_style_sheet(qtbot):
    words = QLabel()
    words.setProperty("role", "figure")
    qtbot.addWidget(words)
    words.ensurePolished()
    metrics = QFontMetricsF(words.font())
    assert metrics.horizontalAdvance("1111111111") == pytest.approx(metrics.horizontalAdvance("0000000000"))


def test_an_icon_follows_the_theme_without_being_set_again(dressed):
    drawn = icon("home", tone="text")
    before = drawn.pixmap(16, 16).toImage()
    dressed("dark")
    after = drawn.pixmap(16, 16).toImage()
    assert _brightest(before) != _brightest(after)


def test_an_icon_that_is_off_is_quieter():
    drawn = icon("home", tone="accent")
    off = drawn.pixmap(16, 16, QIcon.Mode.Disabled).toImage()
    assert off == icon_pixmap("home", "text3", 16, 1.0).toImage()


def test_an_icon_is_sharp_on_a_dense_screen():
    assert icon_pixmap("home", "text", 16, 2.0).width() == 32
    assert icon_pixmap("home", "text", 16, 2.0).deviceIndependentSize().width() == 16


@pytest.mark.parametrize("path", sorted(ICONS.rglob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_can_be_drawn(path):
    name = path.relative_to(ICONS).with_suffix("").as_posix()
    image = icon_pixmap(name, "text", 16, 1.0).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16))


def test_an_unknown_icon_is_refused_at_once():
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icon("no-such-icon")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_style_sheet_has_no_token_left_to_fill_in(dressed, scheme):
    dressed(scheme)
    assert "@" not in sheet()


def test_a_change_of_theme_is_told(qtbot, dressed):
    with qtbot.waitSignal(themes_changed.changed):
        dressed("dark")
    assert token("surface").name() == "#1c2027"
    assert QApplication.palette().window().color() == token("bg")


def test_calls_into_qt_lose_no_references_to_none(qtbot):
    words = QLabel()
    qtbot.addWidget(words)
    before = sys.getrefcount(None)
    for _ in range(1000):
        words.setText("a")
    assert sys.getrefcount(None) > before - 500


def test_the_theme_is_imported_without_drawing_anything():
    wanted = "import sys, ctdesk.ui.theme; sys.exit('PySide6.QtSvg' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", wanted], check=False).returncode == 0


def _brightest(image) -> int:
    return max(
        image.pixelColor(x, y).lightness() for x in range(16) for y in range(16) if image.pixelColor(x, y).alpha() > 200
    )


@pytest.mark.parametrize("make", [lambda: button("Go"), lambda: Link("Go"), lambda: BigButton("Go", "On", "plus")])
def test_enter_presses_the_button_that_has_the_keyboard(qtbot, make):
    page, pressed = QWidget(), []
    go, tick = make(), QCheckBox("Tick")
    row = QVBoxLayout(page)
    row.addWidget(go)
    row.addWidget(tick)
    go.clicked.connect(lambda: pressed.append("go"))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    go.setFocus()
    qtbot.keyClick(go, Qt.Key.Key_Return)
    qtbot.keyClick(go, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    qtbot.keyClick(go, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["go", "go"]
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Return)
    assert not tick.isChecked()
