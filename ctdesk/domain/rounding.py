"""Whole numbers out of divisions, halves up; nothing passes through binary fractions."""

from fractions import Fraction


def nearest(number: int | Fraction, by: int | Fraction = 1) -> int:
    """Return a number divided by another, which is above nought, to the nearest whole number, halves up."""
    return (2 * number + by) // (2 * by)


def percentage(part: int, whole: int) -> int:
    """Return a part of a whole in whole per cent; nought of nothing."""
    return nearest(100 * part, whole) if whole else 0


def percent_of(percent: int, number: int) -> int:
    """Return so many per cent of a whole number."""
    return nearest(percent * number, 100)
