"""The reports that can be printed from the command line, by name, without importing what prints them."""

REPORTS = ("baseline", "monitoring")
"""Each has a function of that name in `reports_printed`."""
