"""The one grid for every kind of record."""
