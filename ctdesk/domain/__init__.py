"""Records, values, checks, changes and comparison: plain typed Python that knows no file and no screen."""
