"""What a total rests on, agency by agency, so that a figure with missing agencies never looks complete."""

from collections import Counter
from collections.abc import Sequence
from itertools import compress

from ctdesk.domain.column import Mask
from ctdesk.domain.service_map import Basis, Cover, CoverLine

Ground = tuple[str, Basis]
"""An agency, and what the figures of some of its activities rest on."""


def cover(
    amounts: Sequence[int], codes: Sequence[int], grounds: Sequence[Ground], silent: Sequence[str], mask: Mask
) -> Cover:
    """Return the parts of the masked activities' total by what they rest on, and whose they are.

    `codes` has for every activity the number of its ground in `grounds`. `silent` are the agencies that were asked
    and have not answered; each has a line, also where nothing of it is known.
    """
    if 0 in mask:
        amounts, codes = list(compress(amounts, mask)), list(compress(codes, mask))
    sums, counts = [0] * len(grounds), Counter(codes)
    for code, amount in zip(codes, amounts, strict=True):
        sums[code] += amount
    lines = [CoverLine(*grounds[code], sums[code], count) for code, count in counts.items()]
    heard = {line.agency for line in lines if line.basis is Basis.LAST_KNOWN}
    lines += [CoverLine(name, Basis.LAST_KNOWN, 0, 0) for name in silent if name not in heard]
    order = list(Basis)
    lines.sort(key=lambda line: (order.index(line.basis), -line.amount, line.agency.casefold()))
    return Cover(tuple(lines), tuple(sorted(silent, key=str.casefold)))
