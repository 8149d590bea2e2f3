"""What passes between the desk and its reading process: frames of four bytes of length and so many bytes.

The bytes are Python's marshal form, which holds plain values only and names no code to run, and is four times as
fast as JSON here. Dates and times, which it does not know, travel as tuples that begin with their kind.
"""

import datetime as dt
import marshal
from collections.abc import Callable
from typing import Any, BinaryIO

from ctdesk.returns.sheets import Cell

_LONGEST = 2**31

Wired = str | int | float | bool | None | tuple[Any, ...]
"""A cell on the wire."""


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """Write one frame."""
    stream.write(len(payload).to_bytes(4, "big"))
    stream.write(payload)


def read_frame(stream: BinaryIO, most: int = _LONGEST) -> bytes | None:
    """Read one frame; None where the stream ends. Raises ValueError beyond `most` bytes or if it is cut."""
    head = stream.read(4)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if length > most:
        raise ValueError(f"a frame of {length} bytes")
    payload = stream.read(length)
    if len(payload) < length:
        raise ValueError("a frame was cut short")
    return payload


def encode(message: list[Any]) -> bytes:
    """Turn lists and tuples of texts, numbers and None into bytes; raises ValueError for anything else."""
    return marshal.dumps(message)


def decode(payload: bytes) -> Any:
    """Turn the bytes of `encode` back; raises ValueError, TypeError or EOFError where they are not such."""
    return marshal.loads(payload)  # noqa: S302 - it comes whole from our own program, which passes cells alone


def wired(cells: list[Cell]) -> list[Wired]:
    """Prepare a row for the wire; it is given back itself where it holds no date or time."""
    if _PLAIN.issuperset(map(type, cells)):
        return cells  # type: ignore[return-value]  # just seen to hold plain values
    return [_KINDS[type(value)](value) if type(value) in _KINDS else value for value in cells]  # type: ignore[misc]  # as above


def unwired(row: list[Any]) -> list[Cell]:
    """Turn a row from the wire back; raises KeyError or TypeError where it is not such."""
    if tuple not in map(type, row):
        return row
    return [_BACK[value[0]](*value[1:]) if type(value) is tuple else value for value in row]


_PLAIN = {str, float, int, bool, type(None)}
_KINDS: dict[type, Callable[[Any], tuple[Any, ...]]] = {
    dt.date: lambda day: ("date", day.toordinal()),
    dt.datetime: lambda moment: ("datetime", moment.isoformat()),
    dt.time: lambda moment: ("time", moment.isoformat()),
    dt.timedelta: lambda span: ("duration", span.days, span.seconds, span.microseconds),
}
_BACK: dict[str, Callable[..., Cell]] = {
    "date": dt.date.fromordinal,
    "datetime": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
    "duration": dt.timedelta,
}
