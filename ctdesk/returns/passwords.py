"""Opening workbooks that are locked with a password."""

import io

from ctdesk.returns.refusals import Refusal

_EXCELS_OWN = "VelvetSweatshop"
"""The password Excel itself gives to workbooks that are only marked read-only, and opens without asking."""


def unlocked(data: bytes, password: str | None) -> bytes:
    """Return the workbook inside a locked one.

    Raises Refusal: `password needed`, `wrong password`, `password not supported` (a lock of unknown make)
    or `damaged`.
    """
    for attempt in [_EXCELS_OWN] if password is None else [password, _EXCELS_OWN]:
        opened = _opened(data, attempt)
        if opened is not None:
            return opened
    raise Refusal("password needed" if password is None else "wrong password")


def _opened(data: bytes, password: str) -> bytes | None:
    """Return the workbook inside, or None where the password is wrong."""
    import msoffcrypto
    from msoffcrypto import exceptions

    plain = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(data))
        locked.load_key(password=password, **({"verify_password": True} if _checks(locked) else {}))
        locked.decrypt(plain)
    except exceptions.InvalidKeyError:
        return None
    except (exceptions.FileFormatError, exceptions.ParseError) as error:
        raise Refusal("damaged") from error
    except exceptions.DecryptionError as error:
        raise Refusal("password not supported") from error
    except MemoryError:
        raise
    except Exception as error:  # the library meets damage with whatever its parsers raise
        raise Refusal("damaged") from error
    return plain.getvalue()


def _checks(locked: object) -> bool:
    """Whether this kind of file checks its password on being asked; the old .xls always does."""
    return type(locked).__name__ == "OOXMLFile"
