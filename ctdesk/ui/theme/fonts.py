"""The typeface and its sizes, all derived from the size the person has set for the system's own text."""

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

from ctdesk.resources import resource

FAMILIES = ["Inter", "Segoe UI", "Noto Sans"]
BASE = 13.0  # pixels of body text at 100%; every design measure stands against it

# role: (pixels at base 13, weight)
ROLES = {
    "name": (26, 600),
    "screen title": (18, 600),
    "entry": (17, 400),
    "figure": (17, 600),
    "panel title": (15, 600),
    "lead": (14, 400),
    "section": (13, 600),
    "body": (13, 400),
    "medium": (13, 500),
    "strong": (13, 600),
    "group": (12, 600),
    "badge": (12, 500),
    "help": (12, 400),
    "small": (11, 400),
    "mark": (10.5, 600),
}

_WEIGHTS = {400: QFont.Weight.Normal, 500: QFont.Weight.Medium, 600: QFont.Weight.DemiBold}
# Where the system's ordinary text is 12 px (9 points) it means what our 13 px means.
_TWELVE_PIXEL_SYSTEMS = ("windows", "offscreen", "minimal")


class _Measure:
    """The body size in force; one for the whole program, like the font of QApplication."""

    base = BASE
    loaded = False


def load_fonts() -> None:
    """Load the shipped typeface, once."""
    if not _Measure.loaded:
        for weight in ("Regular", "Medium", "SemiBold"):
            QFontDatabase.addApplicationFont(str(resource("fonts", f"Inter-{weight}.ttf")))
        _Measure.loaded = True


def measure(text_scale: float) -> None:
    """Take the body size from the system's font, times the person's own scale."""
    system = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
    if QGuiApplication.platformName() in _TWELVE_PIXEL_SYSTEMS:
        system = round(system * 13 / 12)
    _Measure.base = max(BASE, system) * text_scale


def em() -> int:
    """Return the body size in device-independent pixels: 13 where the system's text is at 100%."""
    return round(_Measure.base)


def size(px_at_13: float) -> int:
    """Return a design measure, given in pixels at base 13, at the size in force; at least 1 if it was not 0."""
    scaled = round(px_at_13 * _Measure.base / BASE)
    return max(1, scaled) if px_at_13 > 0 else scaled


def font(role: str) -> QFont:
    """Return the font of a role (see ROLES). Raises KeyError for a role that is not designed."""
    pixels, weight = ROLES[role]
    made = QFont(FAMILIES)
    made.setPixelSize(size(pixels))
    made.setWeight(_WEIGHTS[weight])
    # Unhinted and a little tighter, as the widths in the design were measured.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.1 * _Measure.base / BASE)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
