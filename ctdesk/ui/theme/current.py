"""The scheme in force, and the news that it changed."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from ctdesk.ui.theme.tokens import Scheme, light


class ThemeNews(QObject):
    """Says when colours or sizes changed; whoever keeps either in something painted once listens to it."""

    changed = Signal()


class _Current:
    """The one scheme of the program, like the palette of QApplication."""

    scheme: Scheme = light()


themes_changed = ThemeNews()


def use(scheme: Scheme) -> None:
    """Put a scheme in force."""
    _Current.scheme = scheme


def token(name: str) -> QColor:
    """Return the colour of a token in the scheme in force. Raises KeyError for a token that is not designed."""
    return _Current.scheme.colours[name]


def high_contrast() -> bool:
    """Say whether grounds and tones are off, so that edges and words must carry all meaning."""
    return _Current.scheme.contrast
