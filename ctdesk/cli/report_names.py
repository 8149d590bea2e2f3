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
