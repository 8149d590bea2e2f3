"""Workbooks put together by hand, part by part, for what no decent program writes."""

import zipfile
from pathlib import Path

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_xml(rows: str, *, before: str = "", after: str = "", start: str = "") -> str:
    """One sheet part around the XML of its rows."""
    return f'{start}<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def ooxml_parts(sheet: str, strings: str | None = None) -> dict[str, str]:
    """The parts of a workbook with one sheet, `Activity`."""
    shared = f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>' if strings else ""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Activity" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>{shared}</Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return parts | ({"xl/sharedStrings.xml": strings} if strings else {})


def ods_parts(rows: str) -> dict[str, str]:
    """The parts of an OpenDocument spreadsheet with one table, `Activity`."""
    spaces = "".join(
        f' xmlns:{name}="{space}"'
        for name, space in {
            "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
            "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
            "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
        }.items()
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Activity">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
        "META-INF/manifest.xml": "<manifest:manifest "
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
    }


def write_parts(path: Path, parts: dict[str, str | bytes]) -> Path:
    """Write an archive of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
