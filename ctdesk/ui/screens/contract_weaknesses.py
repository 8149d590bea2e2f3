"""What a review found wanting: each weakness with the action that is to put it right, and room to add more."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.services.records import record
from ctdesk.services.reviewing import Agreed, agree_action, note_weakness
from ctdesk.services.watching import FoundWanting, weaknesses
from ctdesk.ui.screens.contract_asking import Asking, Question, typed_day
from ctdesk.ui.session import Session
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import Badge, button, clear, dialog_size, label

_WHAT = Question(DEFINITIONS["weakness"]["what"])
_ACTION = [Question(DEFINITIONS["action"][name]) for name in ("title", "owner", "due")]


class WeaknessDialog(QDialog):
    """Shows the weaknesses of one review, those without an action marked, and takes new ones."""

    def __init__(self, session: Session, review: str, parent: QWidget | None = None) -> None:
        """Make the dialog for one review."""
        super().__init__(parent)
        self._session, self._review = session, review
        held = record(session.desk, "review", review)
        self.setWindowTitle("Weaknesses")
        self.resize(dialog_size(parent, 720, 420))
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(size(12))
        self._rows.setVerticalSpacing(size(8))
        for column in (0, 1):
            self._rows.setColumnStretch(column, 1)
            self._rows.setColumnMinimumWidth(column, size(220))
        inner = QWidget()
        inner.setLayout(self._rows)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setAccessibleName("Weaknesses of the review")
        self.add = button("Add weakness…", icon="plus")
        self.add.allow(
            allowed=not session.read_only and not held.get("closed_on"),
            why=session.why_not or "The review is closed.",
        )
        self.add.clicked.connect(self.ask_weakness)
        close = button("Done", kind="main")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(16), size(16), size(16), size(16))
        layout.setSpacing(size(12))
        layout.addWidget(
            label("Each needs an action with an owner and a date before the review is closed.", tone="2", wrap=True)
        )
        layout.addWidget(scroll, 1)
        layout.addLayout(foot)
        self.read()

    def read(self) -> None:
        """Show what the review has now."""
        clear(self._rows)
        found = weaknesses(self._session.desk, self._review)
        for at, one in enumerate(found):
            self._show(at, one)
        if not found:
            self._rows.addWidget(label("None has been written down.", tone="2"), 0, 0)
        self._rows.setRowStretch(len(found) + 1, 1)

    def _show(self, at: int, one: FoundWanting) -> None:
        self._rows.addWidget(label(one.what, "strong", wrap=True), at, 0)
        if one.action:
            due = date_text(one.due) if one.due else "no date"
            self._rows.addWidget(label(f"{one.action}\n{one.owner} · {due} · {one.state}", tone="2", wrap=True), at, 1)
            return
        self._rows.addWidget(Badge("finding", "must_fix", "No action"), at, 1)
        agree = button("Agree action…", small=True)
        agree.setAccessibleName(f"Agree an action on {one.what}")
        agree.allow(allowed=not self._session.read_only, why=self._session.why_not)
        agree.clicked.connect(lambda: self.ask_action(one))
        self._rows.addWidget(agree, at, 2)

    def ask_weakness(self) -> None:
        """Ask for a weakness, with its action if one is agreed already."""
        desk = self._session.desk

        def note(typed: Mapping[str, str]) -> None:
            note_weakness(desk, self._review, typed["what"], _agreed(typed))

        self._ask("Weakness", "The action may be left for later.", [_WHAT, *_ACTION], note)

    def ask_action(self, one: FoundWanting) -> None:
        """Ask for the action that is to put a weakness right."""
        desk = self._session.desk
        self._ask(
            "Action",
            one.what,
            _ACTION,
            lambda typed: agree_action(desk, one.uid, _agreed(typed) or Agreed("", "", None)),
        )

    def _ask(
        self, title: str, words: str, questions: list[Question], do: Callable[[Mapping[str, str]], object]
    ) -> None:
        asking = Asking(
            self._session,
            title=title,
            words=words,
            questions=questions,
            verb="Keep",
            do=do,
            about=self._review,
            parent=self,
        )
        asking.accepted.connect(self.read)
        asking.open()


def _agreed(typed: Mapping[str, str]) -> Agreed | None:
    """Return what is agreed, None if nothing is typed of it; DeskError if the day cannot be read."""
    if not any(typed[name] for name in ("title", "owner", "due")):
        return None
    return Agreed(typed["title"], typed["owner"], typed_day(typed["due"], "Due") if typed["due"] else None)
