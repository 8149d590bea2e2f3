"""The seal of a saved step: title, person and moment stand nowhere else, so damage to them would pass unnoticed."""

import hashlib
import json
from collections.abc import Iterable

SEALED = ("number", "uid", "action", "title", "who", "moment", "why", "records", "undoes")
"""The columns of a saved step that its seal covers, in the order it covers them."""


def seal(values: Iterable[object]) -> str:
    """Return the seal of the values of the sealed columns of one step."""
    return hashlib.sha256(json.dumps(list(values), ensure_ascii=False).encode()).hexdigest()
