"""Starts the program: the window, the command line, or the process that reads one workbook."""

import gc
import os
import sys
from pathlib import Path


def main() -> int:
    """Run the program with the arguments it was started with and return its exit status.

    No argument, or the path of a workspace alone, starts the window.
    """
    arguments = sys.argv[1:]
    if arguments[:1] == ["--read-workbook"]:
        from ctdesk.returns.reader_child import main as read_workbook

        return read_workbook()
    if arguments == ["--self-test"]:
        from ctdesk.self_test import self_test

        return self_test()
    # What is imported and read at the start is kept: looking through it for rubbish takes a third of the window's start
    # and a tenth of a command.
    gc.set_threshold(100_000, 20, 1_000)
    if not arguments or arguments[0].endswith(".ctdesk"):
        return _window(arguments)
    # A command ends soon; taking in a large return makes half a million objects and next to no rubbish.
    gc.set_threshold(1_000_000, 20, 1_000)
    from ctdesk.cli import run

    status = run(arguments)
    if status == 0 and arguments[0] == "demo" and "--no-window" not in arguments and _has_display():
        return _window([str(path) for path in Path(arguments[1]).glob("*.ctdesk")])
    # All that is left goes with the process, and need not be looked through for rubbish before.
    gc.freeze()
    return status


def _has_display() -> bool:
    """Whether a window could be seen here."""
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _window(arguments: list[str]) -> int:
    path = Path(arguments[0]) if arguments else None
    if path is not None and arguments[1:] == ["--time-start"]:
        from ctdesk.timing import time_start

        return time_start(path)
    from ctdesk.app import run

    return run(path)


if __name__ == "__main__":
    sys.exit(main())
