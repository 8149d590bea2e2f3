"""The reports that can be printed from the command line, by name, without importing what prints them."""

MAP_QUESTIONS = ("overlaps", "gaps", "prevention", "cliffs", "market", "resource", "rounds")
"""What the service map tells; all are printed alike."""

REPORTS = ("baseline", "monitoring", "contract", "register", "calendar", "provider", "map", *MAP_QUESTIONS)
"""Each has a function of that name in `reports_printed`."""
