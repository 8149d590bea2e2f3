"""Questions before something that cannot be taken lightly: one sentence, what it brings along, a verb to agree."""

from PySide6.QtWidgets import QMessageBox, QWidget


def agreed(parent: QWidget, title: str, question: str, more: str, verb: str) -> bool:
    """Ask, with Cancel as the answer of Enter and Esc; return whether the person agreed."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setText(question)
    box.setInformativeText(more)
    yes = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
    yes.setProperty("kind", "harm")
    cancel = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.exec()
    answer = box.clickedButton() is yes
    box.deleteLater()
    return answer
