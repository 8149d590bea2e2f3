"""The style sheet of the whole window, written from the tokens and measures in force."""

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ctdesk.resources import resource
from ctdesk.ui.theme.current import high_contrast, token
from ctdesk.ui.theme.fonts import ROLES, size
from ctdesk.ui.theme.icons import tinted

_PICTURE = re.compile(r"@picture\(([a-z-]+)\)")
_COLOUR = re.compile(r"@([a-z][a-z0-9.]*[a-z0-9])")
_PIXELS = re.compile(r"\b(\d+(?:\.\d+)?)u\b")


def sheet() -> str:
    """Return the style sheet: `@name` in the source is a token, `12u` is 12 design pixels at base 13."""
    source = resource("theme", "window.qss").read_text(encoding="utf-8")
    if high_contrast():
        source += resource("theme", "contrast.qss").read_text(encoding="utf-8")
    source += "".join(_role(name, *look) for name, look in ROLES.items())
    coloured = _COLOUR.sub(lambda found: token(found[1]).name(), source.replace("@picture", "%picture"))
    measured = _PIXELS.sub(lambda found: f"{size(float(found[1]))}px", coloured)
    return _PICTURE.sub(lambda found: f'url("{_picture(found[1])}")', measured.replace("%picture", "@picture"))


def _role(name: str, pixels: float, weight: int) -> str:
    return f'*[role="{name}"] {{ font-size: {pixels}u; font-weight: {weight}; }}\n'


def _picture(name: str) -> str:
    # A style sheet takes pictures from files alone, so the tinted ones live in a folder that ends with the program.
    colour = token("text2")
    path = Path(_folder().name) / f"{name}-{colour.name()[1:]}.svg"
    path.write_text(tinted(name, colour, token("ink")), encoding="utf-8")
    return path.as_posix()


@cache
def _folder() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix="ctdesk-look-", ignore_cleanup_errors=True)
