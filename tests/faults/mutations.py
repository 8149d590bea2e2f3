"""Good spreadsheets with something knocked about in them, each made by its number alone."""

import random
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.faults.attacks import Parts, packed, parts_of

_ODD_VALUES = (b"-1", b"99999999", b"1e308", b"nan", b"", b"x", b"&amp;", b"1" * 400, b"46204", b"#REF!", b" 5 ")
_ODD_TEXTS = ("", " ", "x" * 40_000, "=1+1", "31/02/2026", "£1,2,3", "-", "nil", "1e9", "&lt;b&gt;", "\U0001f600")
_ODD_BYTES = (b"\0", b'"', b"\n", b",,,,", b"\xff\xfe", b";" * 3000, b"\r", b"=1+1", b"\xe2\x80\xae")
_STRINGS, _CONTENT = "xl/sharedStrings.xml", "content.xml"

Chance = random.Random


@dataclass(frozen=True, slots=True)
class Template:
    """A good file: its bytes, and its parts if it is an archive that can be packed anew."""

    path: Path
    content: bytes
    parts: Parts

    @classmethod
    def of(cls, path: Path) -> "Template":
        """Read a file; one that cannot be taken apart, as some of the difficult ones, is altered as a whole."""
        parts: Parts = {}
        with suppress(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
            parts = parts_of(path)
        return cls(path, path.read_bytes(), parts)


OfParts = Callable[[Parts, Chance], Parts]
OfBytes = Callable[[bytes, Chance], bytes]


def _bytes_turned(content: bytes, chance: Chance) -> bytes:
    turned = bytearray(content)
    for _ in range(chance.randrange(1, 20)):
        turned[chance.randrange(len(turned))] = chance.randrange(256)
    return bytes(turned)


def _cut_short(content: bytes, chance: Chance) -> bytes:
    return content[: chance.randrange(len(content))]


def _stretch_doubled(content: bytes, chance: Chance) -> bytes:
    first = chance.randrange(len(content))
    last = min(len(content), first + chance.randrange(1, 5000))
    return content[:last] + content[first:]


def _numbers_stretched(content: bytes, chance: Chance) -> bytes:
    """Put the largest numbers in some places, as the length of a record, an offset or a count."""
    altered = bytearray(content)
    for _ in range(chance.randrange(1, 4)):
        at, size = chance.randrange(len(altered)), chance.choice((2, 4, 8))
        altered[at : at + size] = chance.choice((b"\xff", b"\x7f", b"\0")) * size
    return bytes(altered)


def _odd_bytes_put_in(content: bytes, chance: Chance) -> bytes:
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(content))
        content = content[:at] + chance.choice(_ODD_BYTES) + content[at:]
    return content


def _part_dropped(parts: Parts, chance: Chance) -> Parts:
    gone = chance.choice(sorted(parts))
    return {name: content for name, content in parts.items() if name != gone}


def _some(parts: Parts, chance: Chance) -> str:
    filled = [name for name in sorted(parts) if parts[name]]
    return chance.choice([name for name in filled if name.endswith(".xml")] or filled)


def _parts_swapped(parts: Parts, chance: Chance) -> Parts:
    one, other = _some(parts, chance), _some(parts, chance)
    return {**parts, one: parts[other], other: parts[one]}


def _of_one_part(alter: OfBytes) -> OfParts:
    def mutate(parts: Parts, chance: Chance) -> Parts:
        name = _some(parts, chance)
        return {**parts, name: alter(parts[name], chance)}

    return mutate


def _elements(pattern: bytes, alter: OfBytes) -> OfParts:
    """Return what alters a few of the elements of a sheet that match."""

    def mutate(parts: Parts, chance: Chance) -> Parts:
        sheets = [name for name in sorted(parts) if _is_sheet(name) and re.search(pattern, parts[name], re.DOTALL)]
        if not sheets:
            return parts
        name = chance.choice(sheets)
        found = [match.span() for match in re.finditer(pattern, parts[name], re.DOTALL)]
        content = parts[name]
        for start, end in sorted(chance.sample(found, min(len(found), chance.randrange(1, 6))), reverse=True):
            content = content[:start] + alter(content[start:end], chance) + content[end:]
        return {**parts, name: content}

    return mutate


def _is_sheet(name: str) -> bool:
    return "worksheets/sheet" in name or name == _CONTENT


def _gone(_: bytes, __: Chance) -> bytes:
    return b""


def _doubled(element: bytes, _: Chance) -> bytes:
    return element * 2


def _odd_value(_: bytes, chance: Chance) -> bytes:
    return b"<v>" + chance.choice(_ODD_VALUES) + b"</v>"


def _odd_type(cell: bytes, chance: Chance) -> bytes:
    kind = chance.choice((b"s", b"b", b"e", b"str", b"n", b"d", b"inlineStr", b"??"))
    return re.sub(rb"^<c ", b'<c t="' + kind + b'" ', re.sub(rb' t="[^"]*"', b"", cell, count=1))


def _odd_address(cell: bytes, chance: Chance) -> bytes:
    places = (b"A1", b"C6", b"XFD1", b"a7", b"1A", b"", b"AM2000", b"$C$6", b"\xc3\xa91")
    return re.sub(rb' r="[^"]*"', b' r="' + chance.choice(places) + b'"', cell, count=1)


def _odd_attribute(element: bytes, chance: Chance) -> bytes:
    odd = b'"' + chance.choice(_ODD_VALUES) + b'"'
    return re.sub(rb'"[^"]*"', odd, element, count=1)


def _repeated_without_end(cell: bytes, chance: Chance) -> bytes:
    times = chance.choice((b"1048576", b"-1", b"99999999999", b"0", b"x"))
    kind = b"rows" if b"table-row" in cell[:20] else b"columns"
    start = re.sub(rb' table:number-(?:rows|columns)-repeated="[^"]*"', b"", cell, count=1)
    return re.sub(rb"^<table:[a-z-]+", rb"\g<0> table:number-" + kind + b'-repeated="' + times + b'"', start, count=1)


def _texts_altered(parts: Parts, chance: Chance) -> Parts:
    """Put odd texts in the place of some texts of the workbook: headings, names, dates, keys."""
    items = re.split(b"(<si>)", parts[_STRINGS])
    for _ in range(chance.randrange(1, 40)):
        at, odd = chance.randrange(len(items)), f">{chance.choice(_ODD_TEXTS)}</t>".encode()
        items[at] = re.sub(b">[^<]*</t>", odd, items[at], count=1)
    return {**parts, _STRINGS: b"".join(items)}


def _texts_shuffled(parts: Parts, chance: Chance) -> Parts:
    head, *items = parts[_STRINGS].split(b"<si>")
    if len(items) < 2:
        return parts
    mixed = [*items[:-1], items[-1].removesuffix(b"</sst>")]
    first = chance.randrange(len(mixed))
    mixed[first : first + 30] = chance.sample(mixed[first : first + 30], len(mixed[first : first + 30]))
    return {**parts, _STRINGS: b"<si>".join([head, *mixed]) + b"</sst>"}


_CELL = rb"<c [^>]*?(?:/>|>.*?</c>)"
_ODS_CELL, _ODS_ROW = rb"<table:table-cell[^>]*>", rb"<table:table-row[^>]*>"
OF_ANY: Mapping[str, OfBytes] = {
    "bytes turned": _bytes_turned,
    "cut short": _cut_short,
    "a stretch doubled": _stretch_doubled,
    "numbers stretched": _numbers_stretched,
    "odd bytes put in": _odd_bytes_put_in,
}
OF_ARCHIVES: Mapping[str, OfParts] = {
    "a part dropped": _part_dropped,
    "parts swapped": _parts_swapped,
    **{f"{name} in a part": _of_one_part(alter) for name, alter in OF_ANY.items()},
}
OF_OFFICE_OPEN: Mapping[str, OfParts] = {
    "cells dropped": _elements(_CELL, _gone),
    "cells doubled": _elements(_CELL, _doubled),
    "rows dropped": _elements(rb"<row [^>]*>.*?</row>", _gone),
    "rows doubled": _elements(rb"<row [^>]*>.*?</row>", _doubled),
    "odd values": _elements(rb"<v>[^<]*</v>", _odd_value),
    "odd types": _elements(_CELL, _odd_type),
    "odd addresses": _elements(_CELL, _odd_address),
    "texts altered": _texts_altered,
    "texts shuffled": _texts_shuffled,
}
OF_OPEN_DOCUMENT: Mapping[str, OfParts] = {
    "cells dropped": _elements(_ODS_CELL, _gone),
    "odd attributes": _elements(_ODS_CELL, _odd_attribute),
    "cells repeated without end": _elements(_ODS_CELL, _repeated_without_end),
    "rows repeated without end": _elements(_ODS_ROW, _repeated_without_end),
}


def mutant(templates: Sequence[Template], number: int) -> tuple[Template, str, bytes]:
    """Return the mutant of a number: what it was made of, what was done to it, and its bytes."""
    chance = random.Random(number)  # noqa: S311 - the same mutant for a number each time
    template = chance.choice(templates)
    whole, parted = _mutations(template)
    name = chance.choice([*whole, *parted])
    if name in whole:
        return template, name, whole[name](template.content, chance)
    return template, name, packed(parted[name](template.parts, chance))


def _mutations(template: Template) -> tuple[Mapping[str, OfBytes], Mapping[str, OfParts]]:
    if not template.parts:
        return OF_ANY, {}
    if _CONTENT in template.parts:
        return OF_ANY, {**OF_ARCHIVES, **OF_OPEN_DOCUMENT}
    fit = {name: alter for name, alter in OF_OFFICE_OPEN.items() if _STRINGS in template.parts or "texts" not in name}
    return OF_ANY, {**OF_ARCHIVES, **fit}


def spread(paths: Iterable[Path], most: int) -> list[Path]:
    """Return so many paths, evenly from their order by name."""
    ordered = sorted(paths)
    step = max(len(ordered) / most, 1)
    return [ordered[int(at * step)] for at in range(min(most, len(ordered)))]
