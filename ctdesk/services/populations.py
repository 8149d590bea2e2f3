"""How many people a cell of the service map stands for, from the populations that the team entered."""

from collections.abc import Callable, Collection, Mapping, Sequence

from ctdesk.domain.age_bands import AgeBand
from ctdesk.domain.definition import Values
from ctdesk.services.age_bands import age_bands
from ctdesk.services.map_data import MapData

People = Callable[[int | None, int | None], int | None]
"""The number of people by the numbers of a row and a column, None for all; None where nobody entered it."""


def people_of(data: MapData, rows: str, columns: str) -> People:
    """Return how many people stand behind each cell: rows and columns by age or area narrow them, others do not."""
    populations = list(data.desk.load("population").values())
    bands = {band.name: band for band in age_bands(data.desk)}
    areas = {entry.label: entry.code for entry in data.desk.lists.all("area")}
    known: Mapping[str, Collection[str]] = {"age_band": bands, "area": areas}
    by = [data.dimension(rows), data.dimension(columns)]

    def people(row: int | None, column: int | None) -> int | None:
        band: AgeBand | None = None
        area: str | None = None
        for dimension, bucket in zip(by, (row, column), strict=True):
            for name, label in dimension.parts(bucket) if bucket is not None else ():
                if name in known and label not in known[name]:
                    return None
                band = bands[label] if name == "age_band" else band
                area = areas[label] if name == "area" else area
        return _counted(populations, band, None if area == WHOLE else area)

    return people


WHOLE = "borough_wide"
"""The code of the area that stands for all of them, in the lists the desk brings along."""


def _counted(populations: Sequence[Values], band: AgeBand | None, area: str | None) -> int | None:
    """Return the people of ages that lie wholly in a band; of the whole place, its own figure or else the areas’."""
    fitting = [it for it in populations if band is None or _within(it, band)]
    own = [it for it in fitting if _area(it) == area]
    found = own or ([it for it in fitting if _area(it)] if area is None else [])
    people = [number for it in found if isinstance(number := it.get("people"), int)]
    return sum(people) if people else None


def _area(population: Values) -> str | None:
    area = population.get("area")
    return None if not area or area == WHOLE else str(area)


def _within(population: Values, band: AgeBand) -> bool:
    low, high = population.get("age_from"), population.get("age_to")
    return isinstance(low, int) and isinstance(high, int) and band.low <= low and high <= band.high
