"""Finding in the text of a page what may not be published, however it is written there.

A name is found across line breaks, hyphens, ligatures, lost spaces, case and accents; a sum of money rounded, in
thousands or millions, with or without pound sign and commas; a date in figures or in words, and its month and year.
What might stand on a page by chance (a sum that is round, rounded, or published of something else; a date; a short
word) counts only where one of the names `beside` it stands on the same page: a reference, a title, who delivers.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from ctdesk.domain.dates import MONTHS, read_date
from ctdesk.domain.reading import Unreadable
from ctdesk.domain.words import words_of

_LONG = 8
"""From so many letters on, a name is found though its words have run together or come apart."""
_SHORTEST = 4
"""A text shorter than this stands by chance on many pages."""
_TELLING, _TELLING_SCALED = 2, 4
"""With so many figures before its noughts a sum is no round one: written out in full, and in thousands or millions."""
_LEAST_MONEY = 1000
_NOTED_IN_THOUSANDS = re.compile(r"£\s?000|£\s?k\b|thousands? of pounds", re.IGNORECASE)
_REST = r"(?:\.(\d{1,6}))?\s?(millions?|thousands?|billions?|mn|m|k|bn)?(?!\w)(?!\.\d)"
_AMOUNT = re.compile(r"(?<![\w.,])(£|gbp)?\s?(\d{1,3}(?:,\d{3})+|\d+)" + _REST, re.IGNORECASE)
_SPACED = re.compile(r"(?<![\w.,])(£|gbp)?\s?(\d{1,3}(?: \d{3})+)" + _REST, re.IGNORECASE)
_SCALES = {"m": 1_000_000, "t": 1_000, "k": 1_000, "b": 1_000_000_000}
_BROKEN_NUMBER, _BROKEN_DATE = re.compile(r"(?<=\d), (?=\d{3}\b)"), re.compile(r"(?<=\d) ?([/.-]) ?(?=\d)")
"""What the end of a line makes of a number and of a date."""
_WHEN = re.compile(
    r"\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    r"|\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?[a-z]{3,9}\.?,?\s(?:\d{4}|\d{2})|[a-z]{3,9}\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4})\b",
    re.IGNORECASE,
)
_MONTH = re.compile(r"\b([a-z]{3,9})\.?,?\s(?:of\s)?(\d{4})\b", re.IGNORECASE)


def plain(text: str) -> str:
    """Return the words of a text in small letters without accents, with one space between and nothing else."""
    return " ".join(words_of(text.replace("\u00ad", "").replace("&", " and ")))


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money that a page tells: its pounds, and the step to which they are rounded.

    `scaled`: it is said in thousands or millions.
    """

    pounds: Decimal
    step: Decimal
    scaled: bool = False

    @property
    def figures(self) -> int:
        """How many figures it tells before its noughts."""
        return len(str(int(self.pounds / self.step)).rstrip("0"))

    def tells(self, pounds: Decimal) -> bool:
        """Whether it is that sum, or that sum rounded or cut off, but not to a single figure."""
        less = pounds - self.pounds
        return not less or (-self.step / 2 <= less < self.step and self.figures > 1)

    def is_just(self, pounds: Decimal) -> bool:
        """Whether it can be no other sum, as far as its figures go: to the pound, and not a round one."""
        figures = len(str(int(pounds)).rstrip("0"))
        return abs(self.pounds - pounds) < 1 and figures >= (_TELLING_SCALED if self.scaled else _TELLING)


class PageText:
    """The text of a page, made ready to be searched."""

    def __init__(self, text: str) -> None:
        """Take a text as it was drawn out of a file."""
        self._text = unicodedata.normalize("NFKC", " ".join(text.split()))

    @cached_property
    def _words(self) -> str:
        return f" {plain(self._text)} "

    @cached_property
    def _letters(self) -> str:
        return self._words.replace(" ", "")

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Every number that may be a sum of money."""
        return tuple(_amounts(self._text))

    @cached_property
    def days(self) -> frozenset[date]:
        """Every date, in whatever form."""
        return frozenset(_days(self._text))

    @cached_property
    def months(self) -> frozenset[tuple[int, int]]:
        """Every month that is named with its year."""
        found = ((words[:3].casefold(), int(year)) for words, year in _MONTH.findall(self._text))
        return frozenset((year, MONTHS.index(name) + 1) for name, year in found if name in MONTHS)

    def names(self, name: str, longer: Iterable[str] = ()) -> bool:
        """Whether a name stands in the text, other than as a part of those longer ones."""
        wanted = plain(name)
        letters = wanted.replace(" ", "")
        if len(letters) < _SHORTEST:
            return False
        words, run_together = self._words, self._letters
        for other in map(plain, longer):
            words, run_together = (
                it.replace(one, " ") for it, one in ((words, other), (run_together, other.replace(" ", "")))
            )
        return f" {wanted} " in words or (len(letters) >= _LONG and letters in run_together)


@dataclass(frozen=True, slots=True)
class Secret:
    """What may not be published; `words` say what it is, `beside` when it cannot stand there by chance.

    `longer` are published names of which one of those beside it is a part, or it itself where none is; `published` are
    the sums that are told of something else.
    """

    words: str
    what: str | Decimal | date
    beside: tuple[str, ...] = ()
    longer: tuple[str, ...] = ()
    published: frozenset[Decimal] = frozenset()

    def shown(self, page: PageText) -> bool:
        """Whether a text tells it."""
        sure, perhaps = self._told(page)
        return sure or (perhaps and any(page.names(name, self.longer) for name in self.beside))

    def _told(self, page: PageText) -> tuple[bool, bool]:
        """Return whether it is told for sure, and whether it is if one of the names beside it is there."""
        what = self.what
        if isinstance(what, str):
            found = page.names(what, () if self.beside else self.longer)
            return found and not self.beside, found
        if isinstance(what, date):
            return False, what in page.days or (what.year, what.month) in page.months
        if what < _LEAST_MONEY:
            return False, False
        told = [amount for amount in page.amounts if amount.tells(what) and not self._is_another(amount, what)]
        return what not in self.published and any(amount.is_just(what) for amount in told), bool(told)

    def _is_another(self, amount: Amount, what: Decimal) -> bool:
        """Whether what might be the sum rounded is another, written out in full."""
        return not amount.scaled and amount.pounds != what and amount.pounds in self.published


def _amounts(text: str) -> Iterator[Amount]:
    in_thousands = bool(_NOTED_IN_THOUSANDS.search(text))
    for found in (*_AMOUNT.finditer(text), *_AMOUNT.finditer(_BROKEN_NUMBER.sub(",", text)), *_SPACED.finditer(text)):
        sign, whole, part, scale = found.groups()
        for figures in _groupings(whole):
            told = Amount(Decimal(f"{figures}.{part or 0}"), Decimal(1).scaleb(-len(part or "")))
            if scale:
                yield _rounded(told, _SCALES["b" if scale.casefold() == "bn" else scale[0].casefold()])
            elif sign or len(figures) > 4 or figures != whole:
                yield _rounded(told, 1)
            if in_thousands and not (scale or sign) and told.figures > 1:
                yield Amount(told.pounds * 1000, told.step * 1000, scaled=True)


def _rounded(told: Amount, times: int) -> Amount:
    """Return an amount so many times as large; noughts at the end of a whole number may be rounding."""
    whole = str(int(told.pounds))
    step = told.step * 10 ** (len(whole) - len(whole.rstrip("0"))) if told.step == 1 else told.step
    return Amount(told.pounds * times, step * times, scaled=times > 1)


def _groupings(whole: str) -> Iterator[str]:
    """Yield the figures of a number; where spaces part them, also those of its tails, which may be another column's."""
    parts = whole.replace(",", "").split(" ")
    for first in range(len(parts)):
        yield "".join(parts[first:])


def _days(text: str) -> Iterator[date]:
    for found in (*_WHEN.findall(text), *_WHEN.findall(_BROKEN_DATE.sub(r"\1", text))):
        try:
            yield read_date(found)
        except Unreadable:
            continue
