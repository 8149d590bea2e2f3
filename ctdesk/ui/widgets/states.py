"""Every state a person sees, as word and symbol: one table, so that a state looks the same wherever it stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """How one state is shown: the file name of its symbol, its tone and its word."""

    symbol: str
    tone: str
    word: str


# set: {key: state}. Keys are the values the domain gives its states, where it has them.
SETS: dict[str, dict[str, State]] = {
    "request": {
        "not sent": State("ring", "neutral", "Not sent"),
        "sent": State("arrow", "info", "Sent"),
        "chased": State("two-arrows", "warn", "Chased"),
        "received": State("tray", "info", "Received"),
        "queried": State("question-disc", "decide", "Queried"),
        "accepted": State("tick-disc", "good", "Accepted"),
        "excused": State("ring-stroke", "neutral", "Excused"),
    },
    "activity": {
        "Upcoming": State("clock", "info", "Upcoming"),
        "Running": State("play-disc", "good", "Running"),
        "Ending within a year": State("hourglass", "warn", "Ending within a year"),
        "Open-ended": State("arrow", "neutral", "Open-ended"),
        "Ended": State("square", "neutral", "Ended"),
    },
    "agreement": {
        "draft": State("dashed-square", "neutral", "Draft"),
        "upcoming": State("clock", "info", "Upcoming"),
        "running": State("play-disc", "good", "Running"),
        "ending": State("hourglass", "warn", "Ending"),
        "notice period": State("bell", "warn", "Notice period"),
        "over-running": State("over-running", "bad", "Over-running"),
        "ended": State("square", "neutral", "Ended"),
        "terminated": State("octagon-x", "bad", "Terminated"),
        "superseded": State("double-chevron", "neutral", "Superseded"),
    },
    "standing": {
        "red": State("octagon-x", "bad", "Red"),
        "missing": State("dashed-question", "bad", "Missing"),
        "amber": State("triangle", "warn", "Amber"),
        "green": State("tick-disc", "good", "Green"),
        "not due": State("ring-bar", "neutral", "Not due"),
    },
    "dates": {
        "late": State("triangle", "bad", "Late"),
        "notice by": State("bell", "warn", "Notice by"),
        "decide by": State("calendar", "warn", "Decide by"),
    },
    "finding": {
        "must fix": State("octagon-mark", "bad", "Must fix"),
        "please explain": State("speech-question", "warn", "Please explain"),
        "could be better": State("ring-i", "info", "Could be better"),
    },
    "row": {
        "unchanged": State("equals", "neutral", "Unchanged"),
        "changed": State("pencil", "info", "Changed"),
        "new": State("plus-square", "good", "New"),
        "ended": State("flag", "neutral", "Ended"),
        "conflicting": State("opposed-arrows", "decide", "Conflict"),
        "suggested": State("two-rings", "decide", "Suggested match"),
        "not in the return": State("dashed-minus", "warn", "Not in the return"),
        "unreadable": State("x", "bad", "Unreadable"),
    },
    "decision": {
        "accepted": State("tick", "good", "Accepted"),
        "declined": State("x", "bad", "Declined"),
        "to decide": State("ring", "decide", "To decide"),
    },
    "coverage": {
        "returned": State("tick-disc", "good", "Returned"),
        "estimated": State("waves", "warn", "Estimated"),
        "missing": State("dashed-question", "bad", "Missing"),
    },
    "adoption": {
        "sure": State("bars-3", "good", "Sure"),
        "likely": State("bars-2", "warn", "Likely"),
        "unsure": State("bars-1", "bad", "Unsure"),
        "not used": State("ring-bar", "neutral", "Not used"),
    },
    "workspace": {
        "free": State("tick-disc", "good", "Free"),
        "in use": State("lock", "warn", "In use"),
        "working copy": State("two-rings", "info", "Working copy"),
        "not found": State("dashed-question", "bad", "Not found"),
    },
    "saving": {
        "saved": State("tick", "good", "All changes saved"),
        "not saved": State("pencil", "warn", "Not saved"),
        "restricted": State("lock", "decide", "Restricted"),
    },
    "tone": {
        "good": State("tick-disc", "good", "Good"),
        "warn": State("triangle", "warn", "Take care"),
        "bad": State("octagon-mark", "bad", "Wrong"),
        "info": State("ring-i", "info", "Note"),
        "decide": State("question-disc", "decide", "Decide"),
        "neutral": State("ring-i", "neutral", "Note"),
    },
}

_BY_WORD = {
    name: {state.word.casefold(): state for state in states.values()} | {k.casefold(): s for k, s in states.items()}
    for name, states in SETS.items()
}


def state_of(state_set: str, state: str) -> State:
    """Return how a state is shown, by its key or its word. Raises KeyError if the set has no such state."""
    return _BY_WORD[state_set][state.casefold().replace("_", " ")]


def find_state(state_set: str, state: str) -> State | None:
    """Return how a state is shown, or None if the text is none of the set's states."""
    return _BY_WORD[state_set].get(state.casefold())
