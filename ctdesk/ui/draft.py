"""What is typed at a form and not saved yet, kept as each field is left, so that no fault takes more than one field.

It lies with what the window remembers for this person, outside the workspace, until it is saved or thrown away.
"""

from ctdesk.ui.form.typed import PartTyped, Typed
from ctdesk.ui.memory import Memory
from ctdesk.ui.places import Place

_NAME = "typed and not saved"


def keep_draft(memory: Memory, kind: str, uid: str | None, typed: Typed) -> None:
    """Keep what is typed at the form of one record; nothing typed lets go of what was kept."""
    drafts = dict(memory.get(_NAME, {}))
    drafts.pop(_key(kind, uid), None)
    if typed:
        parts = {part: [[it.uid, it.texts] for it in lines] for part, lines in typed.parts.items()}
        drafts[_key(kind, uid)] = {"fields": dict(typed.fields), "parts": parts}
    memory.put(_NAME, drafts)


def draft_of(memory: Memory, kind: str, uid: str | None) -> Typed:
    """Return what was typed at the form of one record and not saved."""
    kept = memory.get(_NAME, {}).get(_key(kind, uid))
    if kept is None:
        return Typed()
    parts = {part: [PartTyped(*line) for line in lines] for part, lines in kept["parts"].items()}
    return Typed(kept["fields"], parts)


def place_of_draft(memory: Memory) -> Place | None:
    """Return the form at which something was typed last and not saved; None if there is none."""
    keys = list(memory.get(_NAME, {}))
    if not keys:
        return None
    kind, _, uid = keys[-1].partition(" ")
    return Place("record", kind=kind, uid=uid)


def _key(kind: str, uid: str | None) -> str:
    return f"{kind} {uid or ''}"
