"""Every place where a piece of work touches the disk, counted, and on demand the last or a failing one.

SQLite is met at its virtual file system (https://www.sqlite.org/vfs.html): opening, writing, syncing, cutting and
deleting go through here. Python is met where it opens, writes, syncs, renames, removes and makes folders.
"""

import builtins
import ctypes
import errno
import io
import os
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PIECE = 8192
"""The most bytes that a file takes at once."""
KILLED = 86
"""The exit status of a process that was ended at a point."""


@dataclass
class Points:
    """Counts the points touched under a folder; at and after the one wanted, it ends the process or fails."""

    folder: str
    kill_at: int = 0
    fail_at: int = 0
    for_good: bool = False
    error: int = errno.EIO
    count: int = 0
    log: list[str] = field(default_factory=list)
    """The kind of every point touched, in order."""
    failed: Counter[str] = field(default_factory=Counter)

    def touch(self, kind: str, path: str) -> int:
        """Count one point; return 0 to go on, or the error number with which it is to fail."""
        if not path.startswith(self.folder):
            return 0
        self.count += 1
        self.log.append(kind)
        if self.count == self.kill_at:
            os._exit(KILLED)
        if self.fail_at and (self.count == self.fail_at or (self.for_good and self.count > self.fail_at)):
            self.failed[kind] += 1
            return self.error
        return 0

    def pass_or_raise(self, kind: str, path: object) -> None:
        """Count one point of Python's own; OSError if it is to fail."""
        name = os.fspath(path) if isinstance(path, str | os.PathLike) else ""
        if number := self.touch(kind, str(name)):
            raise OSError(number, os.strerror(number), str(name))


def watch(points: Points) -> None:
    """Have everything this process does from now on touch the points; there is no way back."""
    _watch_python(points)
    _watch_sqlite(points)


_EVENTS = {"os.rename": "rename", "os.remove": "remove", "os.mkdir": "mkdir", "os.rmdir": "remove"}


def _watch_python(points: Points) -> None:
    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _EVENTS:
            points.pass_or_raise(_EVENTS[event], arguments[0])
        elif event == "open" and isinstance(arguments[0], str) and _writes(arguments[1], arguments[2]):
            points.pass_or_raise("open", arguments[0])

    sys.addaudithook(heard)
    sync = os.fsync

    def watched_sync(descriptor: int) -> None:
        points.pass_or_raise("sync", str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        sync(descriptor)

    os.fsync = watched_sync
    io.open = builtins.open = _opener(points)
    # Copied in the kernel, the bytes of a file would pass nothing that could be made to fail.
    import shutil

    shutil._USE_CP_SENDFILE = False


def _writes(mode: str | None, flags: int) -> bool:
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) or bool(mode and set(mode) & set("wax+"))


def _opener(points: Points) -> Callable[..., Any]:
    plain = io.open

    class Watched(io.FileIO):
        def write(self, content: Any) -> int:
            # Piece by piece, as the system may; whoever writes comes back with the rest.
            points.pass_or_raise("write", str(self.name))
            return super().write(memoryview(content)[:PIECE])

    def opened(file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **more: Any) -> Any:
        if not isinstance(file, str | os.PathLike) or not set(mode) & set("wax") or "+" in mode or more.get("opener"):
            return plain(file, mode, buffering, *rest, **more)
        buffered = io.BufferedWriter(Watched(os.fspath(file), mode.replace("b", "").replace("t", "")))
        return buffered if "b" in mode else io.TextIOWrapper(buffered, *rest, **more)

    return opened


_FULL, _CANTOPEN, _IOERR = 13, 14, 10
_CODES = {"write": _IOERR | 3 << 8, "sync": _IOERR | 4 << 8, "cut": _IOERR | 6 << 8, "delete": _IOERR | 10 << 8}
"""SQLite's codes for what failed: https://www.sqlite.org/rescode.html"""

_INT, _PTR, _I64 = ctypes.c_int, ctypes.c_void_p, ctypes.c_int64
# SQLite keeps the address of a name, so that names go through here as addresses.
_OPEN = ctypes.CFUNCTYPE(_INT, _PTR, _PTR, _PTR, _INT, _PTR)
_DELETE = ctypes.CFUNCTYPE(_INT, _PTR, _PTR, _INT)
_WRITE = ctypes.CFUNCTYPE(_INT, _PTR, _PTR, _INT, _I64)
_CUT = ctypes.CFUNCTYPE(_INT, _PTR, _I64)
_SYNC = ctypes.CFUNCTYPE(_INT, _PTR, _INT)
_CLOSE = ctypes.CFUNCTYPE(_INT, _PTR)


class _Vfs(ctypes.Structure):
    """The head of SQLite's sqlite3_vfs."""

    _fields_ = (
        ("version", _INT),
        ("file_size", _INT),
        ("longest_path", _INT),
        ("next", _PTR),
        ("name", ctypes.c_char_p),
        ("data", _PTR),
        ("open", _PTR),
        ("delete", _PTR),
    )


class _Methods(ctypes.Structure):
    """SQLite's sqlite3_io_methods, version 3."""

    _fields_ = (
        ("version", _INT),
        ("close", _PTR),
        ("read", _PTR),
        ("write", _PTR),
        ("cut", _PTR),
        ("sync", _PTR),
        ("rest", _PTR * 13),
    )


class _Sqlite:
    """Stands between SQLite and its files; keeps every callback alive as long as the process."""

    def __init__(self, points: Points, vfs: _Vfs) -> None:
        self.points = points
        self.names: dict[int, str] = {}
        self.tables: dict[int, _Methods] = {}
        self.kept: list[object] = []
        self.open_file, self.delete_file = _OPEN(vfs.open), _DELETE(vfs.delete)
        vfs.open = self._keep(_OPEN(self.opened))
        vfs.delete = self._keep(_DELETE(self.deleted))

    def _keep(self, callback: Any) -> int:
        self.kept.append(callback)
        return int(ctypes.cast(callback, _PTR).value or 0)

    def _struck(self, kind: str, path: str) -> int:
        number = self.points.touch(f"sqlite {kind}", path)
        if not number:
            return 0
        if kind == "open":
            return _CANTOPEN
        return _FULL if number == errno.ENOSPC and kind == "write" else _CODES[kind]

    def opened(self, vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        path = _text(name)
        # Reading alone alters nothing, and SQLite creates with 4: https://www.sqlite.org/c3ref/c_open_autoproxy.html
        if flags & 4 and (code := self._struck("open", path)):
            ctypes.cast(file, ctypes.POINTER(_PTR))[0] = None
            return code
        status = int(self.open_file(vfs, name, file, flags, out))
        methods = ctypes.cast(file, ctypes.POINTER(_PTR))[0]
        if status == 0 and methods and path:
            self.names[file] = path
            ctypes.cast(file, ctypes.POINTER(_PTR))[0] = ctypes.addressof(self._watched(methods))
        return status

    def _watched(self, methods: int) -> _Methods:
        """Return a table of methods like the one at an address, with ours before those that alter a file."""
        if methods not in self.tables:
            plain = _Methods.from_address(methods)
            table = _Methods()
            ctypes.memmove(ctypes.addressof(table), methods, self._size(plain.version))
            write, cut, sync = _WRITE(plain.write), _CUT(plain.cut), _SYNC(plain.sync)
            self.kept += [write, cut, sync]
            table.write = self._keep(
                _WRITE(lambda file, data, size, at: self._at("write", file) or write(file, data, size, at))
            )
            table.cut = self._keep(_CUT(lambda file, size: self._at("cut", file) or cut(file, size)))
            table.sync = self._keep(_SYNC(lambda file, flags: self._at("sync", file) or sync(file, flags)))
            self.tables[methods] = table
        return self.tables[methods]

    @staticmethod
    def _size(version: int) -> int:
        pointers = {1: 12, 2: 16}.get(version, 18)
        return ctypes.sizeof(_PTR) * (1 + pointers)

    def _at(self, kind: str, file: int) -> int:
        return self._struck(kind, self.names.get(file, ""))

    def deleted(self, vfs: int, name: int, sync_folder: int) -> int:
        return self._struck("delete", _text(name)) or int(self.delete_file(vfs, name, sync_folder))


def _text(name: int | None) -> str:
    return os.fsdecode(ctypes.string_at(name)) if name else ""


_KEPT: list[_Sqlite] = []


def sqlite_library() -> str | None:
    """Return the path of the SQLite library that Python uses, None where it is not a library of its own."""
    import sqlite3  # noqa: F401 - loads it

    maps = Path("/proc/self/maps")
    if not hasattr(os, "fork") or not maps.exists():
        return None
    lines = maps.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line.split()[-1] for line in lines if "libsqlite3" in line), None)


def _watch_sqlite(points: Points) -> None:
    library = sqlite_library()
    if library is None:
        raise RuntimeError("SQLite is not a library of its own here.")
    find = ctypes.CDLL(library).sqlite3_vfs_find
    find.restype, find.argtypes = ctypes.POINTER(_Vfs), (ctypes.c_char_p,)
    _KEPT.append(_Sqlite(points, find(None).contents))
