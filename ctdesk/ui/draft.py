"""What is typed or decided and not in the workspace yet, kept so that no fault takes more than the field being typed.

It lies with what the window remembers for this person, outside the workspace, until it is saved or thrown away: what
is typed at a form as each field is left, and what is said of a file under review as it is said.
"""

from ctdesk.ui.form.typed import PartTyped, Typed
from ctdesk.ui.memory import Memory
from ctdesk.ui.places import Place

_NAME = "typed and not saved"
_SAID = "said of files and not applied"
_MOST_FILES = 5
"""Files of which what was said is kept; that of older ones is let go."""


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


def keep_said(memory: Memory, file: str, name: str, said: str) -> None:
    """Keep what a person has said of the file with this fingerprint, as text; nothing lets go of what was kept."""
    kept = {known: it for known, it in memory.get(_SAID, {}).items() if known != file}
    if said:
        kept[file] = {"name": name, "said": said}
    memory.put(_SAID, dict(list(kept.items())[-_MOST_FILES:]))


def said_of(memory: Memory, file: str) -> str:
    """Return what was said of the file with this fingerprint and not applied; nothing if all was."""
    return str(memory.get(_SAID, {}).get(file, {}).get("said", ""))


def file_in_hand(memory: Memory) -> str:
    """Return the name of the file that was decided on last and neither applied, held nor given up; empty if none."""
    kept = list(memory.get(_SAID, {}).values())
    return str(kept[-1]["name"]) if kept else ""
