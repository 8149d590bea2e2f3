"""What the contract report is given: one agreement, how it stands in its newest period, and what is left out.

In a public edition every item that is marked exempt is taken out before it reaches a page: the field itself, and what
would tell it (the payments tell the value, the shares tell the provider). Running text that somebody typed stays as it
is, unless it is marked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ctdesk.domain.contract_lines import ContractLine, ContractSheet, PartLine
from ctdesk.domain.monitoring_lines import AgreementPeriod
from ctdesk.domain.published_monitoring import published_period
from ctdesk.domain.suppression import SMALLEST

WHOLE = ""
"""The item that stands for the whole agreement."""

_TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "total_value": ("annual_value", "final_value", "vat", "extension.value", "variation.annual_value", "payment"),
    "annual_value": ("total_value", "final_value", "vat", "extension.value", "variation.annual_value", "payment"),
    "provider": ("agreement_share",),
    "termination_reason": ("termination_plan",),
    "end": ("start", "extension.end", "variation.end"),
}
"""What else would give an item away: other fields of the agreement, kinds of its parts, fields of those kinds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractPaper:
    """One agreement as it is printed; `period` is None where it was never monitored.

    `activities` are the titles of what it delivers. `weaknesses` are by the uid of the review that found them.
    `exempt` are the items marked, with their paragraphs; `withheld` those of them that are not in this edition, with
    what would give them away.
    """

    trust: str
    on: date
    sheet: ContractSheet
    period: AgreementPeriod | None
    weaknesses: Mapping[str, tuple[PartLine, ...]]
    activities: tuple[str, ...]
    public: bool = False
    exempt: Mapping[str, str]
    withheld: Mapping[str, str]

    @property
    def line(self) -> ContractLine:
        """The agreement as a line of the register."""
        return self.sheet.line

    def held_back(self, *items: str) -> str:
        """Return why one of these items is not in this edition; empty if all of them may be shown."""
        paragraph = next((self.withheld[item] for item in items if item in self.withheld), "")
        return not_for_publication(paragraph) if paragraph else ""

    def mark(self, *items: str) -> str:
        """Return what is said beside an exempt item where it is shown; empty if it is not exempt."""
        told = with_what_tells(self.exempt)
        paragraph = next((told[item] for item in items if item in told), "")
        return not_for_publication(paragraph) if paragraph and not self.public else ""

    def shown(self, item: str, text: str) -> str:
        """Return an item as this edition says it: its text with its mark, or why it is not there."""
        marked = self.mark(item)
        return self.held_back(item) or (f"{text} ({marked[:1].lower()}{marked[1:]})" if marked and text else text)


def not_for_publication(paragraph: str) -> str:
    """Return what stands in place of an exempt item: Not for publication, paragraph 3."""
    return f"Not for publication, paragraph {paragraph}"


def public_edition(paper: ContractPaper, smallest: int = SMALLEST) -> ContractPaper:
    """Return the agreement without what is marked as not for publication, and without numbers of people below this."""
    withheld = with_what_tells(paper.exempt)
    sheet = paper.sheet
    parts = {kind: _parts(kind, lines, withheld) for kind, lines in sheet.parts.items()}
    words = {name: "" if name in withheld else text for name, text in sheet.words.items()}
    money = "total_value" in withheld
    return replace(
        paper,
        sheet=replace(
            sheet,
            line=_line(sheet.line, withheld),
            words=words,
            parts=parts,
            paid=0 if money else sheet.paid,
            profile=0 if money else sheet.profile,
            profile_year=0 if money else sheet.profile_year,
        ),
        period=public_standing(paper.period, paper.exempt, smallest) if paper.period is not None else None,
        activities=() if "activities" in withheld else paper.activities,
        public=True,
        withheld=withheld,
    )


def public_standing(period: AgreementPeriod, exempt: Mapping[str, str], smallest: int) -> AgreementPeriod:
    """Return how an agreement stands without its items that are exempt, and without small numbers of people."""
    withheld = with_what_tells(exempt)
    money = "total_value" in withheld
    return replace(
        published_period(period, smallest),
        title="" if "title" in withheld else period.title,
        value=0 if money else period.value,
        money=() if money else period.money,
        provider="" if "provider" in withheld else period.provider,
    )


def with_what_tells(exempt: Mapping[str, str]) -> dict[str, str]:
    """Return what is marked with its paragraphs, and with it what else would give it away."""
    found = dict(exempt)
    for item, paragraph in exempt.items():
        for other in _TOLD_BY.get(item, ()):
            found.setdefault(other, paragraph)
    return found


def _parts(kind: str, lines: tuple[PartLine, ...], withheld: Mapping[str, str]) -> tuple[PartLine, ...]:
    """Return an agreement’s parts of a kind without what is withheld; marks themselves say why, and so are left out."""
    if kind in withheld or kind == "exempt_mark":
        return ()
    hidden = {item.partition(".")[2] for item in withheld if item.startswith(f"{kind}.")}
    if not hidden:
        return lines
    return tuple(
        replace(
            line,
            values={name: None if name in hidden else value for name, value in line.values.items()},
            words={name: "" if name in hidden else text for name, text in line.words.items()},
        )
        for line in lines
    )


def _line(line: ContractLine, withheld: Mapping[str, str]) -> ContractLine:
    def shown(name: str, text: str) -> str:
        return "" if name in withheld else text

    life = replace(line.life, annual_value=None, total=None) if "total_value" in withheld else line.life
    if "start" in withheld:
        life = replace(life, start=None)
    if "end" in withheld:
        life = replace(
            life, current_end=None, latest_end=None, notice_by=None, start_procurement_by=None, decide_by=None
        )
    return replace(
        line,
        pieces=() if "start" in withheld else line.pieces,
        title=shown("title", line.title),
        description=shown("description", line.description),
        department=shown("department", line.department),
        manager=shown("manager", line.manager),
        provider=shown("provider", line.provider),
        providers=() if "provider" in withheld else line.providers,
        life=life,
        successor_called="another agreement" if line.successor and "successor" in withheld else line.successor_called,
        findings=(),
        values={name: None if name in withheld else value for name, value in line.values.items()},
    )


def public_lines(lines: Iterable[ContractLine]) -> list[ContractLine]:
    """Return lines of the register without what is not for publication; wholly exempt agreements are left out."""
    found = list(lines)
    hidden = {line.uid: line.exempt.get(WHOLE, line.exempt.get("title", "")) for line in found}
    return [
        _line(line, with_what_tells({**line.exempt, **({"successor": paragraph} if paragraph else {})}))
        for line in found
        if WHOLE not in line.exempt
        for paragraph in [hidden.get(line.successor, "")]
    ]
