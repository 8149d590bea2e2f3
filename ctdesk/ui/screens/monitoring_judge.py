"""Asking for the officer's judgement of a measure, where it differs from what was computed."""

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ctdesk.domain.monitoring_lines import MeasureLine
from ctdesk.domain.records.monitoring import Rating
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import button, label


class JudgeDialog(QDialog):
    """Offers the ratings and asks why; “As computed” takes a judgement back."""

    def __init__(self, measure: MeasureLine, parent: QWidget | None = None) -> None:
        """Make the dialog for one measure."""
        super().__init__(parent)
        self.setWindowTitle("Judge a measure")
        self.setMinimumWidth(size(440))
        self._choice = QComboBox()
        self._choice.addItem("As computed", None)
        for rating in Rating:
            self._choice.addItem(rating.value.capitalize(), rating)
        self._choice.setCurrentIndex(self._choice.findData(measure.judgement))
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Reason")
        self.fields = {"choice": self._choice, "reason": self.reason}
        self._fault = label("", tone="bad", wrap=True)
        self._fault.hide()
        form = QFormLayout()
        form.addRow("&It stands", self._choice)
        form.addRow("&Because", self.reason)
        cancel, keep = button("Cancel", kind="quiet"), button("Keep", kind="main")
        cancel.clicked.connect(self.reject)
        keep.clicked.connect(self.keep)
        keep.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(16), size(16), size(16))
        layout.setSpacing(size(12))
        layout.addWidget(label(measure.name, "strong", wrap=True))
        layout.addWidget(label(f"Computed: {measure.computed.reason}", tone="2", wrap=True))
        layout.addLayout(form)
        layout.addWidget(self._fault)
        layout.addLayout(foot)

    @property
    def rating(self) -> Rating | None:
        """The rating chosen, None for the computed one."""
        found = self._choice.currentData()
        return Rating(found) if found else None

    def choose(self, rating: Rating | None) -> None:
        """Choose a rating."""
        self._choice.setCurrentIndex(self._choice.findData(rating))

    def keep(self) -> None:
        """Close, unless a judgement lacks its reason."""
        if self.rating is not None and not self.reason.text().strip():
            self._fault.setText("Say why it stands otherwise than computed.")
            self._fault.show()
            self.reason.setFocus()
            return
        self.accept()
