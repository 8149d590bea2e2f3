"""The style sheet of the whole window, written from the tokens and measures in force."""

import re

from ctdesk.resources import resource
from ctdesk.ui.theme.current import high_contrast, token
from ctdesk.ui.theme.fonts import ROLES, size

_COLOUR = re.compile(r"@([a-z][a-z0-9.]*[a-z0-9])")
_PIXELS = re.compile(r"\b(\d+(?:\.\d+)?)u\b")


def sheet() -> str:
    """Return the style sheet: `@name` in the source is a token, `12u` is 12 design pixels at base 13."""
    source = resource("theme", "window.qss").read_text(encoding="utf-8")
    if high_contrast():
        source += resource("theme", "contrast.qss").read_text(encoding="utf-8")
    source += "".join(_role(name, *look) for name, look in ROLES.items())
    coloured = _COLOUR.sub(lambda found: token(found[1]).name(), source)
    return _PIXELS.sub(lambda found: f"{size(float(found[1]))}px", coloured)


def _role(name: str, pixels: float, weight: int) -> str:
    return f'*[role="{name}"] {{ font-size: {pixels}u; font-weight: {weight}; }}\n'
