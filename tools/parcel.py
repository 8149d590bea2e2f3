"""Makes a parcel of the built folder: licences and components, a manifest of hashes, and a zip of it all.

Run after PyInstaller: python -m tools.parcel. The same folder always makes the same bytes.
"""

import hashlib
import json
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePath

from tools.parts import version_of

ROOT = Path(__file__).resolve().parents[1]
BUILT, WORK = ROOT / "dist" / "ctdesk", ROOT / "build" / "build"
MANIFEST, COMPONENTS, LICENCES = "MANIFEST.sha256", "COMPONENTS.txt", "licences"
MOST_BYTES = 200_000_000
"""How large the unpacked folder may be."""
_TEXT = re.compile(r"(?i)licen[cs]e|copying|notice")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_KEPT_HERE = {"LGPL-3.0-only": ("LGPL-3.0.txt", "GPL-3.0.txt")}
"""Licences whose texts the packages themselves do not carry; they stand in tools/licences."""


class Incomplete(Exception):
    """The parcel may not be handed out; the message is the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Component:
    """One piece of somebody else's work in the parcel, its licence, and the files that hold the licence's text."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def distributions(parts: Iterable[Sequence[str]]) -> list[str]:
    """Return the names of the packages that modules and binaries of the built program come from."""
    known = metadata.packages_distributions()
    # A module `a.b` and a file `a/b.so` both belong to what is imported as `a`.
    firsts = {re.split(r"[./\\]", where)[0] for where, _ in parts}
    found = {name for first in firsts for name in known.get(first, ())}
    return sorted(found - {"ctdesk"}, key=str.casefold)


def component_of(name: str) -> Component:
    """Return what a package declares about itself; Incomplete if it carries no licence and none is kept here."""
    package = metadata.distribution(name)
    files = [Path(str(package.locate_file(file))) for file in package.files or () if _is_licence(file)]
    licence = _declared(package.metadata.json)
    kept = _KEPT_HERE.get(licence.split(" OR ")[0], ())
    texts = (*sorted(files), *(ROOT / "tools" / "licences" / text for text in kept))
    if not texts:
        raise Incomplete(f"{name} carries no text of its licence ({licence}): put it into tools/licences.")
    return Component(package.metadata["Name"], package.version, licence, texts)


def _is_licence(file: PurePath) -> bool:
    if not any(part.endswith(".dist-info") for part in file.parts):
        return False
    return bool(_TEXT.search(file.name)) or "licenses" in file.parts


def _declared(said: Mapping[str, object]) -> str:
    """Return the licence a package names; some go on about it, or put its whole text there."""
    named = str(said.get("license_expression") or said.get("license") or "").strip()
    return re.split(r"[\n(,]| which ", named)[0].strip() or "not named"


def python_itself() -> Component:
    """Return Python with the licences of what is built into it."""
    places = [Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"]
    places.append(Path(f"/usr/share/doc/python{sys.version_info.major}.{sys.version_info.minor}/copyright"))
    texts = tuple(place for place in places if place.is_file())[:1]
    if not texts:
        raise Incomplete("The text of Python's licence was not found beside this Python.")
    return Component("Python", platform.python_version(), "PSF-2.0", texts)


def fonts() -> list[Component]:
    """Return the fonts that come with the program."""
    folder = ROOT / "resources" / "fonts"
    owners = {"Inter": "Inter-OFL.txt", "Source Sans Pro": "OFL.txt"}
    return [Component(name, "", "OFL-1.1", (folder / text,)) for name, text in owners.items()]


def system_libraries(parts: Iterable[Sequence[str]]) -> list[Component]:
    """Return the packages of this Debian whose libraries are in the parcel; nothing on other systems."""
    if shutil.which("dpkg-query") is None:
        return []
    sources = {str(Path(source).resolve()) for _, source in parts if source.startswith(("/usr/lib", "/lib"))}
    owned = [_owner(source) for source in sorted(sources)]
    return [_debian(name) for name in sorted({name for name in owned if name})]


def _owner(library: str) -> str:
    # Debian knows a file by the name it was installed under, with or without /usr before it.
    for name in (library, library.removeprefix("/usr")):
        asked = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True, check=False)  # noqa: S607
        if asked.returncode == 0:
            return asked.stdout.split(":")[0]
    return ""


def _debian(name: str) -> Component:
    asked = subprocess.run(["dpkg-query", "-W", "-f=${Version}", name], capture_output=True, text=True, check=False)  # noqa: S607
    text = Path("/usr/share/doc") / name / "copyright"
    if not text.is_file():
        raise Incomplete(f"The library {name} of this system has no copyright file: reinstall its package.")
    return Component(name, asked.stdout, "see its copyright file", (text,))


def write_components(built: Path, components: Sequence[Component]) -> None:
    """Put the licence texts into the parcel, and the list of what is in it."""
    folder = built / LICENCES
    shutil.rmtree(folder, ignore_errors=True)
    lines = []
    for component in components:
        target = folder / re.sub(r"[^\w.-]+", "-", component.name)
        target.mkdir(parents=True, exist_ok=True)
        names = [_free_name(target, text) for text in component.texts]
        words = ", ".join(f"{LICENCES}/{target.name}/{name}" for name in names[:4])
        words += f" and {len(names) - 4} more" if len(names) > 4 else ""
        lines.append(f"{component.name} {component.version}".strip() + f": {component.licence} ({words})")
    head = f"ctdesk {version_of(ROOT)} is under the MIT licence and holds the following work of others.\n\n"
    (built / COMPONENTS).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _free_name(folder: Path, text: Path) -> str:
    """Copy a text into a folder and return its name there; of two of one name the second also names its folder."""
    name = text.name if not (folder / text.name).exists() else f"{text.parent.name}-{text.name}"
    shutil.copyfile(text, folder / name)
    return name


def files_of(built: Path) -> list[Path]:
    """Return the files and links of a folder but its manifest, in one order on every system."""
    found = (path for path in built.rglob("*") if not path.is_dir() and path.name != MANIFEST)
    return sorted(found, key=lambda path: path.relative_to(built).as_posix())


def write_manifest(built: Path) -> None:
    """Write the hash of every file in the form that `sha256sum --check` reads."""
    whole = [path for path in files_of(built) if not path.is_symlink()]
    lines = [f"{_sha256(path)}  {path.relative_to(built).as_posix()}\n" for path in whole]
    (built / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")


def write_zip(built: Path, target: Path) -> None:
    """Pack the folder, manifest first, with one date for all files, so that equal folders make equal zips."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for path in (built / MANIFEST, *files_of(built)):
            entry = zipfile.ZipInfo(f"{built.name}/{path.relative_to(built).as_posix()}", _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # so that the rights below are read everywhere
            # A library of Linux may be there under two names: the second is a link, and stays one.
            entry.external_attr = (path.lstat().st_mode & 0o170755) << 16
            packed.writestr(entry, str(path.readlink()) if path.is_symlink() else path.read_bytes())


def size_of(built: Path) -> int:
    """Return the bytes of a built folder; Incomplete if they are more than allowed."""
    size = sum(path.lstat().st_size for path in files_of(built))
    if size > MOST_BYTES:
        raise Incomplete(f"The folder holds {size / 1e6:.0f} MB, more than the {MOST_BYTES / 1e6:.0f} MB allowed.")
    return size


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def zip_name(version: str) -> str:
    """Return the name of the zip: the version, the system and its processor."""
    return f"ctdesk-{version}-{platform.system().lower()}-{platform.machine().lower()}.zip"


def _components(parts: Sequence[Sequence[str]]) -> Iterator[Component]:
    yield python_itself()
    for name in distributions(parts):
        yield component_of(name)
    yield component_of("pyinstaller")  # its loader is the program's first few kilobytes
    yield from fonts()
    yield from system_libraries(parts)


def main() -> int:
    """Make the parcel and say what it holds; 1 if it may not be handed out."""
    try:
        components = list(_components(json.loads((WORK / "parts.json").read_text(encoding="utf-8"))))
        write_components(BUILT, components)
        write_manifest(BUILT)
        size = size_of(BUILT)
    except Incomplete as fault:
        print(fault, file=sys.stderr)
        return 1
    target = BUILT.parent / zip_name(version_of(ROOT))
    write_zip(BUILT, target)
    print(f"{BUILT}: {size / 1e6:.0f} MB in {len(files_of(BUILT))} files, {len(components)} components with licences.")
    print(f"{target}: {target.stat().st_size / 1e6:.0f} MB, SHA-256 {_sha256(target)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
