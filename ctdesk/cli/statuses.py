"""How a command ends, as the status the program exits with."""

DONE = 0
"""Done, and nothing is left to decide."""
LEFT_TO_DECIDE = 1
"""Done as far as it can be; something is left to decide or to fix."""
REFUSED = 2
"""It cannot be done, and nothing was altered."""
