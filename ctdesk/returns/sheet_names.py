"""Names of sheets that every spreadsheet program bears."""

import re
from collections.abc import Iterable

_LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def sheet_name(words: str, taken: Iterable[str], otherwise: str) -> str:
    """Return a name made of the words: short, without forbidden characters, and unlike those taken in any case.

    `otherwise` is the name where the words leave none.
    """
    known = {name.casefold() for name in taken}
    plain = " ".join(_FORBIDDEN.sub(" ", words).split())[:_LONGEST].strip("' ") or otherwise
    name, number = plain, 2
    while name.casefold() in known:
        ending = f" ({number})"
        name, number = plain[: _LONGEST - len(ending)].rstrip() + ending, number + 1
    return name
