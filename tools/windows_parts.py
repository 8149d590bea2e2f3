"""What only Windows shows of a program: the version in its properties, and its icon."""

from collections.abc import Sequence
from pathlib import Path

ICON_SIZES = (16, 24, 32, 48, 64, 256)


def version_resource(version: str) -> str:
    """Return the version resource in the form PyInstaller reads: four numbers, and the words of the properties."""
    numbers = (*[int(part) for part in version.split(".")[:3]], 0, 0, 0)[:4]
    words = {
        "FileDescription": "Commissioning trust desk",
        "ProductName": "ctdesk",
        "FileVersion": version,
        "ProductVersion": version,
        "InternalName": "ctdesk",
        "OriginalFilename": "ctdesk.exe",
        "CompanyName": "ctdesk contributors",
        "LegalCopyright": "MIT licence; see the folder licences",
    }
    strings = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in words.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004,"
        f" fileType=0x1, subtype=0x0, date=(0, 0)), kids=[StringFileInfo([StringTable('080904B0', [{strings}])]),"
        " VarFileInfo([VarStruct('Translation', [2057, 1200])])])\n"
    )


def write_icon(drawing: Path, target: Path, sizes: Sequence[int] = ICON_SIZES) -> None:
    """Draw an SVG in all sizes of a Windows icon, each on its own so that small ones stay sharp."""
    from PIL import Image
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(str(drawing))
    pictures = []
    for size in sizes:
        image = QImage(size, size, QImage.Format.Format_RGBA8888)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        pictures.append(Image.frombytes("RGBA", (size, size), bytes(image.constBits())))
    pictures[-1].save(target, sizes=[(size, size) for size in sizes], append_images=pictures[:-1])
