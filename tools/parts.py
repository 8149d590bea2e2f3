"""Which of the files found by PyInstaller the built program needs: what Qt offers beyond the window is left out."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any

Entry = tuple[str, str, str]
"""One file as PyInstaller lists it: where it goes, where it comes from, and its kind, for instance EXTENSION."""

PLUGINS = {
    "platforms": ("xcb", "offscreen", "windows", "cocoa"),
    "styles": ("modernwindows", "windowsvista", "mac"),
    "iconengines": ("svgicon",),
    "imageformats": ("svg", "ico", "jpeg"),
    "platforminputcontexts": ("composeplatforminputcontext", "ibusplatforminputcontext"),
    "platformthemes": ("xdgdesktopportal",),
    "xcbglintegrations": (),
}
"""The plugins of Qt that are kept, by their folders; a folder not named here is left out whole."""
_UNUSED_MODULES = ("QtNetwork", "QtDBus")
_LIBRARY = {"BINARY", "SYMLINK"}


def links_of(path: str) -> set[str]:
    """Return the file names of the libraries that a binary is linked with."""
    from PyInstaller.depend.bindepend import get_imports

    return {PurePath(name).name for name, _ in get_imports(path)}


def needed(entries: Iterable[Entry], links: Callable[[str], set[str]] = links_of) -> list[Entry]:
    """Return the binaries without Qt's unused plugins and modules, and without libraries that only those asked for."""
    wanted = [entry for entry in entries if _is_wanted(entry)]
    roots = [entry for entry in wanted if not _is_library(entry)]
    reached = _reached(roots, wanted, links)
    return sorted(entry for entry in wanted if entry in roots or PurePath(entry[0]).name in reached)


def without_leftovers(entries: Iterable[Entry], binaries: Iterable[Entry]) -> list[Entry]:
    """Return the data files without Qt's translations (English is in Qt itself) and links to what was left out."""
    kept = {PurePath(where).name for where, _, _ in binaries}
    return sorted(
        entry
        for entry in entries
        if "translations" not in PurePath(entry[0]).parts and (entry[2] != "SYMLINK" or PurePath(entry[1]).name in kept)
    )


def _is_wanted(entry: Entry) -> bool:
    parts = PurePath(entry[0]).parts
    if "plugins" not in parts:
        return not any(f"{module}." in parts[-1] for module in _UNUSED_MODULES)
    folder = parts[parts.index("plugins") + 1]
    plugin = PurePath(entry[0]).stem.removeprefix("lib").removeprefix("q")
    return plugin in PLUGINS.get(folder, ())


def _is_library(entry: Entry) -> bool:
    """Whether a file is there only because others link to it: extension modules and plugins are loaded by name."""
    return entry[2] in _LIBRARY and "plugins" not in PurePath(entry[0]).parts


def _reached(roots: Sequence[Entry], entries: Sequence[Entry], links: Callable[[str], set[str]]) -> set[str]:
    """Return the names of all libraries that the roots link to, and those in turn."""
    sources = {PurePath(where).name: source for where, source, kind in entries if kind != "SYMLINK"}
    reached = {name for name in sources if _is_loaded_by_name(name)}
    waiting = deque([*(entry[1] for entry in roots), *(sources[name] for name in reached)])
    while waiting:
        for name in links(waiting.popleft()) & sources.keys() - reached:
            reached.add(name)
            waiting.append(sources[name])
    return reached


def _is_loaded_by_name(name: str) -> bool:
    """Whether a library is loaded by its name: Python's own, what Windows keeps beside it, and that of the preview."""
    by_name = ("libpython", "python3", "vcruntime", "msvcp", "api-ms-", "ucrtbase", "libpdfium", "pdfium")
    return name.lower().startswith(by_name)


def strangers(project: Path) -> list[str]:
    """Return what can be imported here but is no requirement of the project: libraries offer to use what they find."""
    from importlib import metadata

    own = _with_theirs(_settings(project)["dependencies"]) | {"ctdesk", "pyinstaller"}
    known = metadata.packages_distributions()
    return sorted(first for first, names in known.items() if not {_plain(name) for name in names} & own)


def _with_theirs(requirements: Iterable[str]) -> set[str]:
    """Return the names of these requirements and of theirs, as far as this system needs them."""
    from importlib import metadata

    from packaging.requirements import Requirement

    found: set[str] = set()
    waiting = deque(Requirement(text) for text in requirements)
    while waiting:
        requirement = waiting.popleft()
        if _plain(requirement.name) in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found.add(_plain(requirement.name))
        waiting.extend(Requirement(text) for text in metadata.requires(requirement.name) or ())
    return found


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def version_of(project: Path) -> str:
    """Return the version that the project declares."""
    return str(_settings(project)["version"])


def _settings(project: Path) -> dict[str, Any]:
    import tomllib

    settings: dict[str, Any] = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return settings
