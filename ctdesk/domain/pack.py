"""A pack as it is put together: the meeting, its agenda with what stands behind each item, and the editions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

EXEMPT = {
    "1": "an individual",
    "2": "what would tell who an individual is",
    "3": "the financial or business affairs of a person or body",
    "4": "consultation or negotiation over a labour matter",
    "5": "legal professional privilege",
    "6": "a notice, order or direction the authority means to give",
    "7": "the prevention, investigation or prosecution of crime",
}
"""What each paragraph of Part 1 of Schedule 12A to the Local Government Act 1972 is about, in our words."""


class Edition(StrEnum):
    """Who a pack is printed for."""

    PUBLIC = "public"
    RESTRICTED = "restricted"


class Purpose(StrEnum):
    """What the board is asked to do with an item."""

    DECIDE = "To decide"
    DISCUSS = "To discuss"
    NOTE = "To note"


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting a pack is for; `fixed` is when its figures were fixed, `contact` who has other formats of it.

    `logo` is a PNG or JPEG for the cover.
    """

    trust: str
    board: str
    held_on: date
    fixed: datetime
    time: str = ""
    venue: str = ""
    contact: str = ""
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the agenda.

    `draw` returns the PDF that stands behind it, drawn with the page numbers of the pack; None where there is no
    paper. `exempt` is the paragraph of Schedule 12A; the public edition then says `public_title`, if there is one,
    and nothing else of the item. `late` is why the item comes late.
    """

    title: str
    purpose: str = ""
    lead: str = ""
    time: str = ""
    draw: Callable[[], bytes] | None = None
    outside: bool = False
    exempt: str = ""
    public_title: str = ""
    late: str = ""
    appendix: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was at the last meeting, in words: what, now, and what it was."""

    what: str
    now: str
    was: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since the last meeting for which a pack was fixed, but for so many exempt services."""

    since: date
    lines: Sequence[Change]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack, from which both editions are made."""

    meeting: Meeting
    items: Sequence[Item]
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An item in its place: its number or letter, and the pages it has, by name, in the edition being made.

    `pages` counts its paper; `first` is empty where it has none here. A paper that is not for publication has a
    page of notice in both editions, whose number is `notice`.
    """

    item: Item
    number: str
    pages: int = 0
    first: str = ""
    last: str = ""
    notice: str = ""

    @property
    def place(self) -> str:
        """The name by which links find it."""
        return f"item-{self.number}"

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return f"Appendix {self.number}" if self.item.appendix else f"Item {self.number}"

    def hidden(self, edition: Edition) -> bool:
        """Return whether an edition says nothing of it but its number and why."""
        return bool(self.item.exempt) and edition is Edition.PUBLIC

    def title(self, edition: Edition) -> str:
        """Return what it is called in an edition: where it is hidden, by its public title."""
        if self.hidden(edition):
            return self.item.public_title or "Not for publication"
        return self.item.title


@dataclass(frozen=True, slots=True)
class Built:
    """A built edition: its bytes, how many pages it has, and each item as drawn (None: no paper in this edition)."""

    content: bytes
    pages: int
    placed: Sequence[Placed]
    papers: Sequence[bytes | None]
    untagged: Sequence[str] = ()
    """The items whose paper came from outside without tags."""


def numbered(items: Sequence[Item]) -> list[Placed]:
    """Return the items in the order of the pack, appendices last, numbered 1, 2 ... and A, B ..."""
    agenda = [item for item in items if not item.appendix]
    appendices = [item for item in items if item.appendix]
    placed = [Placed(item, str(number)) for number, item in enumerate(agenda, 1)]
    return placed + [Placed(item, _letter(number)) for number, item in enumerate(appendices)]


def _letter(number: int) -> str:
    """Return A to Z, then AA, AB ..."""
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def exemption(paragraph: str) -> str:
    """Return why something is not for publication, as half a sentence."""
    about = f" ({EXEMPT[paragraph]})" if paragraph in EXEMPT else ""
    return f"paragraph {paragraph} of Part 1 of Schedule 12A to the Local Government Act 1972{about}"
