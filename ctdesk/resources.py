"""Where the shipped files and the guide are: in the checkout, in an installed wheel, or beside a built program."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a resource file or folder, for instance `resource("frameworks", "x.toml")`.

    Raises FileNotFoundError if the program was installed without it.
    """
    for root in _roots():
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"The resource {'/'.join(parts)} is missing from this installation of ctdesk.")


def _roots() -> list[Path]:
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    roots = [Path(frozen) / "resources"] if frozen else []
    return [*roots, package.parent / "resources", package.parent / "docs", package / "_resources"]
