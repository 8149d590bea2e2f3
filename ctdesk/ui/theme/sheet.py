"""The style sheet of the whole window, written from the tokens and measures in force."""

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ctdesk.resources import resource
from ctdesk.ui.theme.current import high_contrast, token
from ctdesk.ui.theme.fonts import ROLES, size
from ctdesk.ui.theme.icons import tinted

_PICTURE = re.compile(r"@picture\(([a-z/-]+) (\S+) (\S+)\)")
_COLOUR = re.compile(r"@([a-z][a-z0-9.]*[a-z0-9])")
_PIXELS = re.compile(r"\b(\d+(?:\.\d+)?)u\b")


def sheet() -> str:
    """Return the style sheet of the scheme and sizes in force.

    In its source `@name` is a token, `12u` 12 pixels at base 13, `@picture(name tone ink)` an icon in two tokens.
    """
    source = resource("theme", "window.qss").read_text(encoding="utf-8")
    if high_contrast():
        source += resource("theme", "contrast.qss").read_text(encoding="utf-8")
    source += "".join(_role(name, *look) for name, look in ROLES.items())
    pictured = _PICTURE.sub(lambda found: f'url("{_picture(*found.groups())}")', source)
    coloured = _COLOUR.sub(lambda found: token(found[1]).name(), pictured)
    return _PIXELS.sub(lambda found: f"{size(float(found[1]))}px", coloured)


def _role(name: str, pixels: float, weight: int) -> str:
    return f'*[role="{name}"] {{ font-size: {pixels}u; font-weight: {weight}; }}\n'


def _picture(name: str, tone: str, ink: str) -> str:
    # A style sheet takes pictures from files alone, so the tinted ones live in a folder that ends with the program.
    colours = token(tone), token(ink)
    stem = "-".join([name.replace("/", "-"), *(colour.name()[1:] for colour in colours)])
    path = Path(_folder().name) / f"{stem}.svg"
    path.write_text(tinted(name, *colours), encoding="utf-8")
    return path.as_posix()


@cache
def _folder() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix="ctdesk-look-", ignore_cleanup_errors=True)
