"""Tabs and line breaks inside a paragraph of an .ods workbook, which calamine drops so that words run together."""

import io
import re
import zipfile

_BREAK = re.compile(rb"<text:(tab|line-break)(?:\s[^<>]*)?(?:/>|></text:\1>)")
_CONTENT, _KEPT = "content.xml", ("mimetype", "META-INF/manifest.xml")


def with_breaks(data: bytes) -> bytes:
    """Return an .ods workbook with its tabs and breaks as characters; the very same bytes if it has none.

    Only the parts that cells are read from are kept. Raises zipfile.BadZipFile and KeyError if it is damaged.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = package.read(_CONTENT)
        if b"<text:tab" not in content and b"<text:line-break" not in content:
            return data
        kept = [(name, package.read(name)) for name in _KEPT if name in package.namelist()]
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as package:
        for name, part in (*kept, (_CONTENT, _BREAK.sub(_character, content))):
            package.writestr(name, part)
    return told.getvalue()


def _character(found: re.Match[bytes]) -> bytes:
    return b"\t" if found[1] == b"tab" else b"\n"
