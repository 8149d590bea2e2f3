"""A list to choose from in which something else may be typed."""

from PySide6.QtWidgets import QComboBox


def typed_choice(name: str) -> QComboBox:
    """Return an empty list; the line in it, where the keyboard goes, has the name too."""
    box = QComboBox()
    box.setEditable(True)
    box.setAccessibleName(name)
    line = box.lineEdit()
    if line is not None:
        line.setAccessibleName(name)
    return box
