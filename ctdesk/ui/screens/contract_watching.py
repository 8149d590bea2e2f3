"""What is done to watch over the agreement that is shown: measures, reviews, concerns, the rating of the year."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from ctdesk.domain import clock
from ctdesk.domain.dates import date_text
from ctdesk.domain.definition import DEFINITIONS, Field, Kind, Value, Values
from ctdesk.domain.errors import DeskError
from ctdesk.domain.periods import period_of
from ctdesk.domain.records.agreement_watch import ActRating, ConcernStep
from ctdesk.services.act_ratings import give_rating, say_whether_it_applies
from ctdesk.services.concerns import settle, take_step
from ctdesk.services.faults import read_field
from ctdesk.services.measures import ask_until, offered, periods_to_set, set_targets, take_from_library, targets
from ctdesk.services.records import record
from ctdesk.services.reviewing import close_review, take_reply
from ctdesk.services.watching import next_steps
from ctdesk.ui.screens.contract_asking import Question, typed_day
from ctdesk.ui.screens.contract_weaknesses import WeaknessDialog
from ctdesk.ui.session import Session
from ctdesk.ui.widgets import Button, action, button

if TYPE_CHECKING:
    from ctdesk.ui.screens.contract import ContractScreen

_MEASURE, _REVIEW, _CONCERN = DEFINITIONS["agreement_measure"], DEFINITIONS["review"], DEFINITIONS["concern"]
_AGREEMENT, _RATING = DEFINITIONS["agreement"], DEFINITIONS["act_rating"]
_AGREED = ("frequency", "shape", "target", "amber_percent", "weight", "from_period")
"""What is agreed about a measure of the library when an agreement takes it."""

_WHY = Field(name="why", label="Reason", kind=Kind.TEXT, help="Kept in the history.")


class ContractWatching(QObject):
    """The commands of watching over a contract. `said` tells why one cannot be done."""

    said = Signal(str)

    def __init__(self, screen: "ContractScreen", session: Session) -> None:
        """Make the commands, by the kind of record on whose page their buttons stand."""
        super().__init__(screen)
        self._screen, self._session = screen, session
        wanted: dict[str, dict[str, Callable[[], object]]] = {
            "agreement_measure": {
                "From the library…": self.ask_library,
                "Targets by period…": self.ask_targets,
                "Ask no longer…": self.ask_end,
            },
            "review": {
                "Weaknesses…": self.show_weaknesses,
                "Provider’s reply…": self.ask_reply,
                "Close…": self.ask_close,
            },
            "concern": {"Next step…": self.ask_step, "Settle…": self.ask_settling},
            "act_rating": {"Does it apply?…": self.ask_whether},
        }
        self._runs = wanted
        self.actions = [self._action(kind, words, run) for kind, runs in wanted.items() for words, run in runs.items()]
        self.actions.append(self._action("act_rating", "Rate the year…", self.ask_rating))

    def _action(self, kind: str, words: str, run: Callable[[], object]) -> QAction:
        whole = f"{DEFINITIONS[kind].label}: {words[:1].lower()}{words[1:]}"
        return action(self._screen, whole, run, why_not=self._session.why_not)

    def buttons(self, kind: str) -> list[Button]:
        """Return the buttons for the page of a kind."""
        made: list[Button] = []
        for words, run in self._runs.get(kind, {}).items():
            one = button(words)
            one.clicked.connect(run)
            made.append(one)
        return made

    def _current(self, kind: str) -> tuple[str, Values] | None:
        """Return the record that is current on the page of a kind; if none is, say so."""
        page = self._screen.parts[kind]
        uid = page.current()
        if not uid:
            self.said.emit(f"Choose one of the {DEFINITIONS[kind].plural.lower()} first.")
            return None
        return uid, record(self._session.desk, kind, uid)

    def ask_library(self) -> None:
        """Ask which measure of the library the agreement takes, and what is agreed about it."""
        uid, desk = self._screen.uid, self._session.desk
        found = {one.name: one.uid for one in offered(desk, uid)}
        if not found:
            self.said.emit("The library has no measure that this agreement lacks; add one here, or to the library.")
            return
        which = Field(name="which", label="Measure", kind=Kind.TEXT, help="Of the library.", options=tuple(found))
        begin = {"frequency": "quarterly", "shape": "the same each period", "weight": "1"}
        questions = [Question(which), *(Question(_MEASURE[name], begin.get(name, "")) for name in _AGREED)]

        def take(typed: Mapping[str, str]) -> None:
            if typed["which"] not in found:
                raise DeskError("Choose one of the measures of the library.")
            agreed = {name: self._read(_MEASURE[name], typed[name]) for name in _AGREED}
            take_from_library(desk, uid, found[typed["which"]], agreed)

        words = "Name, definition, unit and which way is good come from the library."
        self._screen.ask("Measure from the library", words, questions, "Take it", take)

    def _read(self, field: Field, typed: str) -> Value:
        """Return the value of an answer; DeskError says what is wrong with it."""
        reading = read_field(self._session.desk, field, typed)
        if reading.fault is not None:
            raise DeskError(reading.fault.message)
        return reading.value

    def ask_targets(self) -> None:
        """Ask for the targets of the periods to come, and of the one that ended last."""
        if (found := self._current("agreement_measure")) is None:
            return
        (uid, values), desk = found, self._session.desk
        held = targets(desk, uid)
        fields = {
            one.code: Field(name=one.code, label=one.short, kind=Kind.DECIMAL, help="Empty for none.", decimals=2)
            for one in periods_to_set(values, clock.today())
        }
        questions = [
            Question(field, f"{held[code].normalize():f}" if code in held else "") for code, field in fields.items()
        ]

        def keep(typed: Mapping[str, str]) -> None:
            read = {code: self._read(fields[code], text) for code, text in typed.items()}
            set_targets(desk, uid, {code: it if isinstance(it, Decimal) else None for code, it in read.items()})

        words = (
            f"{values['name']}, in {values['unit']}. A period left empty has the target that the measure itself gives."
        )
        self._screen.ask("Targets by period", words, questions, "Keep", keep)

    def ask_end(self) -> None:
        """Ask up to which period a measure is asked for."""
        if (found := self._current("agreement_measure")) is None:
            return
        (uid, values), desk = found, self._session.desk
        begin = str(values.get("to_period") or period_of(clock.today()).moved(-1).code)
        words = f"{values['name']}: what was reported stays. Leave it empty to ask without end."
        question = Question(_MEASURE["to_period"], begin)
        self._screen.ask(
            "Ask no longer", words, [question], "Keep", lambda typed: ask_until(desk, uid, typed["to_period"])
        )

    def show_weaknesses(self) -> None:
        """Show what the current review found wanting, with the actions that put it right."""
        if (found := self._current("review")) is not None:
            WeaknessDialog(self._session, found[0], self._screen).open()

    def ask_reply(self) -> None:
        """Ask what the provider says of the facts."""
        if (found := self._current("review")) is None:
            return
        (uid, values), desk = found, self._session.desk
        questions = [
            Question(_REVIEW["reply"], str(values.get("reply") or "")),
            Question(_REVIEW["replied_on"], _day(values.get("replied_on"))),
        ]
        words = "What it says of the facts, before the review is closed."
        self._screen.ask(
            "Provider’s reply", words, questions, "Keep",
            lambda typed: take_reply(desk, uid, typed["reply"], typed_day(typed["replied_on"], "Replied on")),
        )  # fmt: skip

    def ask_close(self) -> None:
        """Ask on what day the current review is closed."""
        if (found := self._current("review")) is None:
            return
        (uid, _), desk = found, self._session.desk
        words = "Every weakness must have an action with an owner and a date by then."
        question = Question(_REVIEW["closed_on"], _day())
        self._screen.ask(
            "Close the review", words, [question], "Close it",
            lambda typed: close_review(desk, uid, typed_day(typed["closed_on"], "Closed on")),
        )  # fmt: skip

    def ask_step(self) -> None:
        """Ask for the next step of the current concern, its day and its reason."""
        if (found := self._current("concern")) is None:
            return
        (uid, values), desk = found, self._session.desk
        steps = tuple(str(step.value) for step in next_steps(values))
        if not steps:
            self.said.emit("This concern is settled, or has reached the top of the ladder.")
            return
        to = Field(name="step", label="Next step", kind=Kind.TEXT, help="One at a time.", options=steps)
        plan = Question(_CONCERN["plan"], str(values.get("plan") or ""))
        due = Question(_CONCERN["due"], _day(values["due"]) if values.get("due") else "")
        questions = [Question(to, steps[0]), Question(_CONCERN["step_on"], _day()), Question(_WHY), plan, due]

        def take(typed: Mapping[str, str]) -> None:
            if typed["step"] not in steps:
                raise DeskError(f"The next step is {' or '.join(steps)}.")
            by = typed_day(typed["due"], "By") if typed["due"] else None
            on = typed_day(typed["step_on"], "Since")
            take_step(desk, uid, ConcernStep(typed["step"]), on, typed["why"], plan=typed["plan"], due=by)

        self._screen.ask("Next step", f"{values['what']}: now at “{values['step']}”.", questions, "Take it", take)

    def ask_settling(self) -> None:
        """Ask what came of the current concern."""
        if (found := self._current("concern")) is None:
            return
        (uid, values), desk = found, self._session.desk
        questions = [Question(_CONCERN["closed_on"], _day()), Question(_CONCERN["outcome"])]
        self._screen.ask(
            "Settle the concern", str(values["what"]), questions, "Settle it",
            lambda typed: settle(desk, uid, typed_day(typed["closed_on"], "Closed on"), typed["outcome"]),
        )  # fmt: skip

    def ask_whether(self) -> None:
        """Ask whether section 71 of the Procurement Act 2023 applies, and why if it does not."""
        uid, desk = self._screen.uid, self._session.desk
        held = record(desk, "agreement", uid)
        applies, reason = _AGREEMENT["act_rating_applies"], _AGREEMENT["act_rating_reason"]
        answer = {True: "Yes", False: "No"}.get(held.get("act_rating_applies"), "")  # type: ignore[call-overload]  # yes, no or unsaid
        questions = [Question(applies, answer), Question(reason, str(held.get("act_rating_reason") or ""))]

        def say(typed: Mapping[str, str]) -> None:
            said = self._read(applies, typed[applies.name])
            if said is None:
                raise DeskError("Say Yes or No.")
            say_whether_it_applies(desk, uid, applies=bool(said), reason=typed[reason.name])

        words = "Section 71 of the Procurement Act 2023 asks for a rating every year of a public contract with KPIs."
        self._screen.ask("Does the rating apply?", words, questions, "Keep", say)

    def ask_rating(self) -> None:
        """Ask for the rating of the year; whether one is owed is asked first."""
        uid, desk = self._screen.uid, self._session.desk
        if not record(desk, "agreement", uid).get("act_rating_applies"):
            self.ask_whether()
            return
        questions = [Question(_RATING["rating"]), Question(_RATING["given_on"], _day()), Question(_RATING["reason"])]

        def rate(typed: Mapping[str, str]) -> None:
            if typed["rating"] not in set(ActRating):
                raise DeskError("Choose one of the five ratings.")
            on = typed_day(typed["given_on"], "Given on")
            give_rating(desk, uid, ActRating(typed["rating"]), on, typed["reason"])

        self._screen.ask("Rate the year", "The reason may be published with it.", questions, "Rate", rate)


def _day(value: Value = None) -> str:
    return date_text(value if isinstance(value, date) else clock.today())
