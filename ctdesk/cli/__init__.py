"""Every job of the desk without a window; `statuses` tells how a command ends."""

import logging
import sys
from argparse import Namespace
from collections.abc import Sequence

from ctdesk.cli.arguments import read
from ctdesk.cli.speech import complain
from ctdesk.cli.statuses import REFUSED
from ctdesk.domain.errors import DeskError


def run(arguments: Sequence[str]) -> int:
    """Run one command; what a person can cause ends in one sentence, what we caused in the log."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    wanted = read(arguments)
    try:
        _read_ahead(wanted)
        from ctdesk.cli import commands

        return int(getattr(commands, wanted.run)(wanted))
    except DeskError as fault:
        complain(str(fault))
    except KeyboardInterrupt:
        complain("Stopped; the step in hand was not taken.")
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as fault:
        complain(_out_of_reach(fault))
    except Exception:
        complain(_logged())
    return REFUSED


def _read_ahead(wanted: Namespace) -> None:
    """Begin to read a returned workbook: it is another process's work, while this one imports the rest."""
    if wanted.run == "receive" and wanted.workspace.is_file():
        from ctdesk.returns.reader import start_reading

        wanted.reading = start_reading(wanted.files[0], password=wanted.password)


def _out_of_reach(fault: OSError) -> str:
    """Say which file the operating system would not read or write: a full disk, a lost network drive."""
    where = fault.filename or "A file"
    return f"{where} could not be read or written ({fault.strerror or fault}); check the disk and try again."


def _logged() -> str:
    """Write the fault that is being handled to the log and return what to say of it."""
    from ctdesk.services.log import log_file

    what = "Something went wrong that is the program’s fault, and the step was not completed"
    try:
        path = log_file()
    except OSError:
        return f"{what}; no log could be written."
    logging.getLogger("ctdesk").exception("A fault of the program")
    return f"{what}; the details are in {path}."
