"""Putting files on the disk for good, so that a power cut leaves the old file or the new one."""

import os
from contextlib import suppress
from pathlib import Path


def sync(path: Path) -> None:
    """Have the operating system write a file or folder out."""
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot open a folder to sync it, and needs no such thing.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard(part: Path) -> None:
    """Take an unfinished file away; one that cannot be taken away is worth no second complaint."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def replace(part: Path, target: Path) -> None:
    """Put a finished file in its place in one step."""
    sync(part)
    part.replace(target)
    sync(target.parent)
