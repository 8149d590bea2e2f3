"""A register laid out for a person to decide on, as a return is; and the profiles of registers."""

from ctdesk.domain.counting import counted
from ctdesk.domain.decisions import Decisions
from ctdesk.domain.errors import DeskError
from ctdesk.returns.adoption import Register, profile_of
from ctdesk.returns.profiles import load_profile, save_profile, shipped_profiles
from ctdesk.services import naming
from ctdesk.services.desk import Desk
from ctdesk.services.folders import make_folder
from ctdesk.services.own_folder import config_folder
from ctdesk.services.receipt import Receipt
from ctdesk.services.review_lines import laid_out
from ctdesk.services.review_sheet import ReviewSheet

_NAMED = 3
"""How many of the new names the sentence says."""


def adoption_lines(desk: Desk, receipt: Receipt, register: Register, decisions: Decisions) -> ReviewSheet:
    """Return what the review of a register shows with these decisions."""
    seen = "It has been adopted before." if receipt.seen_before else "It has not been adopted before."
    parts = [_whose(receipt, register), seen, _not_records(register), _new_names(receipt), *receipt.notes]
    strong = (receipt.agency, "has been adopted before" if receipt.seen_before else "")
    said = " ".join(filter(None, parts))
    return laid_out(desk, receipt, decisions, said, tuple(filter(None, strong)))


def _whose(receipt: Receipt, register: Register) -> str:
    records = naming.counted(register.kind, len(register.rows))
    where = f" on the sheet “{register.sheet}”" if register.sheet else ""
    return f"This is a register of {receipt.agency} with {records}{where}."


def _not_records(register: Register) -> str:
    """Say how many rows below the headings are no records, and why."""
    reasons: dict[str, int] = {}
    for skipped in register.skipped:
        reasons[skipped.reason] = reasons.get(skipped.reason, 0) + 1
    if not reasons:
        return ""
    verb = "is no record" if len(register.skipped) == 1 else "are no records"
    why = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
    return f"{counted(len(register.skipped), 'row')} of the sheet {verb}: {why}."


def _new_names(receipt: Receipt) -> str:
    """Say which organisations and teams would be made along with the rows."""
    made = sorted(
        (str(c.after["name"]) for c in receipt.along if not c.before and c.after.get("name")), key=str.casefold
    )
    if not made:
        return ""
    more = f" and {len(made) - _NAMED:,} more" if len(made) > _NAMED else ""
    verb = "is" if len(made) == 1 else "are"
    return f"{counted(len(made), 'name')} {verb} new to the desk: {', '.join(made[:_NAMED])}{more}."


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
    make_folder(folder)
    stem = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in name).strip() or "profile"
    path = folder / f"{stem}.toml"
    save_profile(profile_of(register, name.strip()), path)
    return str(path)
