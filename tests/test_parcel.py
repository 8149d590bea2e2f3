"""The parcel: what goes into the built program, and what is written about it."""

import json
import os
import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from tools import parcel, parts, windows_parts

PROJECT = Path(__file__).parents[1]
LINKS = {
    "/qt/libqxcb.so": {"libQt6XcbQpa.so.6"},
    "/qt/libqgtk3.so": {"libgtk-3.so.0"},
    "/qt/libQt6XcbQpa.so.6": {"libxcb.so.1"},
    "/qt/QtGui.so": {"libQt6Gui.so.6"},
}
ENTRIES = [
    ("PySide6/QtGui.abi3.so", "/qt/QtGui.so", "EXTENSION"),
    ("PySide6/QtNetwork.abi3.so", "/qt/QtNetwork.so", "EXTENSION"),
    ("PySide6/Qt/plugins/platforms/libqxcb.so", "/qt/libqxcb.so", "BINARY"),
    ("PySide6/Qt/plugins/platforms/libqvnc.so", "/qt/libqvnc.so", "BINARY"),
    ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "/qt/libqgtk3.so", "BINARY"),
    ("PySide6/Qt/plugins/tls/libqopensslbackend.so", "/qt/libqopensslbackend.so", "BINARY"),
    ("PySide6/Qt/lib/libQt6XcbQpa.so.6", "/qt/libQt6XcbQpa.so.6", "BINARY"),
    ("PySide6/Qt/lib/libQt6Gui.so.6", "/qt/libQt6Gui.so.6", "BINARY"),
    ("libxcb.so.1", "/usr/lib/libxcb.so.1", "BINARY"),
    ("libgtk-3.so.0", "/usr/lib/libgtk-3.so.0", "BINARY"),
    ("libpython3.11.so.1.0", "/usr/lib/libpython3.11.so.1.0", "BINARY"),
    ("pypdfium2_raw/libpdfium.so", "/site/pypdfium2_raw/libpdfium.so", "BINARY"),
]


def kept(entries: list[parts.Entry]) -> set[str]:
    return {Path(where).name for where, _, _ in parts.needed(entries, lambda path: LINKS.get(path, set()))}


def test_only_the_window_s_parts_of_qt_are_kept_with_what_they_link_to() -> None:
    assert kept(ENTRIES) == {
        "QtGui.abi3.so",
        "libqxcb.so",
        "libQt6XcbQpa.so.6",
        "libQt6Gui.so.6",
        "libxcb.so.1",
        "libpython3.11.so.1.0",
        "libpdfium.so",
    }


def test_files_stand_in_the_same_order_however_they_were_found() -> None:
    one, other = (parts.needed(entries, lambda path: LINKS.get(path, set())) for entries in (ENTRIES, ENTRIES[::-1]))
    assert one == other


def test_translations_and_links_to_nothing_are_left_out() -> None:
    data = [
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libQt6Network.so.6", "PySide6/Qt/lib/libQt6Network.so.6", "SYMLINK"),
        ("PySide6/Qt/translations/qtbase_de.qm", "/qt/qtbase_de.qm", "DATA"),
        ("resources/icons/home.svg", "/here/home.svg", "DATA"),
    ]
    left = parts.without_leftovers(data, ENTRIES)
    assert [Path(where).name for where, _, _ in left] == ["libQt6Gui.so.6", "home.svg"]


def test_libraries_of_developers_stay_outside_and_requirements_come_in() -> None:
    outside = set(parts.strangers(PROJECT))
    assert {"pytest", "hypothesis", "mypy", "numpy"} <= outside
    assert not {"sqlalchemy", "PySide6", "openpyxl", "et_xmlfile", "cryptography", "ctdesk"} & outside


def test_every_requirement_carries_its_licence() -> None:
    found = parcel.distributions([("sqlalchemy.engine", ""), ("PySide6/QtGui.abi3.so", ""), ("openpyxl", "")])
    assert found == ["openpyxl", "PySide6_Essentials", "SQLAlchemy"]
    for name in found:
        component = parcel.component_of(name)
        assert component.licence
        assert all(text.stat().st_size > 100 for text in component.texts)
    assert "LGPL" in parcel.component_of("PySide6_Essentials").texts[0].name


def test_a_component_without_a_licence_stops_the_parcel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel, "_is_licence", lambda file: False)
    with pytest.raises(parcel.Incomplete, match="openpyxl carries no text"):
        parcel.component_of("openpyxl")


def folder(place: Path) -> Path:
    built = place / "ctdesk"
    (built / "inside").mkdir(parents=True)
    (built / "ctdesk").write_bytes(b"program")
    (built / "ctdesk").chmod(0o755)
    (built / "inside" / "a.txt").write_text("a", encoding="utf-8")
    parcel.write_manifest(built)
    return built


def test_the_manifest_is_what_sha256sum_reads(tmp_path: Path) -> None:
    lines = (folder(tmp_path) / parcel.MANIFEST).read_text(encoding="utf-8").splitlines()
    assert [line.split("  ")[1] for line in lines] == ["ctdesk", "inside/a.txt"]
    assert lines[1].startswith("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb")


def test_equal_folders_make_equal_zips(tmp_path: Path) -> None:
    zips = []
    for name, moment in (("one", 1_000_000_000), ("two", 1_700_000_000)):
        built = folder(tmp_path / name)
        os.utime(built / "ctdesk", (moment, moment))
        zips.append(tmp_path / f"{name}.zip")
        parcel.write_zip(built, zips[-1])
    assert zips[0].read_bytes() == zips[1].read_bytes()
    with zipfile.ZipFile(zips[0]) as packed:
        assert packed.namelist() == ["ctdesk/MANIFEST.sha256", "ctdesk/ctdesk", "ctdesk/inside/a.txt"]
        if os.name != "nt":
            assert packed.getinfo("ctdesk/ctdesk").external_attr >> 16 & 0o777 == 0o755


def test_windows_shows_the_version_that_the_project_declares() -> None:
    from ctdesk import __version__

    assert parts.version_of(PROJECT) == __version__
    said = windows_parts.version_resource("1.2.3")
    assert "filevers=(1, 2, 3, 0)" in said
    assert "StringStruct('FileVersion', '1.2.3')" in said
    compile(said, "version.txt", "eval")


def test_the_icon_has_every_size(tmp_path: Path) -> None:
    # In a process of its own: it draws without an application, as a build does.
    target = tmp_path / "ctdesk.ico"
    source = PROJECT / "resources" / "icons" / "ctdesk.svg"
    draw = "import sys, pathlib as p; from tools.windows_parts import *; write_icon(*map(p.Path, sys.argv[1:]))"
    subprocess.run([sys.executable, "-c", draw, str(source), str(target)], check=True, cwd=PROJECT)
    from PIL import Image

    with Image.open(target) as icon:
        assert icon.info["sizes"] == {(size, size) for size in windows_parts.ICON_SIZES}


def test_a_folder_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "parts.json").write_text(json.dumps([]), encoding="utf-8")
    for name, value in {"BUILT": folder(tmp_path), "WORK": tmp_path, "MOST_BYTES": 5}.items():
        monkeypatch.setattr(parcel, name, value)
    assert parcel.main() == 1
    assert "more than" in capsys.readouterr().err


BUILT = PROJECT / "dist" / "ctdesk"


@pytest.fixture(scope="module")
def modules() -> set[str]:
    """Return the first names of all modules that are in the built program, read from the program itself."""
    program = BUILT / ("ctdesk.exe" if os.name == "nt" else "ctdesk")
    if not program.is_file():
        pytest.skip("nothing is built here: python3 dev.py build")
    readers = pytest.importorskip("PyInstaller.archive.readers")
    pure = readers.CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz").toc
    inside = {path.name.partition(".")[0] for path in (BUILT / "_internal").iterdir()}
    return {name.partition(".")[0] for name in pure} | inside


@pytest.mark.slow
def test_whatever_is_in_the_built_folder_stands_among_its_components(modules: set[str]) -> None:
    listed = (BUILT / parcel.COMPONENTS).read_text(encoding="utf-8")
    known = metadata.packages_distributions()
    owners = {owner for name in modules for owner in known.get(name, ())} - {"ctdesk"}
    assert len(owners) > 15
    assert [owner for owner in sorted(owners) if f"\n{owner.casefold()} " not in listed.casefold()] == []
    texts = re.findall(rf"{parcel.LICENCES}/[^,)\s]+", listed)
    assert [text for text in texts if not (BUILT / text).is_file()] == []
    assert len(texts) > len(owners)


@pytest.mark.slow
def test_what_no_user_needs_is_left_out_of_the_built_folder(modules: set[str]) -> None:
    assert not modules & {"pytest", "hypothesis", "pandas", "numpy", "mypy", "weasyprint", "tkinter", "pip"}
    qt = {path.name for path in (BUILT / "_internal").rglob("*Qt6*")}
    assert qt
    unwanted = ("Network", "Qml", "Quick", "Sql", "Test", "Designer", "Multimedia", "WebEngine", "Pdf")
    assert [name for name in sorted(qt) if any(f"Qt6{part}" in name for part in unwanted)] == []
