"""Values of every kind: read from what a person typed, shown to people, and turned to and from plain JSON."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from decimal import Decimal, InvalidOperation

from ctdesk.domain.dates import date_text, read_date, read_financial_year
from ctdesk.domain.definition import Field, Kind, Value
from ctdesk.domain.lists import ReferenceLists
from ctdesk.domain.money import money_text, read_money
from ctdesk.domain.names import Names
from ctdesk.domain.reading import Doubtful, Unreadable

CLEAR = "clear"
"""The word that empties a cell on purpose; an empty cell means that the agency does not know."""

_YES, _NO = {"yes", "y", "true", "x", "1", "✓"}, {"no", "n", "false", "0"}
_WHOLE = re.compile(r"[-–−]?\d{1,3}(?:,\d{3})+(?:\.0+)?$|[-–−]?\d+(?:\.0+)?$")
_NUMBER = re.compile(r"[-–−+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d{1,3})?$")
_NUMBER_THEN_WORD = re.compile(r"(\d+)\s*[A-Za-z]+\.?$")
_TOO_LARGE = 10**12
"""No count or measure comes near it; beyond some larger figure a workspace file can hold none."""

_SPLIT = re.compile(r"\s*[;\n]\s*")


class UnknownName(Unreadable):
    """A name that an open link does not know yet: perhaps a new record, perhaps another spelling."""

    def __init__(self, text: str) -> None:
        super().__init__("is not known to the desk")
        self.text = text


class ValueReader:
    """Reads what people type into cells and forms, with one workspace's lists and names."""

    def __init__(self, lists: ReferenceLists, names: Names) -> None:
        """Take the lists and names that choices and links are read with."""
        self.lists = lists
        self.names = names
        self._readers: dict[Kind, Callable[[Field, object], Value]] = {
            Kind.TEXT: _read_text,
            Kind.LONG_TEXT: _read_text,
            Kind.CODE: _read_text,
            Kind.EMAIL: _read_email,
            Kind.INTEGER: _read_integer,
            Kind.DECIMAL: _read_decimal,
            Kind.PERCENT: _read_percent,
            Kind.MONEY: lambda _, cell: read_money(cell),
            Kind.DATE: lambda _, cell: read_date(cell),
            Kind.MOMENT: _read_moment,
            Kind.YEAR: lambda _, cell: read_financial_year(cell),
            Kind.YES_NO: _read_yes_no,
            Kind.CHOICE: self._read_choice,
            Kind.CHOICES: self._read_choices,
            Kind.LINK: self._read_link,
            Kind.LINKS: self._read_links,
        }

    def read(self, field: Field, cell: object) -> Value:
        """Return the value of a typed cell; an empty one is None (or no choices).

        Raises Unreadable, Doubtful or UnknownName; each message continues a sentence begun with the cell.
        """
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return () if field.several else None
        return self._readers[field.kind](field, cell)

    def _read_choice(self, field: Field, cell: object) -> str:
        text = _as_text(cell)
        found = self.lists.find(field.list or "", text)
        if found is not None:
            return found
        near = self.lists.suggest(field.list or "", text)
        if near is not None:
            label = self.lists.label(field.list or "", near)
            raise Doubtful(f"is not in the list {field.label}; perhaps {label}", near)
        raise Unreadable(f"is not in the list {field.label}")

    def _read_choices(self, field: Field, cell: object) -> tuple[str, ...]:
        text = _as_text(cell)
        whole = self.lists.find(field.list or "", text)
        if whole is not None:
            return (whole,)
        pieces = [piece for piece in _SPLIT.split(text) if piece]
        if len(pieces) == 1 and "," in text:
            pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
        return tuple(sorted({self._read_choice(field, piece) for piece in pieces}))

    def _read_link(self, field: Field, cell: object) -> str:
        text = _as_text(cell)
        found = self.names[field.target or ""].find(text)
        if found is None:
            raise UnknownName(text)
        return found

    def _read_links(self, field: Field, cell: object) -> tuple[str, ...]:
        return tuple(sorted({self._read_link(field, piece) for piece in _SPLIT.split(_as_text(cell)) if piece}))


def _as_text(cell: object) -> str:
    """Return a cell as a person sees it: whole numbers without a point, no stray carriage returns."""
    match cell:
        case str():
            return cell.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
        case bool():
            return "Yes" if cell else "No"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() | date() | time_of_day() | timedelta():
            raise Doubtful(*_date_in_text(cell))
    return str(cell).strip()


def _date_in_text(cell: object) -> tuple[str, str]:
    shown = date_text(cell) if isinstance(cell, date) else str(cell)
    return f"has become a date or time ({shown}) in the spreadsheet; type it with ' before it", shown


def _read_text(field: Field, cell: object) -> str:
    text = _as_text(cell)
    if field.options:
        return _one_of(field, text)
    if len(text) > field.max_length:
        raise Unreadable(f"is longer than {field.max_length:,} characters")
    return text


_FEW = 12
"""So many options are all named where none was meant."""


def _one_of(field: Field, text: str) -> str:
    """Return the program's own word for what was typed, or for what people read for it, without regard to letters."""
    for words in (field.options, field.option_words):
        for option, word in zip(field.options, words, strict=False):
            if word.casefold() == text.casefold():
                return str(option)
    if len(field.options) <= _FEW:
        raise Unreadable(f"is none of: {', '.join(field.options)}")
    raise Unreadable(f"is none of its {len(field.options)} words, such as {', '.join(field.options[:6])}")


def _read_email(field: Field, cell: object) -> str:
    return _read_text(field, cell).removeprefix("mailto:")


def _read_integer(field: Field, cell: object) -> int:
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        if not math.isfinite(cell) or cell != int(cell):
            raise Unreadable("is not a whole number")
        return _sized(int(cell))
    text = _figure_text(cell)
    if _WHOLE.match(text):
        return _sized(int(Decimal(_plain_figure(text))))
    if (found := _NUMBER_THEN_WORD.match(text)) is not None:
        raise Doubtful(f"is not a number alone; perhaps {found[1]}", int(found[1]))
    raise Unreadable("is not a whole number")


def _read_decimal(field: Field, cell: object) -> Decimal:
    text = _figure_text(cell)
    if text.endswith("%") and _NUMBER.match(bare := text.removesuffix("%").strip()):
        raise Doubtful(f"is not a number alone; perhaps {bare}", _read_decimal(field, bare))
    if not _NUMBER.match(text):
        raise Unreadable("is not a number")
    try:
        number = Decimal(_plain_figure(text))
    except InvalidOperation:
        raise Unreadable("is not a number") from None
    _sized(int(number))
    return number.quantize(Decimal(1).scaleb(-field.decimals))


def _sized(whole: int) -> int:
    if abs(whole) >= _TOO_LARGE:
        raise Unreadable("is too large to be right")
    return whole


def _figure_text(cell: object) -> str:
    """Return what stands where a figure should; a date that a spreadsheet made of it is no figure."""
    try:
        return _as_text(cell)
    except Doubtful as date_made:
        raise Unreadable(str(date_made)) from None


def _plain_figure(text: str) -> str:
    return text.replace(",", "").replace("–", "-").replace("−", "-")


def _read_percent(field: Field, cell: object) -> int:
    if isinstance(cell, float) and 0 < cell < 1:
        raise Doubtful(f"is less than 1 per cent; perhaps {cell:.0%}", round(cell * 100))
    text = _figure_text(cell) if isinstance(cell, str) else None
    return _read_integer(field, text.removesuffix("%").strip() if text is not None else cell)


def _read_moment(field: Field, cell: object) -> datetime:
    if isinstance(cell, datetime):
        return cell
    try:
        return datetime.fromisoformat(_as_text(cell))
    except ValueError:
        raise Unreadable("is not a date and time") from None


def _read_yes_no(field: Field, cell: object) -> bool:
    word = _as_text(cell).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable("is neither Yes nor No")


def show(field: Field, value: Value, lists: ReferenceLists, names: Names) -> str:
    """Return a value as people read it; nothing is an empty text."""
    match value:
        case None | ():
            return ""
        case bool():
            return "Yes" if value else "No"
        case tuple():
            return "; ".join(_word(field, item, lists, names) for item in value)
        case datetime():
            return f"{date_text(value)} {value:%H:%M}"
        case date():
            return date_text(value)
        case Decimal():
            return f"{value.normalize():f}"
        case int() if field.kind is Kind.MONEY:
            return money_text(value)
        case int():
            return f"{value:,}"
    if field.option_words and value in field.options:
        return field.option_words[field.options.index(value)]
    return _word(field, value, lists, names)


def export(field: Field, value: Value, lists: ReferenceLists, names: Names) -> object:
    """Return a value for other programs: pence, ISO dates, names of linked records, labels of choices."""
    match value:
        case tuple():
            return [_word(field, item, lists, names) for item in value]
        case str():
            return _word(field, value, lists, names)
        case Decimal():
            return float(value)
    return to_plain(value)


def _word(field: Field, value: str, lists: ReferenceLists, names: Names) -> str:
    if field.list:
        return lists.label(field.list, value)
    if field.target and field.target in names:
        return names[field.target].name(value)
    return value


def to_plain(value: Value) -> object:
    """Return a value as JSON holds it, so that `from_plain` gives it back."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case tuple():
            return list(value)
    return value


def from_plain(field: Field, plain: object) -> Value:
    """Return the value that `to_plain` wrote."""
    if plain is None:
        return () if field.several else None
    match field.kind:
        case Kind.DATE:
            return date.fromisoformat(str(plain))
        case Kind.MOMENT:
            return datetime.fromisoformat(str(plain))
        case Kind.DECIMAL:
            return Decimal(str(plain))
        case Kind.CHOICES | Kind.LINKS if isinstance(plain, list):
            return tuple(plain)
    assert isinstance(plain, str | int | bool)  # noqa: S101 - JSON written by to_plain holds nothing else here
    return plain


def same(field: Field, first: Value, second: Value) -> bool:
    """Whether two values say the same, white space and leading noughts lost by a spreadsheet aside."""
    if first == second:
        return True
    if not isinstance(first, str) or not isinstance(second, str):
        return False
    if field.kind is Kind.CODE and first.isdigit() and second.isdigit():
        return first.lstrip("0") == second.lstrip("0") and "0" in {first[:1], second[:1]}
    return field.kind in {Kind.TEXT, Kind.LONG_TEXT, Kind.CODE, Kind.EMAIL} and first.split() == second.split()
