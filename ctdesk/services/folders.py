"""Making the folders that files are written into."""

from pathlib import Path

from ctdesk.domain.errors import DeskError


def make_folder(folder: Path) -> None:
    """Make a folder if need be; DeskError if it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise DeskError(f"The folder {folder} cannot be written ({fault.strerror}); choose another.") from fault
