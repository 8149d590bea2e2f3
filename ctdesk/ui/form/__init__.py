"""The one form for every kind of record, laid out from its definition."""
