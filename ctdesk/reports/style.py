"""The look of every page: measures, colours and text styles by name."""

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor

from ctdesk.reports.fonts import BOLD, ITALIC, REGULAR, SEMIBOLD

mm = 72 / 25.4
"""Points to a millimetre."""

INK = HexColor("#1B2228")
GREY = HexColor("#55606B")
RULE = HexColor("#C3CAD1")
HAIR = HexColor("#DDE2E6")
WASH = HexColor("#F2F4F6")
ACCENT = HexColor("#12425F")
MIDDLE = HexColor("#6FA3C6")
LIGHT = HexColor("#C9DDEB")
WHITE = HexColor("#FFFFFF")
RED = HexColor("#A61B1B")
AMBER = HexColor("#F0B23C")
AMBER_EDGE = HexColor("#7A4B00")
AMBER_PALE = HexColor("#FCE9C4")
GREEN = HexColor("#1E6B3A")
GREEN_PALE = HexColor("#CFE5D6")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper in points, and where text may stand on it."""

    width: float
    height: float
    side: float = 20 * mm
    foot: float = 19 * mm

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.width - 2 * self.side

    @property
    def top(self) -> float:
        """The height above the foot of the paper at which text starts."""
        return self.height - 20 * mm


PORTRAIT = Sheet(210 * mm, 297 * mm)
LANDSCAPE = Sheet(297 * mm, 210 * mm)


@dataclass(frozen=True, slots=True)
class Style:
    """A face with its size, distance from line to line, and colour."""

    face: str
    size: float
    leading: float
    colour: Color = INK


TITLE = Style(BOLD, 21, 23.5)
TITLE_WIDE = Style(BOLD, 17, 20)
KICKER = Style(SEMIBOLD, 9.5, 12, ACCENT)
HEADLINE = Style(BOLD, 20, 22)
LEAD = Style(REGULAR, 11.5, 15)
LEAD_FIRST = Style(SEMIBOLD, 11.5, 15)
SECTION = Style(SEMIBOLD, 12.5, 15, ACCENT)
BODY = Style(REGULAR, 9.5, 13)
NOTE = Style(REGULAR, 8.5, 11.2, GREY)
NOTE_STRONG = Style(SEMIBOLD, 8.5, 11.2, GREY)
NOTE_ITALIC = Style(ITALIC, 8.5, 11.2, GREY)
CELL = Style(REGULAR, 8.5, 10.4)
CELL_STRONG = Style(SEMIBOLD, 8.5, 10.4)
CELL_ITALIC = Style(ITALIC, 8.5, 10.4)
CELL_ON_RED = Style(SEMIBOLD, 8.5, 10.4, WHITE)
HEAD = Style(SEMIBOLD, 8.3, 10.2)
GROUP = Style(SEMIBOLD, 8.5, 10.4, ACCENT)
SMALL = Style(REGULAR, 8, 10)
SMALL_GREY = Style(REGULAR, 8, 10, GREY)
BAND_LABEL = Style(REGULAR, 7.8, 9.5, GREY)
BAND_VALUE = Style(SEMIBOLD, 8.8, 10.6)
FURNITURE = Style(REGULAR, 8, 9.6, GREY)
FURNITURE_TRUST = Style(SEMIBOLD, 8.5, 10, ACCENT)
FURNITURE_PAGE = Style(SEMIBOLD, 8.5, 10)
CLOSED = Style(BOLD, 8.5, 10, WHITE)

CLOSED_WORDS = "NOT FOR PUBLICATION"
"""What stands in a black box at the head of every page that is not for the public."""


def tone(place: int, count: int) -> Color:
    """Return the colour of one of `count` ordered parts: one hue from light to dark, at any count."""
    stops = (LIGHT, MIDDLE, ACCENT)
    if count < 2:
        return ACCENT
    along = place / (count - 1) * (len(stops) - 1)
    low = min(int(along), len(stops) - 2)
    start, end, part = stops[low], stops[low + 1], along - low
    return Color(*(a + (b - a) * part for a, b in zip(start.rgb(), end.rgb(), strict=True)))


def on(colour: Color) -> Color:
    """Return the colour of text that stands out on `colour`."""
    luminance = 0.2126 * colour.red + 0.7152 * colour.green + 0.0722 * colour.blue
    return WHITE if luminance < 0.5 else INK
