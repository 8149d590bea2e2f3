"""What is typed at a form and not saved yet, kept as each field is left, so that no fault takes more than one field.

It lies with what the window remembers for this person, outside the workspace, until it is saved or thrown away.
"""

from collections.abc import Mapping

from ctdesk.ui.memory import Memory
from ctdesk.ui.places import Place

_NAME = "not saved"


def keep_draft(memory: Memory, kind: str, uid: str | None, typed: Mapping[str, str]) -> None:
    """Keep what is typed in the fields of one record, by their names; nothing typed lets go of what was kept."""
    drafts = dict(memory.get(_NAME, {}))
    drafts.pop(_key(kind, uid), None)
    if typed:
        drafts[_key(kind, uid)] = dict(typed)
    memory.put(_NAME, drafts)


def draft_of(memory: Memory, kind: str, uid: str | None) -> dict[str, str]:
    """Return what was typed at the form of one record and not saved, by the names of its fields."""
    return dict(memory.get(_NAME, {}).get(_key(kind, uid), {}))


def place_of_draft(memory: Memory) -> Place | None:
    """Return the form at which something was typed last and not saved; None if there is none."""
    keys = list(memory.get(_NAME, {}))
    if not keys:
        return None
    kind, _, uid = keys[-1].partition(" ")
    return Place("record", kind=kind, uid=uid)


def _key(kind: str, uid: str | None) -> str:
    return f"{kind} {uid or ''}"
