"""The tokens as a QPalette, for what style sheets do not reach."""

from PySide6.QtGui import QPalette

from ctdesk.ui.theme.current import high_contrast, token

_ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Highlight: "sel",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line2",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "control",
}
_OFF = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def palette() -> QPalette:
    """Return the palette of the scheme in force."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, token(name))
    for role in _OFF:
        made.setColor(QPalette.ColorGroup.Disabled, role, token("text3"))
    if high_contrast():
        made.setColor(QPalette.ColorRole.Highlight, token("sel"))
    return made
