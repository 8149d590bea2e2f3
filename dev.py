#!/usr/bin/env python3
"""The developer's one door: sets up `.venv` by itself, then runs, tests, checks, measures or builds the desk.

Standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "ctdesk-ready"
PYTHON_WANTED = (3, 11)
# What Qt takes from a Linux system, each by the Debian package it comes in; these bring the rest with them.
QT_NEEDS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


NIGHT = {"CTDESK_MUTANTS": "10000", "CTDESK_EVERY_POINT": "1", "CTDESK_SOAK": "full"}
"""What has the trials under faults take a night: all mutants, every point of the disk, the whole soak."""


class SetUpError(Exception):
    """Something the person at the keyboard must put right first; the message is the sentence they see."""


def run(_: Sequence[str]) -> int:
    """Make the demonstration borough afresh in `demo/` and leave its files there to be opened."""
    _clear(ROOT / "demo")
    return _python("-m", "ctdesk", "demo", "demo")


def test(args: Sequence[str]) -> int:
    """Run the quick tests on every core; what follows goes to pytest (`test -n 0`, `test tests/domain -k money`)."""
    return _python("-m", "pytest", "-n", "auto", *args)


def slow(args: Sequence[str]) -> int:
    """Run the slow tests, some of which need LibreOffice; what follows goes to pytest."""
    return _python("-m", "pytest", "-m", "slow", *args)


def faults(args: Sequence[str]) -> int:
    """Run the trials under faults and print their counts in one table; `faults night` tries all there is to try."""
    night = args[:1] == ["night"]
    os.environ.update(NIGHT if night else {})
    return _python("-m", "pytest", "-m", "slow", "-n", "auto", "tests/faults", *args[night:])


def lint(_: Sequence[str]) -> int:
    """Check style, layout, types and the direction of imports; each check runs, whatever the others say."""
    return _worst(
        _python("-m", "ruff", "check", "."),
        _python("-m", "ruff", "format", "--check", "."),
        _python("-m", "mypy", "--strict", "ctdesk", "tools", "dev.py"),
        _python("-c", "from importlinter.cli import lint_imports_command as lint; lint()"),
    )


def bench(args: Sequence[str]) -> int:
    """Run every benchmark in turn, so that none disturbs another; print their tables, and all limits in one at the end.

    What follows are parts of the names of those wanted.
    """
    wanted = [path.stem for path in benchmarks(ROOT / "benchmarks") if not args or any(it in path.stem for it in args)]
    said = {name: _heard("-m", f"benchmarks.{name}") for name in wanted}
    print("\n".join(["", machine(), *summary(said)]))
    return _worst(*(status for status, _ in said.values()))


def machine() -> str:
    """Return what the figures were measured on, and how busy it was."""
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    python = f"Python {platform.python_version()}"
    return f"Measured on {platform.platform()}, {os.cpu_count()} processors, {python}{busy}."


_LIMIT = re.compile(
    r"^  (?P<what>\S.*?) {2,}(?P<peer>\S.*?) {2,}(?P<figure>[\d.]+) +at most (?P<most>[\d.]+|inf)  (?P<word>\w+)$",
    re.MULTILINE,
)


def summary(said: dict[str, tuple[int, str]]) -> list[str]:
    """Return one table of every figure, from the exit statuses of the benchmarks and what they said, by their names.

    A benchmark that told no figure has a line that says so, and takes nothing from the others.
    """
    lines, over, missing = [], 0, 0
    for name, (status, text) in said.items():
        found = [limit.group("what", "peer", "figure", "most", "word") for limit in _LIMIT.finditer(text)]
        over += sum(word == "OVER" for *_, word in found)
        lines += [
            f"{name:<16} {what:<46} {peer:<28} {figure:>9} {most.replace('inf', '-'):>8}  {word}"
            for what, peer, figure, most, word in found
        ]
        # One that passed a limit ends with 1; any other fault may have cost it figures.
        if not found or status not in {0, 1}:
            missing += 1
            lines.append(f"{name:<16} {'no figure' if status == 0 else f'FAILED with status {status}'}")
    return [
        f"{'benchmark':<16} {'figure':<46} {'peer, which is 1 or as said':<28} {'is':>9} {'at most':>8}",
        *lines,
        f"{len(lines) - missing} figures, {over} over their limits; {missing} benchmarks did not tell all.",
    ]


def shots(args: Sequence[str]) -> int:
    """Draw the pictures of the guide, and every screen into `build/shots`; what follows are parts of their names."""
    return _python("-m", "tools.shots", *args)


def build(_: Sequence[str]) -> int:
    """Build the program for people without Python into `dist`: a folder that has tried itself, and its zip."""
    return (
        _python("-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN", "build.spec")
        or _python("-m", "tools.parcel")
        or _try_built_program()
    )


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    command.__name__: command for command in (run, test, slow, faults, lint, bench, shots, build)
}
TAKE_NOTHING = {run, lint, build}
"""The commands after which nothing may be typed."""


def usage() -> str:
    """Return the list of sub-commands with the first line of what each is for."""
    return "\n".join(["Usage: python3 dev.py COMMAND", "", *(f"  {name:6} {meaning(name)}" for name in COMMANDS)])


def meaning(name: str) -> str:
    """Return what a sub-command is for, the first line of its docstring."""
    return (COMMANDS[name].__doc__ or "").strip().split("\n")[0]


def benchmarks(folder: Path) -> list[Path]:
    """Return the benchmark programs of a folder by name; files that begin with _ are parts of others."""
    return sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))


def fingerprint(root: Path) -> str:
    """Return a hash of what an environment depends on: where the project is and what it declares it needs."""
    # Imported here, as Python 3.10 has no tomllib and must still be told so in a sentence.
    import tomllib

    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    needs = [settings.get(table) for table in ("build-system", "project", "dependency-groups")]
    return hashlib.sha256(json.dumps([str(root), needs], sort_keys=True).encode()).hexdigest()


def is_ready(stamp: Path, python: Path, wanted: str) -> bool:
    """Say whether an environment was finished for this fingerprint and still has its Python."""
    return python.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def prepare() -> None:
    """Make or renew `.venv` if it is missing, was never finished, or was made for other requirements.

    Raises SetUpError if Python is too old, lacks its venv module, or packages or libraries cannot be installed.
    """
    if sys.version_info < PYTHON_WANTED:
        raise SetUpError(
            "ctdesk needs Python 3.11 or newer: start dev.py with that, for instance `python3.11 dev.py run`."
        )
    _need_libraries()
    wanted = fingerprint(ROOT)
    if is_ready(STAMP, _environment_python(), wanted):
        return
    print("Setting up .venv; this takes a minute or two, and only the first time.", flush=True)
    if not (STAMP.exists() and _environment_python().exists()):
        _make_environment()
    # Without its stamp an environment counts as half-made, so a set-up cut short is begun again next time.
    STAMP.unlink(missing_ok=True)
    _install("--upgrade", "pip>=25.1")  # the first pip that knows --group
    _install("--editable", ".", "--group", "dev")
    STAMP.write_text(wanted, encoding="utf-8")


def main(argv: Sequence[str]) -> int:
    """Run one sub-command and return its exit status; 2 if it could not be started at all."""
    name, args = "".join(argv[:1]), argv[1:]
    if name not in COMMANDS:
        print(usage())
        return 0 if name in {"-h", "--help", "help"} else 2
    if args[:1] in (["-h"], ["--help"]):
        takes = "" if COMMANDS[name] in TAKE_NOTHING else " [...]"
        print(f"Usage: python3 dev.py {name}{takes}\n\n{meaning(name)}")
        return 0
    try:
        _no_arguments(name, args)
        prepare()
        return COMMANDS[name](args)
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _environment_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _make_environment() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        raise SetUpError(
            "This Python cannot make virtual environments: install the package python3-venv"
            " (on Debian or Ubuntu `apt install python3-venv`) and run this again."
        )
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise SetUpError(
            "The folder .venv could not be made: the lines above say why; put that right and run this again."
        )


def _install(*what: str) -> None:
    if _python("-m", "pip", "install", "--quiet", *what):
        raise SetUpError(
            "The packages could not be installed: check the network and the lines above, then run this again."
        )


def _need_libraries() -> None:
    """See that Qt finds its system libraries: root of a Debian gets them installed, anybody else gets told."""
    missing = [] if platform.system() != "Linux" else [name for name in QT_NEEDS if not _loads(name)]
    if not missing:
        return
    packages = [QT_NEEDS[name] for name in missing]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing what the window needs from the system:", *packages, flush=True)
        if not _apt("update") and not _apt("install", "-y", "--no-install-recommends", *packages):
            return
    raise SetUpError(
        f"The window cannot open without {', '.join(missing)}: install them (on Debian or Ubuntu"
        f" `sudo apt-get install {' '.join(packages)}`) and run this again."
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _apt(*args: str) -> int:
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.call(["apt-get", args[0], "-qq", *args[1:]], env=quietly)  # noqa: S607 - the system's own


def _python(*args: str) -> int:
    return subprocess.call([str(_environment_python()), *args], cwd=ROOT)


def _heard(*args: str) -> tuple[int, str]:
    """Run a Python program, show what it prints as it does, and return its status and all it printed."""
    command, lines = [str(_environment_python()), *args], []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    return process.returncode, "".join(lines)


def _worst(*statuses: int) -> int:
    # A program ended by a signal has a negative status, so the largest would not do.
    return int(any(statuses))


def _clear(folder: Path) -> None:
    if not folder.exists():
        return
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise SetUpError(
            f"The folder {folder.name} cannot be emptied: close what has its files open. ({error})"
        ) from error


def _no_arguments(name: str, args: Sequence[str]) -> None:
    """Refuse what a command does not take, before the set-up, which takes minutes."""
    if args and COMMANDS[name] in TAKE_NOTHING:
        raise SetUpError(f"`dev.py {name}` takes nothing after it, but was given: {' '.join(args)}.")


def _try_built_program() -> int:
    program = ROOT / "dist" / "ctdesk" / ("ctdesk.exe" if os.name == "nt" else "ctdesk")
    return subprocess.call([str(program), "--self-test"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
