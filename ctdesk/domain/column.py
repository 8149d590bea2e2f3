"""One field of many records held compactly: each distinct value once, and a small number a record.

A condition is put to the distinct values only, so that a filter over 100,000 records asks a handful of questions.
A mask is one byte a record, 1 for those that are meant.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import compress
from typing import TypeVar

from ctdesk.domain.definition import Value

Mask = bytes
"""One byte a record: 1 if it is meant, 0 if not."""

Stored = str | int | None
"""A value as a table holds it."""

_BYTE = 256
_Each = TypeVar("_Each")


class Column:
    """The values of one field, in the order of the records."""

    def __init__(self, read: Callable[[Stored], Value]) -> None:
        """Take the function that makes a value of what is stored; it is called once a distinct value."""
        self.values: list[Value] = []
        """The distinct values; a record's code is its value's place here."""
        self.codes: bytearray | array[int] = array("I")
        self._read = read
        self._code_of: dict[Stored, int] = {}
        self._amounts: list[int | Decimal] | None = None

    def extend(self, stored: Sequence[Stored]) -> None:
        """Add records at the end; `pack` follows the last of them."""
        for one in dict.fromkeys(stored):
            if one not in self._code_of:
                self._learn(one)
        self.codes.extend(map(self._code_of.__getitem__, stored))

    def pack(self, places: Sequence[int] | None) -> None:
        """Put the records into another order, if one is given, and hold them in the least room."""
        codes = self.codes if places is None else [self.codes[place] for place in places]
        self.codes = (
            bytearray(codes.tolist() if isinstance(codes, array) else codes) if self._small else self._wide(codes)
        )

    @property
    def _small(self) -> bool:
        return len(self.values) <= _BYTE

    @staticmethod
    def _wide(codes: Iterable[int]) -> "array[int]":
        return codes if isinstance(codes, array) else array("I", codes)

    def _learn(self, stored: Stored) -> int:
        self.values.append(self._read(stored))
        return self._code_of.setdefault(stored, len(self.values) - 1)

    def insert(self, place: int) -> None:
        """Make room for a new record."""
        self.codes.insert(place, 0)
        self._amounts = None

    def delete(self, place: int) -> None:
        """Forget a record."""
        del self.codes[place]
        self._amounts = None

    def put(self, place: int, stored: Stored) -> None:
        """Set the value of one record."""
        code = self._code_of[stored] if stored in self._code_of else self._learn(stored)
        if isinstance(self.codes, bytearray) and code >= _BYTE:
            self.codes = array("I", self.codes)
        self.codes[place] = code
        self._amounts = None

    def value(self, place: int) -> Value:
        """Return the value of one record."""
        return self.values[self.codes[place]]

    def where(self, wanted: Callable[[Value], bool]) -> Mask:
        """Return the mask of the records whose value is wanted."""
        table = bytes(map(bool, map(wanted, self.values)))
        if 1 not in table:
            return bytes(len(self.codes))
        if isinstance(self.codes, bytearray):
            return bytes(self.codes.translate(table.ljust(_BYTE, b"\0")))
        return bytes(map(table.__getitem__, self.codes))

    def each(self, of_distinct: Sequence[_Each]) -> Iterator[_Each]:
        """Give for every record what *of_distinct* holds for its value: a rank, say."""
        return map(of_distinct.__getitem__, self.codes)

    def counts(self, mask: Mask) -> dict[int, int]:
        """Return how many of the masked records hold each code that any of them holds."""
        return Counter(compress(self.codes, mask))

    def amounts(self) -> Sequence[int | Decimal]:
        """Return the number of every record; a blank is nought."""
        if self._amounts is None:
            numbers: list[int | Decimal] = [it if isinstance(it, int | Decimal) else 0 for it in self.values]
            self._amounts = list(self.each(numbers))
        return self._amounts

    def total(self, mask: Mask) -> int | Decimal:
        """Return the sum of the masked records' numbers."""
        return sum(compress(self.amounts(), mask))

    def subtotals(self, amounts: Sequence[int | Decimal], mask: Mask) -> list[int | Decimal]:
        """Return for each code the sum of the amounts, one a record, of the masked records that hold it."""
        sums: list[int | Decimal] = [0] * len(self.values)
        for code, amount in compress(zip(self.codes, amounts, strict=True), mask):
            sums[code] += amount
        return sums


def both(first: Mask, second: Mask) -> Mask:
    """Return the mask of the records that both mean."""
    return (int.from_bytes(first) & int.from_bytes(second)).to_bytes(len(first))


def either(first: Mask, second: Mask) -> Mask:
    """Return the mask of the records that at least one means."""
    return (int.from_bytes(first) | int.from_bytes(second)).to_bytes(len(first))
