"""What a file that leaves the desk may give away without anybody meaning it to, and which of it may not leave."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ctdesk.domain.errors import DeskError
from ctdesk.domain.personal_data import personal_data_in


class Concern(StrEnum):
    """What is wrong with something in a file."""

    OTHERS = "another agency’s row"
    HIDDEN = "hidden content"
    AUTHOR = "a name in its properties"
    PLACE = "the place of a file"
    FORMULA = "a formula"
    LINK = "a link to outside"
    CODE = "a program in it"
    PERSONAL = "personal data"
    TYPED_PLACE = "the place of a file in its text"
    TYPED_LINK = "a link that its reader may press"


GRAVE = frozenset(Concern) - {Concern.PERSONAL, Concern.TYPED_PLACE, Concern.TYPED_LINK}
"""What the desk never writes. The others may stand in what somebody typed, and are named to the officer."""

_PLACE = re.compile(r"(?<![\w/])(?:[A-Za-z]:\\|\\\\\w|file:/|/(?:home|Users|tmp|var|root|mnt|media)/)[^\s<>\"]*")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a file gives away: of what sort, where in the file, and what it is in words."""

    concern: Concern
    where: str
    what: str

    @property
    def words(self) -> str:
        """The remark as a line for people."""
        return f"{self.where}: {self.what}"


class GivesAway(DeskError):
    """A file was not written because of what it would have given away."""

    def __init__(self, path: Path, remarks: Collection[Remark]) -> None:
        first, more = next(iter(remarks)), len(remarks) - 1
        others = f" (and {more} more)" if more else ""
        super().__init__(
            f"{path.name} was not written, because it would have given away {first.concern}: {first.words}{others};"
            " correct that, or report it as a fault of the program."
        )
        self.remarks = tuple(remarks)


def refuse(path: Path, remarks: Iterable[Remark], concerns: Collection[Concern] = GRAVE) -> None:
    """Raise GivesAway if any of these remarks is of a sort that may not leave."""
    if grave := [remark for remark in remarks if remark.concern in concerns]:
        raise GivesAway(path, grave)


def places_in(where: str, text: str) -> Iterator[Remark]:
    """Yield the places of files that a text names: they tell a user's or a server's name."""
    for found in _PLACE.finditer(text):
        yield Remark(Concern.PLACE, where, f"it names {found[0][:80]}")


def personal_remarks(where: str, text: str) -> Iterator[Remark]:
    """Yield what personal data a text seems to hold; the data itself is not repeated."""
    for kind in personal_data_in(text):
        yield Remark(Concern.PERSONAL, where, f"it seems to hold {kind}")
