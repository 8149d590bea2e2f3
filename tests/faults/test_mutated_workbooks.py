"""Hundreds of good workbooks with something knocked about in them: read or refused, never a crash or another's row.

CTDESK_MUTANTS says how many (10000 for a night).
"""

import os
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from ctdesk.db.workspace import Workspace
from ctdesk.domain.errors import DeskError
from ctdesk.returns.filling import fill_in
from ctdesk.returns.reader import STANDARD_LIMITS, _attempt
from ctdesk.returns.sheets import Cell
from ctdesk.services.desk import Desk
from ctdesk.services.receiving import Wishes, receive
from tests.faults.attacks import Parts, packed, parts_of
from tests.faults.test_attacks import OTHERS, hospital_s, said_of
from tests.faults.trials import NAME

MUTANTS = int(os.environ.get("CTDESK_MUTANTS", "200"))
SECONDS = 30
Mutation = Callable[[Parts, random.Random], Parts | bytes]
_ODD_VALUES = (b"-1", b"99999999", b"1e308", b"nan", b"", b"x", b"&amp;", b"1" * 400, b"46204", b"#REF!", b" 5 ")
_ODD_TEXTS = ("", " ", "x" * 40_000, "=1+1", "31/02/2026", "£1,2,3", "-", "nil", "1e9", "&lt;b&gt;", "\U0001f600")
_STRINGS = "xl/sharedStrings.xml"


def _some(parts: Parts, chance: random.Random, ending: str = ".xml") -> str:
    return chance.choice([name for name in sorted(parts) if name.endswith(ending)])


def _bytes_turned(parts: Parts, chance: random.Random) -> bytes:
    content = bytearray(packed(parts))
    for _ in range(chance.randrange(1, 20)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def _cut_short(parts: Parts, chance: random.Random) -> bytes:
    content = packed(parts)
    return content[: chance.randrange(len(content))]


def _part_dropped(parts: Parts, chance: random.Random) -> Parts:
    gone = chance.choice(sorted(parts))
    return {name: content for name, content in parts.items() if name != gone}


def _parts_swapped(parts: Parts, chance: random.Random) -> Parts:
    one, other = _some(parts, chance), _some(parts, chance)
    return {**parts, one: parts[other], other: parts[one]}


def _part_cut(parts: Parts, chance: random.Random) -> Parts:
    name = _some(parts, chance)
    return {**parts, name: parts[name][: chance.randrange(len(parts[name]))]}


def _letters_turned(parts: Parts, chance: random.Random) -> Parts:
    name = _some(parts, chance)
    content = bytearray(parts[name])
    for _ in range(chance.randrange(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return {**parts, name: bytes(content)}


def _elements(pattern: bytes, alter: Callable[[bytes, random.Random], bytes]) -> Mutation:
    """Return what alters a few of the elements of a sheet that match."""

    def mutate(parts: Parts, chance: random.Random) -> Parts:
        sheets = [name for name in sorted(parts) if "worksheets/sheet" in name and re.search(pattern, parts[name])]
        name = chance.choice(sheets)
        found = [match.span() for match in re.finditer(pattern, parts[name], re.DOTALL)]
        content = parts[name]
        for start, end in sorted(chance.sample(found, min(len(found), chance.randrange(1, 6))), reverse=True):
            content = content[:start] + alter(content[start:end], chance) + content[end:]
        return {**parts, name: content}

    return mutate


def _odd_value(_: bytes, chance: random.Random) -> bytes:
    return b"<v>" + chance.choice(_ODD_VALUES) + b"</v>"


def _odd_type(cell: bytes, chance: random.Random) -> bytes:
    kind = chance.choice((b"s", b"b", b"e", b"str", b"n", b"d", b"inlineStr", b"??"))
    return re.sub(rb"^<c ", b'<c t="' + kind + b'" ', re.sub(rb' t="[^"]*"', b"", cell, count=1))


def _odd_address(cell: bytes, chance: random.Random) -> bytes:
    places = (b"A1", b"C6", b"XFD1", b"a7", b"1A", b"", b"AM2000", b"$C$6", b"\xc3\xa91")
    return re.sub(rb' r="[^"]*"', b' r="' + chance.choice(places) + b'"', cell, count=1)


def _texts_altered(parts: Parts, chance: random.Random) -> Parts:
    """Put odd texts in the place of some texts of the workbook: headings, names, dates, keys."""
    items = re.split("(<si>)", parts[_STRINGS].decode())
    for _ in range(chance.randrange(1, 40)):
        at = chance.randrange(len(items))
        items[at] = re.sub(">[^<]*</t>", lambda _: f">{chance.choice(_ODD_TEXTS)}</t>", items[at], count=1)
    return {**parts, _STRINGS: "".join(items).encode()}


def _texts_shuffled(parts: Parts, chance: random.Random) -> Parts:
    head, *items = parts[_STRINGS].split(b"<si>")
    tail = items[-1].removesuffix(b"</sst>")
    mixed = [*items[:-1], tail]
    first = chance.randrange(len(mixed) - 3)
    mixed[first : first + 30] = chance.sample(mixed[first : first + 30], len(mixed[first : first + 30]))
    return {**parts, _STRINGS: b"<si>".join([head, *mixed]) + b"</sst>"}


_CELL = rb"<c [^>]*?(?:/>|>.*?</c>)"
MUTATIONS: dict[str, Mutation] = {
    "bytes turned": _bytes_turned,
    "cut short": _cut_short,
    "a part dropped": _part_dropped,
    "parts swapped": _parts_swapped,
    "a part cut": _part_cut,
    "letters turned": _letters_turned,
    "cells dropped": _elements(_CELL, lambda cell, chance: b""),
    "cells doubled": _elements(_CELL, lambda cell, chance: cell * 2),
    "rows dropped": _elements(rb"<row [^>]*>.*?</row>", lambda row, chance: b""),
    "rows doubled": _elements(rb"<row [^>]*>.*?</row>", lambda row, chance: row * 2),
    "odd values": _elements(rb"<v>[^<]*</v>", _odd_value),
    "odd types": _elements(_CELL, _odd_type),
    "odd addresses": _elements(_CELL, _odd_address),
    "texts altered": _texts_altered,
    "texts shuffled": _texts_shuffled,
}


@pytest.fixture(scope="module")
def desk(base: Path) -> Iterator[Desk]:
    """A desk that only reads, so that no trial can alter the next."""
    with Workspace.open(base / NAME, read_only=True) as workspace:
        yield Desk(workspace, "sam")


def good(base: Path, desk: Desk, folder: Path) -> list[Path]:
    """Return good workbooks: as sent, as returned, and as saved by another program."""
    sent = sorted((base / "sent").glob("*.xlsx"))
    saved = folder / "saved.ods"
    fill_in(sent[0], saved, desk.lists, [], confirm=True)
    return [*sent, base / "returned.xlsx", saved]


def outcome(desk: Desk, path: Path) -> str:
    """Receive a file and say what came of it; anything but a receipt or a sentence is a fault."""
    begun = time.monotonic()
    try:
        receipt, _ = receive(desk, path, Wishes())
    except DeskError as fault:
        sentence = str(fault)
        return "refused" if sentence.endswith(".") and "\n" not in sentence else f"FAULT: {sentence!r}"
    except Exception as fault:  # this is what is looked for
        return f"FAULT: {type(fault).__name__}: {fault}"
    if time.monotonic() - begun > SECONDS:
        return "FAULT: too slow"
    if receipt.agency.startswith("Alder"):
        shown = [word for word in OTHERS if word in said_of(receipt)]
        if shown or {change.uid for change in receipt.changes} & hospital_s(desk):
            return f"FAULT: shows another's row: {shown}"
    return "read"


def test_mutated_workbooks(base: Path, desk: Desk, tmp_path: Path, counts: Callable[[str], None]) -> None:
    chance = random.Random(11)  # noqa: S311 - the same mutants each time
    books = [parts_of(path) for path in good(base, desk, tmp_path) if path.suffix == ".xlsx"]
    outcomes: Counter[str] = Counter()
    faults = []
    path = tmp_path / "mutant.xlsx"
    for number in range(MUTANTS):
        name = list(MUTATIONS)[number % len(MUTATIONS)]
        fit = [parts for parts in books if _STRINGS in parts or not name.startswith("texts")]
        path.write_bytes(packed(MUTATIONS[name](chance.choice(fit), chance)))
        came = outcome(desk, path)
        outcomes[came[:7]] += 1
        if came.startswith("FAULT"):
            faults.append(f"{number} {name}: {came}")
            (tmp_path / f"fault {number}.xlsx").write_bytes(path.read_bytes())
    counts(f"{MUTANTS} mutants: {dict(outcomes)}")
    assert not faults, "\n".join(faults)
    assert outcomes["read"] > MUTANTS // 10
    assert outcomes["refused"] > MUTANTS // 10


def _plain(cell: Cell) -> object:
    """Return a cell as both readers must give it; whole numbers and days may come as either sort."""
    if type(cell) is date:
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - cells know no zone
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def test_the_two_readers_agree_on_every_good_workbook(base: Path, desk: Desk, tmp_path: Path) -> None:
    for path in good(base, desk, tmp_path):
        if path.suffix != ".xlsx":
            continue
        both = []
        for reader in ("calamine", "openpyxl"):
            answer = _attempt(
                path.read_bytes(), reader, None, STANDARD_LIMITS, time.monotonic() + 60, heard=lambda _: None
            )
            assert answer.refusal is None
            sheets = [sheet for _, sheet in sorted(answer.sheets, key=lambda item: item[0])]
            both.append([(s.name, s.hidden, [[_plain(cell) for cell in row] for row in s.rows]) for s in sheets])
        assert both[0] == both[1], path.name
