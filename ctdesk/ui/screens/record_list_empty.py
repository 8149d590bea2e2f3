"""What a list shows in place of rows: how to begin, or which filters hide everything."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ctdesk.domain.counting import listed
from ctdesk.domain.definition import DEFINITIONS
from ctdesk.services.desk import Desk
from ctdesk.services.list_sentences import sentence_of
from ctdesk.services.lists import View
from ctdesk.services.naming import counted
from ctdesk.ui.places import Place
from ctdesk.ui.theme import size
from ctdesk.ui.widgets import EmptyState, Link, SymbolLabel, Way, button, label

_WHAT = {
    "activity": "An activity is one service that one agency commissions.",
    "agreement": "An agreement binds an agency and a provider: a contract, a grant, an agreement within the house.",
    "post": "A post is one job, or several alike, in which people commission for an agency.",
    "organisation": "An organisation is an agency that commissions, a provider that delivers, or both.",
    "need": "A need is something the plan says is wanted; the service map looks whether anything is bought for it.",
    "population": "A population is how many of some ages live in an area; the service map tells costs a head by it.",
    "scenario": "A scenario is steps on a copy of what is commissioned, compared under Service map, Prevention.",
}

_GATHERED = frozenset({"activity", "post", "organisation"})
"""What registers and rounds bring in; anything else is typed or pasted."""


class NothingYet(EmptyState):
    """The list of a kind of which there is no record. `wants` leads to ways to begin, `made` asks for a new one."""

    wants = Signal(object)
    made = Signal()

    def __init__(self, kind: str, why_not: str) -> None:
        """Say what the kind is, and how to begin; *why_not* says that nothing may be altered, if so."""
        definition = DEFINITIONS[kind]
        one = definition.label.lower()
        adopt, ask = button("Choose file", kind="main", icon="folder"), button("New round")
        new = button(f"New {one}")
        typing = Way("pencil", "Type the first one", "One form, with help beside every field.", new)
        ways = [
            Way(
                "spreadsheet",
                "Adopt a register you already keep",
                "Any spreadsheet: a contracts register, a grants list, last year’s baseline.",
                adopt,
            ),
            Way("rounds", "Ask the agencies", "Start a round: each agency gets a workbook and sends it back.", ask),
            typing,
        ]
        what = _WHAT.get(kind, f"Each {one} of the partnership stands here.")
        more = (
            " There are three ways to begin."
            if kind in _GATHERED
            else " Type them, or press Ctrl+Shift+V to make them of a table you have copied."
        )
        title, offered = f"There are no {definition.plural.lower()} yet", ways if kind in _GATHERED else [typing]
        super().__init__(title, f"{what} {why_not}" if why_not else what + more, offered)
        for each in (adopt, ask, new):
            each.allow(allowed=not why_not, why=why_not)
        adopt.clicked.connect(lambda: self.wants.emit(Place("adoption")))
        ask.clicked.connect(lambda: self.wants.emit(Place("rounds")))
        new.clicked.connect(self.made)


class NothingLeft(QWidget):
    """Says which filters leave nothing, how many records they hide, and takes the last one off."""

    taken_off = Signal()
    reset = Signal()

    def __init__(self) -> None:
        """Make it, to be filled by `say`."""
        super().__init__()
        self.words = label("", wrap=True)
        self.last = button("Take off the last filter")
        self.last.clicked.connect(self.taken_off)
        reset = Link("Reset filters")
        reset.clicked.connect(self.reset)
        inner = QHBoxLayout()
        inner.setSpacing(size(10))
        inner.addWidget(SymbolLabel("filter", "text2", side=16, folder=""))
        inner.addWidget(self.words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(size(12))
        buttons.addWidget(self.last)
        buttons.addWidget(reset)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(size(24), size(32), size(24), size(24))
        layout.setSpacing(size(12))
        layout.addLayout(inner)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def say(self, desk: Desk, view: View, hidden: int) -> None:
        """Say what hides everything."""
        asked = [f"“{' '.join(sentence_of(desk, view.kind, it))}”" for it in view.filters]
        if view.text:
            asked.append(f"the words “{view.text}”")
        filters = listed(asked)
        one = DEFINITIONS[view.kind].label.lower()
        verb = "is" if hidden == 1 else "are"
        self.words.setText(f"No {one} matches {filters}. {counted(view.kind, hidden)} {verb} hidden.")
        self.setAccessibleName(self.words.text())
