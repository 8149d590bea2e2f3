"""The contract register as lines: what screens, reports and other programs are given of agreements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ctdesk.domain.agreement_term import TermPiece
from ctdesk.domain.definition import Values
from ctdesk.domain.findings import Grade
from ctdesk.domain.lifecycle import AgreementState, Lifecycle


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One provider’s part of an agreement, in per cent."""

    provider: str
    percent: int | None
    leads: bool


@dataclass(frozen=True, slots=True)
class ContractFinding:
    """Something about an agreement that does not fit together, in one sentence."""

    rule: str
    grade: Grade
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractLine:
    """One agreement of the register on one day.

    `type` is the code of its list and `type_words` its label; so with the tier. `providers` are all that share it, the
    leading one first, `provider` their names in one text. `exempt` holds the fields marked not for publication with
    their paragraphs of Schedule 12A; an empty field name means the whole agreement.
    """

    uid: str
    reference: str
    title: str
    type: str
    type_words: str
    description: str
    agency: str
    department: str
    provider: str
    providers: tuple[ShareLine, ...]
    manager: str
    route: str
    lead_weeks: int | None
    notice_months: int | None
    plan_at_end: str
    tier: str
    tier_words: str
    next_review: date | None
    activities: tuple[str, ...]
    successor: str
    successor_called: str
    life: Lifecycle
    pieces: tuple[TermPiece, ...]
    exempt: Mapping[str, str]
    findings: tuple[ContractFinding, ...]
    values: Values

    @property
    def state(self) -> AgreementState:
        """Where it stands."""
        return self.life.state

    @property
    def called(self) -> str:
        """Its title and reference in one text."""
        return f"{self.title} {self.reference}".strip()


@dataclass(frozen=True, slots=True)
class PartLine:
    """One record that belongs to an agreement: its values, and the same as people read them, by field."""

    kind: str
    uid: str
    values: Values
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractSheet:
    """Everything the desk holds of one agreement: its line, its own fields in words, and its parts by kind.

    `paid` and `profile` are pence of the payments due up to the day, in the financial year of the day.
    """

    line: ContractLine
    words: Mapping[str, str]
    parts: Mapping[str, tuple[PartLine, ...]]
    year: str
    paid: int
    profile: int
    profile_year: int


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One date of the calendar: what is due or happens, with which agreement, and the sum it came from.

    `what` is one of `start`, `notice by`, `decide by`, `start procurement by`, `ends`, `review`, `papers reviewed`,
    `requirement expires`, `payment`, `action`, `board`. `agreement` is empty for a board.
    """

    day: date
    what: str
    words: str
    sum: str
    kind: str
    uid: str
    agreement: str
    called: str
