"""The reports that can be printed from the command line, by name, without importing what prints them."""

MAP_QUESTIONS = ("overlaps", "gaps", "prevention", "cliffs", "market", "resource", "rounds")
"""What the service map tells; all are printed alike."""

LETTERS = {
    "review-letter": "The review letter is",
    "covering-letters": "The covering letters are",
    "chaser-letters": "The reminders are",
}
"""What is printed for one reader each, by name, and how a sentence about it begins."""

REPORTS = ("baseline", "monitoring", "contract", "register", "calendar", "provider", *LETTERS, "map", *MAP_QUESTIONS)
"""Each has a function of that name in `reports_printed`, with _ for -."""

_AS_AT = frozenset({"as_at"})
_PUBLIC = _AS_AT | {"public"}
TAKEN = {
    "baseline": frozenset({"round", "agency", "public"}),
    "monitoring": _PUBLIC | {"period", "provider"},
    "contract": _PUBLIC | {"agreement", "period"},
    "register": _PUBLIC,
    "calendar": _PUBLIC,
    "provider": _PUBLIC | {"provider"},
    "review-letter": _AS_AT | {"agreement", "review"},
    "covering-letters": _AS_AT | {"round", "agency", "provider"},
    "chaser-letters": _AS_AT | {"round", "agency", "provider"},
    "map": frozenset({"public"}),
    **dict.fromkeys(MAP_QUESTIONS, _PUBLIC),
}
"""The options that mean something to each report, by their names in the parsed arguments."""
OPTIONS = ("round", "agency", "period", "provider", "agreement", "review", "public", "as_at")
"""All of these options."""
