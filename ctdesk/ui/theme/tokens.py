"""The colours by name: one table for light and dark, and the rule that makes high contrast of a system palette."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

# name: (light, dark). A tone is its text; its ground carries ".ground".
TABLE = {
    "bg": ("#F3F4F7", "#14171C"),
    "nav": ("#E9ECF1", "#181B21"),
    "surface": ("#FFFFFF", "#1C2027"),
    "sunken": ("#F6F7F9", "#181B21"),
    "hover": ("#EDF0F5", "#262B34"),
    "sel": ("#E4EAF8", "#27334F"),
    "text": ("#161B25", "#E7EAF0"),
    "text2": ("#434D5E", "#B4BCC9"),
    "text3": ("#586374", "#98A2B2"),
    "line": ("#DDE1E8", "#2D333D"),
    "line2": ("#C5CBD5", "#414956"),
    "control": ("#788292", "#7C8798"),
    "accent": ("#2C489C", "#9DB3FF"),
    "accent.hover": ("#223A82", "#B7C7FF"),
    "onaccent": ("#FFFFFF", "#10162B"),
    "focus": ("#1557E6", "#7EA2FF"),
    "ink": ("#FFFFFF", "#14171C"),  # the mark inside a solid state symbol
    "good": ("#17603A", "#8AD9A8"),
    "good.ground": ("#E1F1E7", "#173325"),
    "warn": ("#7A4700", "#F2C46D"),
    "warn.ground": ("#FBEFD5", "#3A2C10"),
    "bad": ("#A11D1D", "#FFA59C"),
    "bad.ground": ("#FBE5E3", "#42201E"),
    "info": ("#1D4E8C", "#9CC6FA"),
    "info.ground": ("#E2ECF8", "#1B3049"),
    "decide": ("#672C88", "#D9A9F0"),
    "decide.ground": ("#F2E8F7", "#362142"),
    "neutral": ("#434D5E", "#B4BCC9"),
    "neutral.ground": ("#E9ECF1", "#2A2F38"),
    "series.1": ("#22357A", "#8FA6F2"),
    "series.2": ("#B04A2F", "#E08A6C"),
    "series.3": ("#3C9A93", "#5FC2B8"),
    "series.4": ("#D9A93B", "#E7C468"),
    "series.5": ("#CBD9F2", "#C9D8F4"),
    "series.edge": ("#161B25", "#14171C"),  # around series 4 and 5
    "heat.1": ("#F1F4FB", "#1E2430"),
    "heat.2": ("#D6DFF4", "#24304D"),
    "heat.3": ("#AEBFE8", "#2E4276"),
    "heat.4": ("#7C95D6", "#3E5AA6"),
    "heat.5": ("#4A68BC", "#6F8CDC"),
    "heat.6": ("#26408F", "#A9BCF5"),
    "heat.low.text": ("#161B25", "#E7EAF0"),  # on steps 1 to 4
    "heat.high.text": ("#FFFFFF", "#14171C"),  # on steps 5 and 6
}
TONES = ("good", "warn", "bad", "info", "decide", "neutral")

_GROUNDS = ("bg", "nav", "surface", "sunken", "hover", "ink")
_ACCENTS = ("accent", "accent.hover", "focus")


@dataclass(frozen=True)
class Scheme:
    """A named set of colours; `contrast` marks the one whose meaning must not rest on colour at all."""

    name: str
    colours: dict[str, QColor]

    @property
    def contrast(self) -> bool:
        """Say whether this is the high contrast scheme."""
        return self.name == "contrast"


def light() -> Scheme:
    """Return the light scheme."""
    return Scheme("light", {name: QColor(pair[0]) for name, pair in TABLE.items()})


def dark() -> Scheme:
    """Return the dark scheme."""
    return Scheme("dark", {name: QColor(pair[1]) for name, pair in TABLE.items()})


def contrast(palette: QPalette | None = None) -> Scheme:
    """Return the high contrast scheme of a system palette; black, white and yellow where the system sets none."""
    ground, text, accent = QColor("#000000"), QColor("#FFFFFF"), QColor("#FFE600")
    selected = QColor("#333300")
    if palette is not None:
        ground, text = palette.window().color(), palette.windowText().color()
        accent, selected = palette.link().color(), palette.highlight().color()
    colours = dict.fromkeys(TABLE, text)
    colours |= dict.fromkeys(_GROUNDS, ground) | dict.fromkeys(_ACCENTS, accent)
    colours |= {name: ground for name in TABLE if name.endswith(".ground") or name.startswith("heat.")}
    colours |= {"sel": selected, "onaccent": ground, "heat.low.text": text, "heat.high.text": text}
    return Scheme("contrast", colours)


def contrast_ratio(one: QColor, other: QColor) -> float:
    """Return the WCAG 2 contrast ratio of two colours, 1 to 21."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
