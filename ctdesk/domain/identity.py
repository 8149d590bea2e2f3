"""Keys: UUIDv7 for records, and the short row key with a check character that travels in a workbook."""

import hashlib
import secrets
import time
from itertools import count

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_COUNT = count(secrets.randbits(24))

KEY_LENGTH = 8
"""Characters of a row key: seven of a hash of the record's uid and one that checks them."""


def new_uid() -> str:
    """Return a fresh UUIDv7 (RFC 9562, with the sub-millisecond clock of its method 3) as text.

    Those made later sort after those made earlier.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    tail = (next(_COUNT) << 32 | secrets.randbits(32)) & ((1 << 62) - 1)
    text = f"{milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | tail:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def row_key(uid: str, salt: int = 0) -> str:
    """Return the short key under which a record's row travels; another `salt` gives another key."""
    number = int.from_bytes(hashlib.blake2b(f"{uid}{salt or ''}".encode(), digest_size=8).digest())
    body = ""
    for _ in range(KEY_LENGTH - 1):
        number, digit = divmod(number, 36)
        body += _ALPHABET[digit]
    return body + _check_character(body)


def is_row_key(text: str) -> bool:
    """Whether the text is a whole row key: a mistyped character is noticed always, swapped ones nearly always."""
    return len(text) == KEY_LENGTH and all(c in _ALPHABET for c in text) and _check_character(text[:-1]) == text[-1]


def row_keys(uids: list[str]) -> dict[str, str]:
    """Return a key for each uid, all different, as uid -> key."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for uid in uids:
        salt = 0
        while (key := row_key(uid, salt)) in taken:
            salt += 1
        taken.add(key)
        keys[uid] = key
    return keys


def _check_character(body: str) -> str:
    """Return the check character of ISO/IEC 7064, MOD 37-36."""
    remainder = 36
    for character in body:
        remainder = (remainder + _ALPHABET.index(character)) % 36 or 36
        remainder = remainder * 2 % 37
    return _ALPHABET[(37 - remainder) % 36]
