"""Age bands: how a team parts childhood, and the bands an activity serves."""

import re
from dataclasses import dataclass
from itertools import pairwise

OLDEST = 25
"""The oldest age anybody is served at."""

_BAND = re.compile(r"\s*(?P<name>[^:;]+?)\s*:\s*(?P<low>\d{1,2})\s*(?:[-–]|to)\s*(?P<high>\d{1,2})\s*$")


@dataclass(frozen=True, slots=True)
class AgeBand:
    """A stretch of whole years of age with a name, both ends included."""

    name: str
    low: int
    high: int

    def touches(self, youngest: int, oldest: int) -> bool:
        """Whether anybody from the youngest to the oldest age is in the band."""
        return self.low <= oldest and youngest <= self.high


STANDARD = (
    AgeBand("Early years and pregnancy", 0, 4),
    AgeBand("School age", 5, 12),
    AgeBand("Young people", 13, OLDEST),
)
"""The bands a workspace has until its team changes them."""


def bands_text(bands: tuple[AgeBand, ...]) -> str:
    """Return bands as a team writes them: `School age: 5-12; Young people: 13-25`."""
    return "; ".join(f"{band.name}: {band.low}-{band.high}" for band in bands)


def read_bands(text: str) -> tuple[AgeBand, ...]:
    """Return the bands of a text like the one `bands_text` gives.

    Raises ValueError, in words that go on from *the age bands*, if one cannot be read or two overlap.
    """
    bands = []
    for piece in filter(str.strip, text.split(";")):
        found = _BAND.match(piece)
        if not found:
            raise ValueError(f"say “{piece.strip()}”, which is not of the form School age: 5-12")
        bands.append(AgeBand(found["name"], int(found["low"]), int(found["high"])))
    for band in bands:
        if band.high < band.low or band.high > OLDEST:
            raise ValueError(f"give {band.name} the ages {band.low} to {band.high}; they go from 0 to {OLDEST}")
    for one, other in pairwise(bands):
        if other.low <= one.high:
            raise ValueError(f"overlap or are out of order at {one.name} and {other.name}")
    if not bands:
        raise ValueError("are empty")
    return tuple(bands)


def served(bands: tuple[AgeBand, ...], youngest: int | None, oldest: int | None) -> tuple[str, ...]:
    """Return the names of the bands an age range touches; an end that is not given is open, none given is none."""
    if youngest is None and oldest is None:
        return ()
    low, high = youngest or 0, OLDEST if oldest is None else oldest
    return tuple(band.name for band in bands if low <= high and band.touches(low, high))
