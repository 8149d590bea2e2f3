"""What a total rests on, agency by agency, so that a figure with missing agencies never looks complete."""

from collections.abc import Sequence
from itertools import compress

from ctdesk.domain.column import Mask
from ctdesk.domain.service_map import Basis, Cover, CoverLine, Dimension


def cover(
    amounts: Sequence[int],
    bases: Sequence[Basis],
    agencies: Dimension,
    silent: Sequence[str],
    mask: Mask,
) -> Cover:
    """Return the parts of the masked activities' total by what they rest on, and whose they are.

    `agencies` parts the activities by their one agency. `silent` are the agencies that were asked
    and have not answered; each has a line, also where nothing of it is known.
    """
    sums: dict[tuple[int, Basis], list[int]] = {}
    for amount, basis, agency in compress(zip(amounts, bases, agencies.codes, strict=True), mask):
        entry = sums.setdefault((agency, basis), [0, 0])
        entry[0] += amount
        entry[1] += 1
    lines = [CoverLine(_name(agencies, agency), basis, *sums[agency, basis]) for agency, basis in sums]
    heard = {line.agency for line in lines if line.basis is Basis.LAST_KNOWN}
    lines += [CoverLine(name, Basis.LAST_KNOWN, 0, 0) for name in silent if name not in heard]
    order = list(Basis)
    lines.sort(key=lambda line: (order.index(line.basis), -line.amount, line.agency.casefold()))
    return Cover(tuple(lines), tuple(sorted(silent, key=str.casefold)))


def _name(agencies: Dimension, code: int) -> str:
    ((bucket, _),) = agencies.shares[code]
    return agencies.buckets[bucket]
