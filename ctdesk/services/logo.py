"""The logo of the trust, kept inside the workspace, for the covers of packs."""

from pathlib import Path

from ctdesk.domain.changes import Action, RecordChange, deleted
from ctdesk.domain.errors import DeskError
from ctdesk.domain.records.round import FilePurpose
from ctdesk.services.desk import Desk
from ctdesk.services.kept_files import bytes_of, keep_file, read_whole

MOST_BYTES = 2_000_000
"""A logo is on every cover; a larger picture is none."""
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def logo(desk: Desk) -> bytes:
    """Return the picture, or nothing if there is none."""
    kept = desk.load("stored_file", purpose=FilePurpose.LOGO.value)
    return next((bytes_of(desk, values) for values in kept.values()), b"")


def keep_logo(desk: Desk, path: Path) -> None:
    """Keep a PNG or JPEG as the logo, in place of the one there was. DeskError if it is neither, or too large."""
    content = read_whole(path, MOST_BYTES, "choose a smaller picture, PNG or JPEG")
    if not content.startswith(_BEGINNINGS):
        raise DeskError(f"{path.name} is neither a PNG nor a JPEG picture; save it as one of them and choose that.")
    from ctdesk.reports.pictures import refuse_damaged

    refuse_damaged(content, path.name)
    files: dict[str, bytes] = {}
    kept = keep_file(content, path.name, FilePurpose.LOGO, files)
    desk.apply(Action.EDIT, "Settings: Logo", [*_gone(desk), kept], files=files)


def take_logo_away(desk: Desk) -> None:
    """Go without a logo."""
    gone = _gone(desk)
    if gone:
        desk.apply(Action.EDIT, "Settings: Logo taken away", gone)


def _gone(desk: Desk) -> list[RecordChange]:
    kept = desk.load("stored_file", purpose=FilePurpose.LOGO.value)
    return [deleted("stored_file", uid, values) for uid, values in kept.items()]
