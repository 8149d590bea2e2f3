"""Files kept inside the workspace: taken in from a folder, kept under their fingerprint, and written out again."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from ctdesk.db import queries
from ctdesk.domain.changes import RecordChange, created
from ctdesk.domain.definition import Value
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import FilePurpose
from ctdesk.services.desk import Desk


def read_whole(path: Path, most: int, otherwise: str) -> bytes:
    """Return the bytes of a file that is to be kept.

    Raises DeskError if it cannot be read or has more bytes than `most`; `otherwise` says what to do then.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise DeskError(f"{path} cannot be read ({fault.strerror}); choose another file.") from fault
    if len(content) > most:
        raise DeskError(f"{path.name} is larger than {most // 1_000_000} MB; {otherwise}.")
    return content


def keep_file(
    content: bytes, name: str, purpose: FilePurpose, files: dict[str, bytes], **fields: Value
) -> RecordChange:
    """Return the creation of a stored file and put its bytes among *files*."""
    fingerprint = hashlib.sha256(content).hexdigest()
    files[fingerprint] = content
    kept = {"name": name, "purpose": purpose.value, "fingerprint": fingerprint, "size": len(content)}
    return created("stored_file", {**kept, "kept_on": datetime.now(UTC).replace(microsecond=0), **fields})


def bytes_of(desk: Desk, stored: Mapping[str, Value]) -> bytes:
    """Return the bytes of a stored file; DeskError if the workspace has lost them."""
    return queries.file_bytes(desk.workspace, str(stored["fingerprint"]))


def bytes_kept(desk: Desk, uid: str) -> bytes:
    """Return the bytes of the stored file with this uid; DeskError if the workspace has lost them."""
    return bytes_of(desk, desk.load_some("stored_file", [uid])[uid])


def write_kept(desk: Desk, stored: Mapping[str, Value], folder: Path) -> Path:
    """Write a stored file into a folder under its own name, so that it can be opened, and return its path."""
    path = folder / Path(str(stored["name"])).name
    content = bytes_of(desk, stored)
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise DeskError(f"{path} cannot be written ({fault.strerror}); choose another folder.") from fault
    return path
