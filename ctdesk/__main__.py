"""Starts the program: the command line, or the process that reads one workbook."""

import sys


def main() -> int:
    """Run the program with the arguments it was started with and return its exit status."""
    if sys.argv[1:2] == ["--read-workbook"]:
        from ctdesk.returns.reader_child import main as read_workbook

        return read_workbook()
    import gc

    from ctdesk.cli import run

    # A command keeps nearly all it makes until it ends: looking through it for rubbish would take a tenth of the time.
    gc.set_threshold(100_000, 20, 1_000)
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
