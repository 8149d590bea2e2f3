"""The foot of a record's form: how far it is from being saved, the way to what is wrong, and the ways to save."""

from PySide6.QtCore import Signal

from ctdesk.ui.widgets import ElidedLabel, FootBar, Link, button


class RecordFoot(FootBar):
    """`fault_asked` asks to be led to the first thing that is to be looked at."""

    fault_asked = Signal()

    def __init__(self) -> None:
        """Make the foot of a form with nothing in it."""
        self.state = ElidedLabel("", tone="2")
        self.to_fault = Link("", underline=True)
        self.discard = button("Discard changes", kind="quiet")
        self.next = button("Save and next")
        self.next.setToolTip("Ctrl+Page Down")
        self.save = button("Save", kind="main", shortcut="Ctrl+S")
        super().__init__([self.state, self.to_fault], [self.discard, self.next, self.save])
        self.to_fault.clicked.connect(self.fault_asked)

    def say(self, unsaved: str, wrong: int) -> None:
        """Say how much is not saved, in words, and how many faults there are."""
        self.state.setText(f"{unsaved} not saved" if unsaved else "")
        self.to_fault.setText(f"{wrong} to look at")
        self.to_fault.setVisible(bool(wrong))

    def allow(self, *, touched: bool, why: str, next_one: bool) -> None:
        """Put the ways to save on if something was typed; *why* says that nothing may be altered at all."""
        self.next.setVisible(next_one)
        if why:
            self.state.setText(why)
        for each in (self.save, self.discard, self.next):
            each.allow(allowed=touched and not why, why=why or "Nothing has been changed.")
