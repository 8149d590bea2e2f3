"""Numbers of things in sentences: 1 row, 12 rows, 1,204 agencies."""


def counted(number: int, one: str, several: str = "") -> str:
    """Return a number with its noun; the plural is the singular with an s unless it is given."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
