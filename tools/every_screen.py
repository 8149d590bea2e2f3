"""Every screen of the window: empty, with the demo, and full; with the demo also dark and at twice the text size."""

from collections.abc import Iterator

from ctdesk.ui.frame.catalogue import CATALOGUE, Entry

from tools.shooting import Shot, Where
from tools.where import a_register, a_return, measured_agreement, record, screen

_LOOKS = (("light", 1.0), ("dark", 1.0), ("light", 2.0))
_WHERE: dict[str, Where] = {
    "contract": measured_agreement,
    "record": record("activity"),
    "review": a_return,
    "adoption": a_register,
}
"""The screens that show something in particular."""

PAGES = {"settings": ("team", "look", "lists", "backup", "keeping", "access")}
"""The screens with pages, each drawn by itself."""


def every_screen() -> Iterator[Shot]:
    """Return the pictures, each named by workspace, look and screen: `demo/dark/home`."""
    for entry in CATALOGUE:
        for name, where in _places(entry):
            for of in ("empty", "demo", "full"):
                for scheme, scale in _LOOKS if of == "demo" else _LOOKS[:1]:
                    look = scheme if scale == 1 else f"{scale:.0%}".rstrip("%")
                    yield Shot(f"{of}/{look}/{name}", where, scheme=scheme, scale=scale, of=of)


def _places(entry: Entry) -> Iterator[tuple[str, Where]]:
    for page in PAGES.get(entry.name, ()):
        yield f"{entry.name}-{page}", screen(entry.name, page)
    if entry.name not in PAGES:
        yield entry.name, _WHERE.get(entry.name, screen(entry.name, entry.kind))
