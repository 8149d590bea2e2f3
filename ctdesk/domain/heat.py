"""The steps by which the cells of a map are shaded: round bounds of the whole map, which no filter moves."""

from bisect import bisect_right
from collections.abc import Sequence

_NICE = (10, 15, 20, 25, 30, 40, 50, 60, 80)
SCREEN, PAPER = (3, 10, 22, 40, 65), (5, 20, 50)
"""Per cent of the largest figure at which a darker step begins: six steps on the screen, four on paper."""


def heat_steps(largest: int, parts: Sequence[int] = SCREEN) -> tuple[int, ...]:
    """Return the lower bounds of the second to the last step, rising, for figures up to `largest`."""
    bounds = [_round(largest * part // 100) for part in parts]
    return tuple(dict.fromkeys(bound for bound in bounds if bound > 0))


def step_of(figure: int, steps: Sequence[int]) -> int:
    """Return the step of a figure, from 1 for the palest."""
    return bisect_right(steps, figure) + 1


def _round(number: int) -> int:
    """Return the nearest round number."""
    if number < 10:
        return number
    power: int = 10 ** (len(str(number)) - 2)
    return min((nice * power for nice in (*_NICE, 100)), key=lambda nice: abs(nice - number))
