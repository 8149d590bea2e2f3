"""Questions that lists ask: whether to do what cannot be taken lightly, and where to write what is seen."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

_SORTS = {".xlsx": "Excel workbook (*.xlsx)", ".csv": "Text with commas (*.csv)"}


def where_to(parent: QWidget, name: str, ending: str) -> Path | None:
    """Ask for the file, .xlsx or .csv, that what is seen is to be written to; None if the person thinks better."""
    path, _ = QFileDialog.getSaveFileName(parent, "Export what is seen", f"{name}{ending}", _SORTS[ending])
    if not path:
        return None
    return Path(path) if Path(path).suffix else Path(path + ending)


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
