"""What adopting a register would do, gathered for a person to look at before it is done; and its profiles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ctdesk.domain.errors import DeskError
from ctdesk.domain.findings import Finding, Grade
from ctdesk.returns.adoption import Register, profile_of
from ctdesk.returns.profiles import load_profile, save_profile, shipped_profiles
from ctdesk.returns.sheets import Book
from ctdesk.services.adopting import AdoptionWishes, adopt_book
from ctdesk.services.desk import Desk
from ctdesk.services.receipt import Receipt
from ctdesk.services.recent import config_folder

_ORDER = tuple(Grade)


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one rule about one field: the grade, what the first says, and all of them."""

    grade: Grade
    sentence: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class AdoptionReview:
    """What applying a register comes to. `counts` but *read* and *missing* add up to *read*; money is in pence.

    `made` are the names of the organisations and teams made along with it. `applied` says that it is done.
    """

    agency: str
    counts: dict[str, int]
    not_records: dict[str, int]
    money_before: int
    money_after: int
    made: tuple[str, ...]
    findings: tuple[FindingGroup, ...]
    changes: int
    seen_before: bool
    applied: bool


def review_adoption(desk: Desk, book: Book, wishes: AdoptionWishes) -> AdoptionReview:
    """Compare the register with the desk as wished; nothing is altered. Raises DeskError in one sentence."""
    return _reviewed(*adopt_book(desk, book, replace(wishes, apply=False)))


def apply_adoption(desk: Desk, book: Book, wishes: AdoptionWishes) -> AdoptionReview:
    """Apply what is clean as one change set that can be undone. Raises DeskError in one sentence."""
    if not book.path.is_file():  # the file itself is kept with what it brought
        raise DeskError(f"{book.path.name} is no longer where it was; put it back or choose it again.")
    return _reviewed(*adopt_book(desk, book, replace(wishes, apply=True)))


def _reviewed(receipt: Receipt, register: Register) -> AdoptionReview:
    not_records: dict[str, int] = {}
    for skipped in register.skipped:
        not_records[skipped.reason] = not_records.get(skipped.reason, 0) + 1
    made = [str(c.after["name"]) for c in receipt.along if not c.before and c.after.get("name")]
    return AdoptionReview(
        agency=receipt.agency,
        counts=receipt.counts(register.kind),
        not_records=not_records,
        money_before=receipt.money_before,
        money_after=receipt.money_after,
        made=tuple(sorted(made, key=str.casefold)),
        findings=tuple(_grouped(receipt.findings)),
        changes=len(receipt.changes),
        seen_before=receipt.seen_before,
        applied=receipt.applied,
    )


def _grouped(findings: Sequence[Finding]) -> list[FindingGroup]:
    """Put the findings of one rule about one field together, what must be fixed first, then the commonest."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.field), []).append(finding)
    made = [FindingGroup(group[0].grade, group[0].message, tuple(group)) for group in groups.values()]
    return sorted(made, key=lambda group: (_ORDER.index(group.grade), -len(group.findings)))


def profiles(kind: str) -> list[tuple[str, str]]:
    """Return the profiles for a kind of record by name, shipped and this person's own: (name, how to wish for it)."""
    found = [(profile.name, profile.name) for profile in shipped_profiles() if profile.kind == kind]
    for path in sorted((config_folder() / "profiles").glob("*.toml")):
        try:
            own = load_profile(path)
        except DeskError:  # one that was spoilt by hand is not offered
            continue
        if own.kind == kind:
            found.append((own.name, str(path)))
    return found


def keep_profile(register: Register, name: str) -> str:
    """Save what was said of a register under a name, for the next one; return how to wish for it."""
    folder = config_folder() / "profiles"
    folder.mkdir(parents=True, exist_ok=True)
    stem = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in name).strip() or "profile"
    path = folder / f"{stem}.toml"
    save_profile(profile_of(register, name.strip()), path)
    return str(path)
