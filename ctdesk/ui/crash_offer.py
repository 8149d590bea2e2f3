"""Offers, after a fault of the program, its report to be saved for whoever looks after the program."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from ctdesk.services.crash import forget_report, waiting_report


def offer_report(parent: QWidget | None) -> QMessageBox | None:
    """Ask, without holding anything up, what to do with a report that waits; None if none does."""
    report = waiting_report()
    if not report:
        return None
    box = QMessageBox(
        QMessageBox.Icon.Information,
        "ctdesk",
        "Something went wrong in the program last time. Save a report of it for whoever looks after the program?",
        parent=parent,
    )
    box.setInformativeText("It says where the program failed, and holds no data of yours.")
    box.setDetailedText(report)
    save = box.addButton("Save the report…", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("No, thank you", QMessageBox.ButtonRole.RejectRole)
    save.clicked.connect(lambda: _save(parent, report))
    box.finished.connect(forget_report)
    box.open()
    return box


def _save(parent: QWidget | None, report: str) -> None:
    chosen, _ = QFileDialog.getSaveFileName(parent, "Save the report", "ctdesk fault.txt", "Text (*.txt)")
    if not chosen:
        return
    try:
        Path(chosen).write_text(report, encoding="utf-8")
    except OSError as fault:
        QMessageBox.warning(parent, "ctdesk", f"{chosen} cannot be written ({fault.strerror}); choose another folder.")
