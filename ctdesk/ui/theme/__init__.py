"""How the window looks: colours, type, sizes, icons and the focus ring, all from one table of tokens."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ctdesk.ui.theme import fonts, tokens
from ctdesk.ui.theme.current import high_contrast, themes_changed, token, use
from ctdesk.ui.theme.focus import EnterPresses, FocusRing
from ctdesk.ui.theme.fonts import em, font, size
from ctdesk.ui.theme.icons import icon, icon_pixmap, symbol
from ctdesk.ui.theme.palette import palette
from ctdesk.ui.theme.sheet import sheet

__all__ = [
    "apply_theme",
    "em",
    "follow_system",
    "font",
    "high_contrast",
    "icon",
    "icon_pixmap",
    "size",
    "symbol",
    "themes_changed",
    "token",
]

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


class _Theme:
    """What apply_theme set up for the application, so that it can be changed while the program runs."""

    wanted = "system"
    text_scale = 1.0
    ring: FocusRing | None = None
    busy = False


def apply_theme(app: QApplication, scheme: str = "system", *, text_scale: float = 1.0) -> None:
    """Give the application its look, now and whenever the system's colours change.

    `scheme` is "system", "light", "dark" or "contrast"; `text_scale` multiplies the system's text size (2.0 = 200%).
    """
    if _Theme.ring is None:
        app.setStyle("Fusion")  # the same on every system; a style written in Python doubles the time a grid is painted
        fonts.load_fonts()
        _Theme.ring = FocusRing(app)
        EnterPresses(app)
        app.styleHints().colorSchemeChanged.connect(follow_system)
    _Theme.wanted, _Theme.text_scale = scheme, text_scale
    _dress(app)


def follow_system() -> None:
    """Take colours and text size from the system again, once it has changed them."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and not _Theme.busy:
        _dress(app)


def _dress(app: QApplication) -> None:
    # Setting the palette or the wanted scheme makes Qt report a change of scheme again.
    _Theme.busy = True
    try:
        app.styleHints().setColorScheme(_SCHEMES.get(_Theme.wanted, Qt.ColorScheme.Unknown))
        use(_scheme(app))
        fonts.measure(_Theme.text_scale)
        app.setPalette(palette())
        app.setFont(font("body"))
        app.setStyleSheet(sheet())
    finally:
        _Theme.busy = False
    themes_changed.changed.emit()


def _scheme(app: QApplication) -> tokens.Scheme:
    if _Theme.wanted == "contrast" or (_Theme.wanted == "system" and _system_wants_contrast()):
        return tokens.contrast(_system_palette(app) if _system_wants_contrast() else None)
    if _Theme.wanted == "system":
        return tokens.dark() if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else tokens.light()
    return {"light": tokens.light, "dark": tokens.dark}[_Theme.wanted]()


def _system_palette(app: QApplication) -> QPalette:
    # The system's own palette is what is left when ours is taken off.
    app.setPalette(QPalette())
    return QGuiApplication.palette()


def _system_wants_contrast() -> bool:
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):  # Qt before 6.10 cannot say
        return False
    return bool(hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)
