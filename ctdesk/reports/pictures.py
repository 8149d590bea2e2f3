"""Pictures that are printed, tried before they are kept."""

from io import BytesIO

from reportlab.lib.utils import ImageReader

from ctdesk.domain.errors import DeskError


def refuse_damaged(content: bytes, name: str) -> None:
    """Raise DeskError, naming the file, if a picture cannot be printed."""
    try:
        image = ImageReader(BytesIO(content))
        image.getRGBData()
        sides = image.getSize()
    except Exception as fault:  # whatever a library of pictures finds wrong with one
        raise DeskError(f"{name} is a damaged picture; save it anew and choose it again.") from fault
    if min(sides) < 16:
        raise DeskError(f"{name} is too small to be printed; choose a picture of at least 16 dots a side.")
