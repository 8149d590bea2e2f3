"""What passes between the desk and its reading process: framed JSON, which cannot carry code.

A frame is four bytes of length and that many bytes. Dates and times travel as one-key objects.
"""

import datetime
import json
from collections.abc import Callable
from typing import Any, BinaryIO

_LONGEST = 2**31


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


def encode(message: Any) -> bytes:
    """Turn lists, texts, numbers, None, dates and times into bytes."""
    text = json.dumps(message, default=_tagged, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def decode(payload: bytes) -> Any:
    """Turn the bytes of `encode` back; raises ValueError where they are not such."""
    return json.loads(payload.decode("utf-8", "surrogatepass"), object_hook=_untagged)


def _tagged(value: Any) -> dict[str, Any]:
    if isinstance(value, datetime.datetime):  # before date, whose subclass it is
        return {"datetime": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, datetime.time):
        return {"time": value.isoformat()}
    if isinstance(value, datetime.timedelta):
        return {"duration": [value.days, value.seconds, value.microseconds]}
    raise TypeError(f"a cell holds {type(value).__name__}")


_UNTAGGED: dict[str, Callable[[Any], Any]] = {
    "datetime": datetime.datetime.fromisoformat,
    "date": datetime.date.fromisoformat,
    "time": datetime.time.fromisoformat,
    "duration": lambda parts: datetime.timedelta(*parts),
}


def _untagged(item: dict[str, Any]) -> Any:
    [(tag, value)] = item.items()
    return _UNTAGGED[tag](value)
