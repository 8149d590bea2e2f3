"""Closing a window whose work does not stop."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMessageBox, QWidget


def close_all_the_same(parent: QWidget, titles: Sequence[str]) -> bool:
    """Say what is still at work, and ask whether to close nevertheless; staying is the answer of Enter and Esc."""
    box = QMessageBox(parent)
    box.setWindowTitle("Still at work")
    box.setText(f"{', '.join(titles)}: this cannot be stopped midway, and is not done yet.")
    box.setInformativeText("Stay until it is done, or close: what it has not finished is then not kept.")
    close = box.addButton("Close all the same", QMessageBox.ButtonRole.DestructiveRole)
    close.setProperty("kind", "harm")
    stay = box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.exec()
    answer = box.clickedButton() is close
    box.deleteLater()
    return answer
