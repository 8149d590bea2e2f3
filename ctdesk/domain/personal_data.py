"""Personal data that must not stand in free text: what gives a child or a worker away, and why it must go."""

import re
from collections.abc import Iterator

_NHS = re.compile(r"(?<!\d)(?<!\d[.,])(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d|[.,]\d)")
_UID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
"""A record’s own number, as workbooks carry it out of sight; by chance it may hold ten digits that check."""
_NATIONAL_INSURANCE = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?(?:\d{2}\s?){3}[A-D]\b", re.IGNORECASE
)
_BORN = re.compile(
    r"\b[A-Z][a-z]+(?:[ '-][A-Z][a-z]+){1,3}\b[^.;\n]{0,25}?"
    r"\b(?:d\.?\s?o\.?\s?b\.?|[Dd]ate of [Bb]irth|DOB|[Bb]orn|[Aa]ged \d)"
    r"|\b(?:d\.?o\.?b\.?|DOB|[Dd]ate of [Bb]irth|[Bb]orn(?: on)?)\b[:\s]{1,3}\d{1,2}[/.\- ]",
)

_SIX_DIGITS = re.compile(r"(?:\d[\s-]?){6}")
"""What every number of a person has; few texts do, and it is looked for more quickly than the numbers are."""


def personal_data_in(text: str) -> Iterator[str]:
    """Yield what kinds of personal data a text seems to hold, in words that continue *seems to hold*.

    NHS numbers are told from other ten-digit numbers by their check digit (NHS Data Dictionary, modulus 11);
    National Insurance numbers by HMRC's prefixes; children by a name beside a date of birth.
    """
    numbered = _SIX_DIGITS.search(text)
    if numbered and any(_is_nhs_number("".join(found.groups())) for found in _NHS.finditer(_UID.sub(" ", text))):
        yield "an NHS number"
    if numbered and _NATIONAL_INSURANCE.search(text):
        yield "a National Insurance number"
    if _BORN.search(text):
        yield "a person’s name or date of birth"


def _is_nhs_number(digits: str) -> bool:
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = (11 - weighted % 11) % 11
    return check != 10 and check == int(digits[9])
